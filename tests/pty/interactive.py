"""interactive.py -- cases of swish-interactive: the hand-over from the core, line editing, prompts, history."""
import os
import re
import shutil
import signal
import subprocess
import threading

from suite import BUILD, SWISH, case, equal, expect, read, run, write
from terminal import PS1, PS2, Terminal, stopped, until

PROGRAM = os.path.join(BUILD, 'swish-interactive')
HAS_READLINE = b'enable-bracketed-paste' in read(PROGRAM) or b'libreadline' in read(PROGRAM)
NOBODY = 65534
HISTORY = '.local/state/swish/history'


def program_of(pid):
    return os.readlink(f'/proc/{pid}/exe')


class Editor(Terminal):
    """At a terminal that can do more than a dumb one; without colours and suggestions unless looks=True, and without
    marks for the terminal unless marks=True."""

    def __init__(self, *args, env=None, looks=False, marks=False, **how):
        write('inputrc', 'set enable-bracketed-paste off\nset bell-style none\n')
        options = ([] if looks else ['+o', 'highlight', '+o', 'suggest']) + ([] if marks else ['+o', 'marks'])
        settings = {'TERM': 'xterm', 'INPUTRC': os.path.abspath('inputrc'), **(env or {})}
        super().__init__(*options, *args, env=settings, **how)

    def run(self, text):
        self.type(text + '\r')
        self.expect(text + '\n')
        return self.expect(PS1)


def editing(title):
    """A case that needs readline."""
    return case(title) if HAS_READLINE else lambda function: function


# ---- the core becomes swish-interactive ----

def tree(interactive=PROGRAM, place='bin'):
    """bin/swish, and its other half in PLACE."""
    os.makedirs('bin', exist_ok=True)
    os.makedirs(place, exist_ok=True)
    shutil.copy(SWISH, 'bin/swish')
    if interactive:
        shutil.copy(interactive, os.path.join(place, 'swish-interactive'))
    return os.path.abspath('bin/swish')


def is_plain(t):
    t.alive()
    equal(program_of(t.pid), os.path.abspath('bin/swish'), 'program')


@case('at a terminal the core becomes swish-interactive, under its own name')
def _():
    write('.profile', f"PS1='{PS1}'\n")
    for name in ('swish', '-swish', 'anything'):
        with Terminal(name=name) as t:
            equal(program_of(t.pid), PROGRAM, 'program')
            t.check('echo $0', f'{name}\n')
            equal(read(f'/proc/{t.pid}/comm'), b'swish\n', 'name')


@case('the other half beside the core or in ../libexec/swish')
def _():
    for place in ('bin', 'libexec/swish'):
        with Terminal(shell=tree(place=place)) as t:
            t.alive()
            equal(program_of(t.pid), os.path.abspath(f'{place}/swish-interactive'), 'program')
        os.unlink(f'{place}/swish-interactive')


@case('no hand-over by argv[0], PATH or the working directory')
def _():
    shell = tree(None)
    os.makedirs('evil/bin')
    for place in ('swish-interactive', 'evil/bin/swish-interactive'):
        write(place, '#!/bin/sh\necho evil\n', 0o755)
    for name in (os.path.abspath('evil/bin/swish'), 'evil/bin/swish', 'swish'):
        with Terminal(shell=shell, name=name, env={'PATH': os.path.abspath('evil/bin') + ':/usr/bin:/bin'}) as t:
            is_plain(t)
            expect('evil\n' not in t.log, t.log)


@case('without its other half the core reads plain lines; it says so only when asked for')
def _():
    shell = tree(None)
    with Terminal(shell=shell) as t:
        is_plain(t)
        equal('interactive' in t.log, False, 'a message')
    write('.profile', f"PS1='{PS1}'\n")
    for options, name in ((['-i'], 'swish'), (['-l'], 'swish'), ([], '-swish')):
        with Terminal(*options, shell=shell, name=name) as t:
            is_plain(t)
            expect(t.log.startswith('swish: swish-interactive: No such file or directory\n'), t.log)


