"""comfort.py -- smaller comforts at the terminal: mail, unknown commands, directories as commands, bash's history."""
import os
import shutil

from suite import BUILD, SWISH, case, equal, expect, read, run, write
from interactive import HISTORY, PROGRAM, entries, libraries
from terminal import PS1, Terminal


def mail(path, when, text='mail\n'):
    write(path, text)
    os.utime(path, (when, when))


@case('MAIL: told before a prompt when it came, once')
def _():
    with Terminal(env={'MAIL': 'box', 'MAILCHECK': '0'}) as t:
        t.check(':', '')
        mail('box', 1000)
        t.check(':', 'you have mail\n')
        t.check(':', '')
        mail('box', 2000)
        t.check('echo a', 'a\nyou have mail\n')
        mail('box', 3000, '')
        t.check(':', '')
        os.unlink('box')
        t.check(':', '')
        mail('box', 1000)
        t.check('(exit 3)', 'you have mail\n')
        t.check('echo $?', '3\n')
        mail('other', 1000)
        t.check('MAIL=other', '')
        t.check('MAILCHECK=600', '')
        mail('other', 2000)
        t.check(':', '')
        t.check('MAILCHECK=x', '')
        mail('other', 3000)
        t.check('MAILCHECK=0', '')
        mail('other', 4000)
        t.check('unset MAIL', '')
        t.check(':', '')


@case('MAILPATH: several mailboxes, with messages that are expanded')
def _():
    os.mkdir('folder')
    os.utime('folder', (500, 500))
    with Terminal(env={'MAIL': 'box', 'MAILCHECK': '0', 'MAILPATH': 'one:two%$x for ${USER-me}:a\\%b:folder%in the folder'}) as t:
        t.run('x=new')
        mail('box', 1000)
        mail('one', 1000)
        t.check(':', 'you have mail in one\n')
        mail('two', 1000)
        mail('a%b', 1000)
        t.check(':', 'new for me\nyou have mail in a%b\n')
        write('folder/1', 'mail')
        t.check(':', 'in the folder\n')
        t.check(':', '')


@case('mail is nothing to scripts')
def _():
    result = run('-c', 'echo x >box; :', env={'MAIL': 'box', 'MAILCHECK': '0'})
    equal((result.out, result.err), ('', ''))


def programs(*names):
    """A folder of programs for PATH."""
    os.makedirs('programs', exist_ok=True)
    for name in names:
        write('programs/' + name, '#!/bin/sh\n', 0o755)
    return os.path.abspath('programs')


@case('an unknown command: what may have been meant')
def _():
    path = programs('frobnicate', 'grep', 'gripe', 'xcat', 'xcut', 'xcot', 'xcit')
    write('programs/frobnicat', 'no program')
    os.mkdir('programs/frobnicats')
    with Terminal(env={'PATH': path, 'LC_ALL': 'C'}) as t:
        for typed, near in (('frobnicaet', 'frobnicate'), ('frbnicaete', 'frobnicate'), ('gerp', 'grep'), ('ehco', 'echo'), ('dc', 'cd'),
                            ('xct', 'xcat, xcit or xcot'), ('mine', None), ('x', None), ('quitedifferent', None),
                            ('a' * 300, None)):
            hint = f' (did you mean {near}?)' if near else ''
            shown = typed if len(typed) < 200 else typed[:200] + '...'
            t.check(typed, f'swish: {shown}: not found{hint}\n')
            t.check('echo $?', '127\n')
        t.run('myfunction() { nosuch; ehco; }; alias myalias=:')
        t.check('myfunctoin', 'swish: myfunctoin: not found (did you mean myfunction?)\n')
        t.check('myalais', 'swish: myalais: not found (did you mean myalias?)\n')
        t.check('myfunction', 'swish: nosuch: not found\nswish: ehco: not found\n')
        t.check('gerp | gerp', 'swish: gerp: not found (did you mean grep?)\n' * 2)
        t.check('gerp 2>/dev/null', '')
        t.check('./gerp', 'swish: ./gerp: No such file or directory\n')
        t.check('command gerp', 'swish: gerp: not found (did you mean grep?)\n')
        write('script', 'gerp\n')
        t.check('. ./script', 'swish: ./script: line 1: gerp: not found\n')
        t.alive()
    equal(run('-c', 'gerp', env={'PATH': path}).err, 'swish: line 1: gerp: not found\n')