@case('another version, no program, or one that may not be run')
def _():
    shell = tree(None)
    other = re.sub(rb'(swish-interactive) \d+\.\d+', rb'\1 9.9', read(PROGRAM))
    for content, mode, reason in ((other, 0o755, 'not of this version'), (b'', 0o755, 'not of this version'),
                                  (read(PROGRAM), 0o644, 'Permission denied')):
        write('bin/swish-interactive', content, mode)
        with Terminal(shell=shell) as t:
            is_plain(t)
            equal('interactive' in t.log, False, 'a message')
        with Terminal('-i', shell=shell) as t:
            is_plain(t)
            expect(t.log.startswith(f'swish: swish-interactive: {reason}\n'), t.log)


@case('a set-id copy never hands over')
def _():
    if os.geteuid() != 0:
        return
    shell = tree()
    for mode in (0o4755, 0o2755):
        os.chmod(shell, mode)
        os.chmod('.', 0o755)
        with Terminal('-p', shell=shell, env={'HOME': '/'}, before=lambda: (os.setgid(NOBODY), os.setuid(NOBODY))) as t:
            is_plain(t)


@case('scripts, -c, -ic and -i on a pipe are the core\'s')
def _():
    shell = tree()
    look = 'readlink /proc/$$/exe; :'
    write('script', look + '\n')
    wanted = shell + '\n'
    for options, typed in ((['-c', look], ''), (['-ic', look], ''), (['script'], ''), (['-i'], look + '\n'),
                           (['-s'], look + '\n'), ([], look + '\n')):
        equal(run(*options, stdin=typed, shell=shell, env={'PS1': ''}, start_new_session=True).out, wanted, str(options))
    with Terminal(shell=shell) as t:
        for text in (f'{shell} -c "{look}"', f'{shell} script', f'{shell} -ic "{look}"', f'echo "{look}" | {shell} -i 2>/dev/null',
                     f'{shell} +i -s <script'):
            t.check(text.replace('$$', '\\$\\$'), wanted)


def libraries(program):
    shown = subprocess.run(['ldd', program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout.decode()
    return re.findall(r'(/\S+)', shown)


@case('in a chroot without /proc: the compiled-in folder, else plain')
def _():
    if os.geteuid() != 0:
        return
    os.makedirs('root/bin')
    os.makedirs('root/dev')
    shutil.copy(SWISH, 'root/bin/swish')
    for path in {*libraries(SWISH), *libraries(PROGRAM)}:
        os.makedirs('root' + os.path.dirname(path), exist_ok=True)
        shutil.copy(path, 'root' + path)

    def enter():
        os.chroot('root')
        os.chdir('/')

    with Terminal(shell='/bin/swish', before=enter, env={'HOME': '/'}) as t:
        t.alive()
        expect(program_of(t.pid).endswith('/bin/swish'), program_of(t.pid))
    folder = 'root' + read(os.path.join(BUILD, 'prefix')).decode().strip() + '/libexec/swish'
    os.makedirs(folder)
    shutil.copy(PROGRAM, folder)
    with Terminal(shell='/bin/swish', before=enter, env={'HOME': '/'}) as t:
        t.alive()
        expect(program_of(t.pid).endswith('/swish-interactive'), program_of(t.pid))


# ---- prompts ----

@case('backslash escapes in prompts')
def _():
    host = os.uname().nodename
    user = subprocess.run(['id', '-un'], stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    mark = '#' if os.geteuid() == 0 else '$'
    os.makedirs('sub/folder')
    with Terminal() as t:
        for escape, shown in (('\\u@\\h:', f'{user}@{host.split(".")[0]}:'), ('\\H ', host + ' '), ('\\w', '~'), ('\\W', '~'),
                              ('\\$', mark), ('\\s', 'swish'), ('a\\\\b', 'a\\b'), ('a\\nb', 'a\nb'), ('\\j', '0'),
                              ('\\101', 'A'), ('\\q', '\\q'), ('a\\[\\e[1m\\]b', 'a\x1b[1mb'), ('$((1+2))', '3'),
                              ('\\D{%%}', '%'), ('\\D', '\\D'), ('\\', '\\')):
            t.type(f"PS1='{escape}{PS1}'\n")
            t.expect('\n')
            t.expect(shown + PS1)
        t.type(f"cd sub/folder; PS1='\\w \\W{PS1}'\n")
        t.expect('~/sub/folder folder' + PS1)
        t.type('cd /usr/bin\n')
        t.expect('/usr/bin bin' + PS1)
        t.type('cd /\n')
        t.expect('\n/ /' + PS1)
        t.type(f"PS1='\\t \\T \\A \\@ \\d{PS1}'\n")
        t.expect(re.compile(r'\n\d\d:\d\d:\d\d \d\d:\d\d:\d\d \d\d:\d\d \d\d:\d\d [AP]M [A-Z][a-z]+ [A-Z][a-z]+ \d+' + PS1))
        t.type(f"PS1='\\#.\\!{PS1}'; (exit 7)\n")
        t.expect(re.compile(r'\n(\d+)\.(\d+)' + PS1))


@case('what a prompt shows is text: a folder named $(command) runs nothing, control bytes are shown')
def _():
    name = '$(touch run)`touch run`\x1b]0;x\x07'
    os.makedirs(name)
    with Terminal(env={'PS1': '\\w' + PS1}) as t:
        t.type('cd */\n')
        t.expect('~/$(touch run)`touch run`\\033]0;x\\007' + PS1)
        expect(not os.path.exists('run') and not os.path.exists(f'{name}/run'), 'it ran')


@case('the default prompt: user, host, folder, branch, status')
def _():
    os.makedirs('work/.git')
    write('work/.git/HEAD', 'ref: refs/heads/topic/one\n')
    os.makedirs('work/in')
    mark = '# ' if os.geteuid() == 0 else '$ '
    with Terminal(env={'PS1': None}, prompt=False) as t:
        t.expect(f' ~{mark}')
        t.type('cd work/in\n')
        t.expect(f' ~/work/in (topic/one){mark}')
        t.type('(exit 3)\n')
        t.expect(f' ~/work/in (topic/one) [3]{mark}')
        write('work/.git/HEAD', '0123456789abcdef\n')
        t.type('cd ..\n')
        t.expect(f' ~/work (0123456){mark}')
        os.rename('work/.git', 'repository')
        write('work/.git', 'gitdir: ../repository\n')
        t.type(':\n')
        t.expect(f' ~/work (0123456){mark}')
        os.unlink('work/.git')
        t.type(':\n')
        t.expect(f' ~/work{mark}')


@case('PS0 is shown between a command and its output')
def _():
    with Terminal() as t:
        t.run("PS0='<\\w>\\n'")
        t.check('echo a', '<~>\na\n')
        t.line('if true')
        t.expect(PS2)
        t.check('then echo b; fi', '<~>\nb\n')


# ---- the history file ----

def entries(path=HISTORY):
    """The texts of the file."""
    return re.split(r'^#\d+\n', read(path).decode(), flags=re.M)[1:]


@case('every command is in the file before it runs, whole, for its owner only')
def _():
    with Terminal(before=lambda: os.umask(0)) as t:
        t.run('echo one')
        equal(entries(), ['echo one\n'], 'file')
        equal((os.stat(HISTORY).st_mode & 0o777, os.stat('.local/state/swish').st_mode & 0o777), (0o600, 0o700), 'modes')
        t.line('if true')
        t.expect(PS2)
        t.line('then')
        t.expect(PS2)
        t.run('echo two; fi')
        t.run(' echo private')
        t.run('echo two')
        t.run('echo two')
        t.run("echo '\n#123\n\\#45\n' >/dev/null")
        t.line('kill -KILL $$')
        t.ended(137)
    wanted = ['echo one\n', 'if true\nthen\necho two; fi\n', 'echo two\n', "echo '\n\\#123\n\\\\#45\n' >/dev/null\n", 'kill -KILL $$\n']
    equal(entries(), wanted, 'file')
    with Terminal() as t:
        t.check('fc -ln', '\techo one\n\tif true\n\tthen\n\techo two; fi\n\techo two\n'
                "\techo '\n\t#123\n\t\\#45\n\t' >/dev/null\n\tkill -KILL $$\n")
        t.check('history 2', '6\tfc -ln\n7\thistory 2\n')
        t.run('history -c')
        t.check('history', '1\thistory\n')


@case('a private line is not there for fc either')
def _():
    with Terminal() as t:
        t.run('echo one')
        t.run('echo two')
        t.check(' fc -l', '1\techo one\n2\techo two\n')
        t.check(' fc -s one=three 1', 'echo three\nthree\n')
        t.check('fc -l', '1\techo one\n2\techo two\n3\techo three\n')


@case('sessions share the history')
def _():
    with Terminal() as a, Terminal() as b:
        a.run('echo from a')
        b.run('echo from b')
        a.check('fc -ln', '\techo from a\n\techo from b\n')
        b.check('history', '1\techo from a\n2\techo from b\n3\tfc -ln\n4\thistory\n')
    equal(entries(), ['echo from a\n', 'echo from b\n', 'fc -ln\n', 'history\n'], 'file')


@case('many sessions at once lose nothing')
def _():
    count, each = 6, 25

    def session(number):
        with Terminal() as t:
            t.type(''.join(f': {number}.{i}\n' for i in range(each)) + 'exit\n')
            t.ended(0)

    threads = [threading.Thread(target=session, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = entries()
    for number in range(count):
        equal([text for text in found if text.startswith(f': {number}.')], [f': {number}.{i}\n' for i in range(each)], 'order')


@case('HISTFILE, HISTSIZE, set +o history')
def _():
    with Terminal(env={'HISTFILE': 'mine', 'HISTSIZE': '2'}) as t:
        for text in ('echo a', 'echo b', 'echo c'):
            t.run(text)
        t.check('fc -ln', '\techo c\n')
        equal(len(entries('mine')), 4, 'file')
        t.run('HISTFILE=')
        t.run('echo secret')
        t.run('HISTFILE=other; set +o history')
        t.run('echo hidden')
        t.run('set -o history')
        expect('secret' not in read('mine').decode() and not os.path.exists(HISTORY), 'kept')
    expect(not os.path.exists('other'), 'kept')


@case('no file is made in the home of somebody else')
def _():
    if os.geteuid() != 0:
        return
    os.mkdir('home')
    os.chown('home', NOBODY, NOBODY)
    home = os.path.abspath('home')
    with Terminal(env={'HOME': home}) as t:
        t.run('echo a')
        t.check('fc -ln', '\techo a\n')
        equal(os.listdir('home'), [], 'home')
        os.makedirs('home/.local/state/swish')
        write('home/' + HISTORY, '')
        t.run('echo b')
        equal(entries('home/' + HISTORY), ['echo b\n'], 'one that is there is used')


@case('files that are none: a folder, a pipe, no permission, torn ends, NUL bytes, plain lines')
def _():
    os.mkdir('folder')
    os.mkfifo('pipe')
    for path in ('folder', 'pipe', '/dev/null', '/absent/file'):
        with Terminal(env={'HISTFILE': path}) as t:
            t.check('echo a', 'a\n')
            t.check('fc -ln', '\techo a\n')
    write('plain', 'echo one\necho two\n#12\necho three\nmore\n#13\nbad\0bytes\n#14\necho torn', 0o644)
    with Terminal(env={'HISTFILE': 'plain'}) as t:
        t.run('echo four')
        t.check('fc -ln', '\techo one\n\techo two\n\techo three\n\tmore\n\techo four\n')
    equal(os.stat('plain').st_mode & 0o777, 0o600, 'mode')
    expect(b'#14\necho torn\n#' in read('plain'), read('plain'))


@case('a large file: the prompt does not wait for it, and it is cut down to HISTSIZE entries')
def _():
    write('large', ''.join(f'#{i}\necho {i}\n' for i in range(100000)))
    with Terminal(env={'HISTFILE': 'large'}) as t:
        t.check('fc -ln 99999 99999', '\techo 99998\n')
    with Terminal(env={'HISTFILE': 'large', 'HISTSIZE': '1000'}) as t:
        until('cut', lambda: os.path.getsize('large') < 100000)
        t.run('echo new')
    found = entries('large')
    equal((len(found), found[-1]), (1001, 'echo new\n'), 'file')
    equal(os.stat('large').st_mode & 0o777, 0o600, 'mode')


# ---- editing ----

@editing('keys edit the line')
def _():
    with Editor() as t:
        t.type('echo hllo\x1b[D\x1b[D\x1b[De\r')
        t.expect('\nhello\n' + PS1)
        t.type('echo one\r')
        t.expect('\none\n' + PS1)
        t.type('\x1b[A\x1b[A\r')
        t.expect('\nhello\n' + PS1)
        t.type('\x12one\r')
        t.expect('\none\n' + PS1)
        t.type('echo yanked\x15echo \x19\r')
        t.expect('\necho yanked\n' + PS1)


@editing('set -o vi, inputrc')
def _():
    with Editor() as t:
        t.run('set -o vi')
        t.type('echo hxllo\x1bFxre\r')
        t.expect('\nhello\n' + PS1)
        t.run('set -o emacs')
        t.type('xx\x01echo \r')
        t.expect('\nxx\n' + PS1)


@editing('Ctrl-C in the line, in a search, in a continued command; traps and ignored INT')
def _():
    with Editor() as t:
        t.type('echo nev')
        t.expect('echo nev')
        t.interrupt()
        t.type('\x12x')
        t.expect("search)`x'")
        t.control('c')
        t.expect('^C\n' + PS1)
        t.type('if true; then\r')
        t.expect(PS2)
        t.control('c')
        t.expect('^C\n' + PS1)
        t.run("trap 'echo trapped' INT")
        t.control('c')
        t.expect('trapped\n')
        t.expect(PS1)
        t.run("trap '' INT")
        t.type('echo a\x03b\r')
        t.expect('\nab\n' + PS1)


@editing('the terminal has its own modes while commands run')
def _():
    with Editor() as t:
        modes = t.run('stty -a').split()
        expect({'icanon', 'isig', 'echo', 'icrnl', 'opost'} <= set(modes), modes)
        t.type('stty -echoctl; stty -a\r')
        t.expect('-echoctl')
        t.expect(PS1)
        t.type('cat\r')
        t.process('cat')
        t.type('typed\n\x04')
        t.expect('typed\ntyped\n')
        t.expect(PS1)


@editing('signals while a line is typed: a trap, set -b, the window, a hangup')
def _():
    with Editor() as t:
        t.run("trap 'echo usr' USR1")
        t.type('echo a')
        t.expect('echo a')
        t.reading()
        os.kill(t.pid, signal.SIGUSR1)
        t.expect('usr\n' + PS1 + 'echo a')
        os.kill(t.pid, signal.SIGWINCH)
        t.type('b\r')
        t.expect('\nab\n' + PS1)
        t.run('set -b')
        t.type('sleep .05 &\r')
        t.expect('Done')
        t.expect(PS1)
        t.run('trap "echo gone >gone" EXIT')
        t.type('half')
        t.expect('half')
        os.kill(t.pid, signal.SIGHUP)
        t.ended(129)
        equal(read('gone'), b'gone\n', 'EXIT action')


@editing('the terminal goes away')
def _():
    with Editor() as t:
        t.type('half')
        t.expect('half')
        t.hang_up()
        until('it ends', lambda: t.end())


@editing('! brings back commands')
def _():
    with Editor() as t:
        t.run('echo one two')
        for typed, shown in (('!!', 'one two\n'), ('echo !$', 'two\n'), ('^two^three', 'three\n'), ('!echo:s/three/four/', 'four\n')):
            t.type(typed + '\r')
            t.expect('\n' + shown)
            t.expect(PS1)
        t.type('!nope\r')
        t.expect('swish: !nope: event not found\n')
        t.expect(PS1)
        t.check("echo '!!' \\! a!", '!! ! a!\n')
        t.run('sleep 100 &')
        expect(re.fullmatch(r'\d+\n', t.run('echo $!')), '$!')
        t.run('set +o histexpand')
        t.check('echo !!', '!!\n')
    with Editor(name='sh') as t:
        t.check('echo !!', '!!\n')


@editing('a command of several lines comes back whole')
def _():
    with Editor() as t:
        t.type('for i in 1 2\r')
        t.expect(PS2)
        t.type('do echo "=$i\r')
        t.expect(PS2)
        t.type('"; done\r')
        t.expect('\n=1\n\n=2\n\n' + PS1)
        t.type('\x1b[A\r')
        t.expect('\n=1\n\n=2\n\n' + PS1)
        equal(entries(), ['for i in 1 2\ndo echo "=$i\n"; done\n'], 'file')


@editing('Ctrl-D ends the shell, or is refused')
def _():
    with Editor() as t:
        t.control('d')
        t.ended(0)
    with Editor('-o', 'ignoreeof') as t:
        t.control('d')
        t.expect("use `exit' to leave the shell\n")
        t.expect(PS1)
        t.alive()


@editing('a stopped shell and its editor come back')
def _():
    with Editor() as t:
        t.type('$SWISH +o marks\r')
        t.expect('\n' + PS1)
        inner = t.owner()
        t.type('ec')
        t.expect('ec')
        os.kill(inner, signal.SIGSTOP)
        stopped(inner)
        t.expect('Stopped (SIGSTOP)')
        t.expect(PS1)
        t.type('fg\r')
        t.owned_by(inner)
        t.type('ho inner\r')
        t.expect('inner\n' + PS1)


@editing('a dumb terminal is read plainly')
def _():
    with Editor(env={'TERM': 'dumb'}) as t:
        t.alive()
        expect('\x1b' not in t.log, t.log)
        t.type('export TERM=xterm\n')
        t.expect(PS1)
        t.alive()


# ---- completion ----

COMPLETIONS = {
    'commands': (('unali', 'unalias '), ('if unali', 'if unalias '), ('x=1 unali', 'x=1 unalias '), ('sudo unali', 'sudo unalias '),
                 ('own_f', 'own_function '), ('own_a', 'own_alias '), ('own_p', 'own_program '), ('true; unali', 'true; unalias '),
                 ('echo $(unali', 'echo $(unalias '), ('echo "$(unali', 'echo "$(unalias '), ('./runm', './runme ')),
    'files, quoted': (('cat fol', 'cat folder\\ one/'), ("cat 'fol", "cat 'folder one/"), ('cat "fol', 'cat "folder one/'),
                      ('cat folder\\ one/x', 'cat folder\\ one/x\\ y '), ('cat "folder one/x', 'cat "folder one/x y" '),
                      ('cat it', "cat it\\'s "), ("cat 'it", "cat 'it'\\''s' "), ('cat tab', "cat $'tab\\there' "),
                      ('cat \\$d', 'cat \\$dollar '), ('cat \\~t', 'cat \\~tilde '), ('cat \\#h', 'cat \\#hash '),
                      ('cat back', 'cat back\\\\slash '), ('cat two', 'cat two\\ '), ('cat <oth', 'cat <other/'),
                      ('cat ~/oth', 'cat ~/other/'), ('cat $HOME/oth', 'cat $HOME/other/'), ('x=oth', 'x=other/'),
                      ('x=a:oth', 'x=a:other/'), ('cmd --file=oth', 'cmd --file=other/'), ('cat .hid', 'cat .hidden '),
                      ('cat bad', "cat bad\udcff ")),
    'variables': (('echo $own_v', 'echo $own_variable'), ('echo ${own_v', 'echo ${own_variable}'), ('echo "$own_v', 'echo "$own_variable'),
                  ('unset own_v', 'unset own_variable ')),
    'what commands want': (('cd fol', 'cd folder\\ one/'), ('cd tw', 'cd tw'), ('kill -s WIN', 'kill -s WINCH '), ('trap : WIN', 'trap : WINCH '),
                           ('set -o pipef', 'set -o pipefail '), ('unalias own', 'unalias own_alias '), ('type unali', 'type unalias '),
                           ('ssh exam', 'ssh example.org '), ('cat ~roo', 'cat ~root/'), ('kill %', 'kill %1 ')),
    'git': (('git chec', 'git checkout '), ('git switch top', 'git switch topic/one '), ('git switch topic/o', 'git switch topic/one '),
            ('git merge orig', 'git merge origin/far '), ('git show v1', 'git show v1.0 '), ('git add oth', 'git add other/')),
    'nothing': (('# oth', '# oth'), ("echo '$own_v", "echo '$own_v"), ('cat $(true)oth', 'cat $(true)oth'), ('cat nope', 'cat nope')),
}


def prepare_completion():
    os.makedirs('folder one')
    os.makedirs('other')
    os.makedirs('.ssh')
    write('.ssh/known_hosts', 'example.org,192.0.2.7 ssh-ed25519 AAAA\n|1|hashed= ssh-rsa AAAA\n')
    for name in ("it's", 'tab\there', '$dollar', '~tilde', '#hash', 'back\\slash', 'two a', 'two b', 'folder one/x y', '.hidden', b'bad\xff'):
        write(name, '')
    write('runme', '', 0o755)
    os.makedirs('.git/refs/heads/topic')
    write('.git/HEAD', 'ref: refs/heads/main\n')
    write('.git/refs/heads/topic/one', '0' * 40 + '\n')
    write('.git/packed-refs', '# pack-refs with: peeled\n' + '0' * 40 + ' refs/remotes/origin/far\n' + '0' * 40 + ' refs/tags/v1.0\n^' + '0' * 40 + '\n')
    os.mkdir('programs')
    write('programs/own_program', '', 0o755)


if HAS_READLINE:
    for what, table in COMPLETIONS.items():
        @case(f'completion: {what}')
        def _(table=table):
            prepare_completion()
            with Editor(env={'PATH': os.path.abspath('programs') + ':/usr/bin:/bin'}) as t:
                t.run('own_function() { :; }; alias own_alias=:; own_variable=1; sleep 100 &')
                for typed, wanted in table:
                    # A here-document shows what stands in the line then, byte for byte.
                    t.type(f"{typed}\t\x05|\x01cat <<'EOF'\x16\n\x05\x16\nEOF\r")
                    t.expect('EOF')
                    try:
                        t.expect(wanted.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace') + '|\n')
                    finally:
                        t.expect(PS1)


@editing('completion: a list of names, control bytes visible; 20,000 files')
def _():
    for name in ('file one', 'file two', 'file\x1b[31m'):
        write(name, '')
    os.mkdir('many')
    for i in range(20000):
        os.close(os.open(f'many/entry{i:05}', os.O_CREAT | os.O_WRONLY))
    with Editor() as t:
        t.type('cat fi\t\t\t')
        t.expect('file\\033[31m  file one')
        t.expect('file two')
        t.expect(PS1 + 'cat file')
        t.control('u')
        t.type('echo many/entry1234\t\t')
        t.expect('entry12349')
        t.expect('many/entry1234')
        t.type('5\t\r')
        t.expect('many/entry12345\n')
        t.type('echo many/\t\t\t')
        t.expect('20000')
        t.type('n\x15')
        t.alive()