@case('an unknown command: command_not_found_handle, where somebody typed it')
def _():
    with Terminal(env={'PATH': '/usr/bin:/bin'}) as t:
        t.run('command_not_found_handle() { echo "no <$1> <$2>"; x=changed; sh -c "exit 5"; }')
        t.check('nosuch "a b"', 'no <nosuch> <a b>\n')
        t.check('echo $? $x', '5\n')
        t.check('nosuch && echo no || echo $?', 'no <nosuch> <>\n5\n')
        t.check('echo in | nosuch | cat', 'no <nosuch> <>\n')
        t.run('f() { nosuch; }')
        t.check('f', 'swish: nosuch: not found\n')
        t.run('command_not_found_handle() { nosuch2; }')
        t.check('nosuch', 'swish: nosuch2: not found\n')
        t.check('echo $?', '127\n')
        for last, status in ((':', 0), ('return 7', 7), ('exit 8', 8), ('kill -TERM $(exec sh -c "echo \\$PPID")', 143)):
            t.run(f'command_not_found_handle() {{ (exit 3); {last}; }}')
            t.run('nosuch')
            t.check('echo $?', f'{status}\n')
        t.run('command_not_found_handle() { sleep 100; }')
        t.line('nosuch')
        t.foreground()
        t.interrupt()


@case('an unknown command: the handler of the distribution')
def _():
    if os.geteuid() != 0 or not shutil.which('chroot'):
        return
    os.makedirs('root/bin')
    os.makedirs('root/usr/lib')
    shutil.copy(SWISH, 'root/bin/swish')
    for path in {*libraries(SWISH), *libraries(PROGRAM)}:
        os.makedirs('root' + os.path.dirname(path), exist_ok=True)
        shutil.copy(path, 'root' + path)
    write('root/usr/lib/command-not-found', '#!/bin/swish\necho "handler $#: $1 $2" >&2\nexit 3\n', 0o755)
    folder = 'root' + read(os.path.join(BUILD, 'prefix')).decode().strip() + '/libexec/swish'
    os.makedirs(folder)
    shutil.copy(PROGRAM, folder)

    def enter():
        os.chroot('root')
        os.chdir('/')

    with Terminal(shell='/bin/swish', before=enter, env={'HOME': '/', 'PATH': '/bin'}) as t:
        t.check('nosuch a b', 'swish: nosuch: not found\nhandler 2: -- nosuch\n')
        t.check('echo $?', '127\n')
        t.check('swihs', 'swish: swihs: not found (did you mean swish?)\nhandler 2: -- swihs\n')
        os.chmod('root/usr/lib/command-not-found', 0o644)
        t.check('nosuch', 'swish: nosuch: not found\n')


@case('set -o autocd: a directory as a command is gone to')
def _():
    os.makedirs('qqfolder/a b')
    here = os.getcwd()
    missing = 'swish: qqfolder: not found\n'
    with Terminal() as t:
        t.check('qqfolder', missing)
        t.run('set -o autocd')
        t.check('qqfolder', 'cd -- qqfolder\n')
        t.check('pwd', f'{here}/qqfolder\n')
        t.check("'a b'", "cd -- 'a b'\n")
        t.check('../..', 'cd -- ../..\n')
        t.check('~/qqfolder', f'cd -- {here}/qqfolder\n')
        t.check('..', 'cd -- ..\n')
        t.check('pwd; (qqfolder); echo $?', f'{here}\n{missing}127\n')
        t.check('qqfolder x', missing)
        t.run('qqfolder() { echo function; }')
        t.check('qqfolder', 'function\n')
        t.run('unset -f qqfolder; cd() { echo "my $*"; command cd "$@"; }')
        t.check('qqfolder/', 'cd -- qqfolder/\nmy -- qqfolder/\n')
    write('script', 'set -o autocd\nqqfolder\n')
    equal(run('script').status, 127, 'a script')


@case("the history of bash is offered once, and taken over when asked for")
def _():
    write('.bash_history', 'echo one\necho two\n#1700000000\nfor i in 1\ndo\n\\#12\ndone\n#1700000001\necho last\n')
    os.utime('.bash_history', (1600000000, 1600000000))
    notice = "swish: `history -i ~/.bash_history' takes over the history of bash\n"
    with Terminal() as t:
        equal(t.log, notice + PS1)
        expect(not os.path.exists(HISTORY), 'taken without being asked')
        t.check('history -i ~/.bash_history', '')
        t.check('fc -ln 2', '\techo one\n\techo two\n\tfor i in 1\n\tdo\n\t\\#12\n\tdone\n\techo last\n')
        t.check('history -i nosuch', 'swish: history: nosuch: No such file or directory\n')
    wanted = ['echo one\n', 'echo two\n', 'for i in 1\ndo\n\\\\#12\ndone\n', 'echo last\n']
    equal(entries()[1:5], wanted, 'file')
    expect(b'\n#1700000001\necho last\n' in read(HISTORY) and b'\n#1600000000\necho one\n' in read(HISTORY), 'stamps')
    with Terminal() as t:
        equal(t.log, PS1, 'a second start')
        t.check('fc -ln 2 2', '\techo one\n')
    for env in ({'HISTFILE': ''}, {'HOME': '/nowhere'}):
        with Terminal(env=env) as t:
            equal(t.log, PS1, str(env))
