"""startup.py -- how the shell is started: options, start-up files, other programs that start it, poor surroundings."""
import os
import re
import shutil
import subprocess

from suite import SWISH, case, equal, expect, is_static, read, run, write
from interactive import NOBODY, PROGRAM, tree
from renderer import HAVE_ALL, Tmux
from terminal import PS1, PS2, Terminal

ALONE = {'start_new_session': True}
IS_ROOT = os.geteuid() == 0


def folders():
    """Files that say what they are; the rc file in its default place."""
    os.makedirs('.config/swish', exist_ok=True)
    for path in ('.profile', '.config/swish/rc', 'other', 'env'):
        write(path, f'echo from {path}\n')


PROMPT = re.compile('<1>|[#$] $')  # /etc/profile may set PS1


def banner(*args, lines, **how):
    """What a shell writes before its first prompt; /etc/profile may write, too."""
    login = how.get('name', '').startswith('-') or '-l' in args
    with Terminal(*args, prompt=False, **how) as t:
        before = t.expect(PROMPT)
        expect(before.endswith(lines) if login else before == lines, f'{args} {how}: {before!r}, wanted {lines!r}')
        t.line('echo alive')
        t.expect('alive\n')


@case('which start-up files: login, interactive, --rcfile, --norc, --noprofile')
def _():
    folders()
    both = 'from .profile\nfrom .config/swish/rc\n'
    banner(lines='from .config/swish/rc\n')
    banner(env={'ENV': './env'}, lines='from env\n')
    banner('--rcfile', 'other', env={'ENV': './env'}, lines='from other\n')
    banner('--norc', env={'ENV': './env'}, lines='')
    banner('--norc', '--rcfile', 'other', lines='')
    for name in ('-swish', '-sh', '-anything'):
        banner(name=name, lines=both)
    banner('-l', lines=both)
    banner('-l', '--noprofile', lines='from .config/swish/rc\n')
    banner('-l', '--noprofile', '--norc', lines='')
    banner('-l', '--norc', lines='from .profile\n')
    os.makedirs('xdg/swish')
    write('xdg/swish/rc', 'echo from xdg\n')
    banner(env={'XDG_CONFIG_HOME': os.path.abspath('xdg')}, lines='from xdg\n')


@case('scripts and -c read no start-up file, but login shells the profiles')
def _():
    folders()
    write('script', 'echo script\n')
    env = {'HOME': os.getcwd(), 'ENV': os.path.abspath('env')}

    def out(*args, **how):
        result = run(*args, env=env, **how, **ALONE)
        equal(result.err, '', str(args))
        return result.out

    equal(out('-c', 'echo text'), 'text\n')
    equal(out('script'), 'script\n')
    equal(out('./script', shell=SWISH), 'script\n')
    equal(out(stdin='echo input\n'), 'input\n')
    equal(out('-lc', 'echo text', ), 'from .profile\ntext\n')
    equal(out('-l', 'script'), 'from .profile\nscript\n')
    equal(out('--login', '--noprofile', '-c', 'echo text'), 'text\n')
    equal(out('-ic', 'echo text'), 'from env\ntext\n')
    equal(out('--norc', '-ic', 'echo text'), 'text\n')
    equal(out('-lic', 'echo text'), 'from .profile\nfrom env\ntext\n')
    equal(out('-euo', 'pipefail', '-c', 'set +o; echo ${x-}; false | true; echo no').split('\n')[-2:], ['', ''])
    equal(run('-euo', 'pipefail', '-c', 'false | true; echo no').status, 1)


def ssh(*args, **how):
    """As sshd starts the shell for a command: its name, -c, the command; neither terminal nor job control."""
    return run('-c', *args, **ALONE, **how)


@case('as a remote command: no word from start-up files, input and status pass through')
def _():
    folders()
    env = {'HOME': os.getcwd(), 'ENV': os.path.abspath('env')}
    result = ssh('cat; exit 3', stdin=b'\0\xff binary\n', env=env, decode=False)
    equal((result.out, result.err, result.status), (b'\0\xff binary\n', b'', 3), 'result')


@case('as cron starts it: an empty environment, no input, no terminal')
def _():
    result = subprocess.run([SWISH, '-c', 'echo "$HOME|$TERM|$PATH"; ls / >/dev/null; echo $?; read x; echo $?'], env={}, check=False,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd='/', **ALONE)
    equal((result.stdout, result.stderr), (b'||\n0\n1\n', b''), 'no environment')
    for variables in ({'PATH': '', 'HOME': '', 'TERM': ''}, {'PATH': '/nowhere', 'HOME': '/nowhere', 'SHELL': ''}):
        result = subprocess.run([SWISH, '-lc', 'cd / && echo $PWD'], env=variables, check=False, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, **ALONE)
        expect(result.stdout.endswith(b'/\n') and result.returncode == 0, f'{variables}: {result}')
    closed = subprocess.run(['sh', '-c', 'exec "$0" -c "echo out; cat; echo \\$?" <&-', SWISH], check=False, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, **ALONE)
    equal(closed.stdout.split()[0], b'out', 'closed input')
    equal(subprocess.run(['sh', '-c', 'exec "$0" <&- >&- 2>&-', SWISH], check=False, **ALONE).returncode in (0, 2), True, 'all closed')


@case('at a terminal with nothing in the environment')
def _():
    pid, fd = os.forkpty()
    if pid == 0:
        os.execve(SWISH, ['-swish', '--noprofile'], {})
    shown = b''
    while b'# ' not in shown and b'$ ' not in shown:
        shown += os.read(fd, 1000)
    os.write(fd, b'echo "<${HOME-unset}>"; cd; echo $?; exit 7\r')
    try:
        while True:
            shown += os.read(fd, 1000)
    except OSError:
        pass
    equal(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 7, 'status')
    expect(b'\n<unset>' in shown and b'HOME is not set' in shown and b'/swish/rc' not in shown, repr(shown))


# ---- files that are no use ----

BROKEN = {
    'a syntax error': ('echo before\nif )\necho after\n', 0o644, 'before\nswish: ./rc: line 2: syntax error: unexpected `)\'\nif )\n   ^\n'),
    'CR LF': ('alias x=y\r\necho no\r\n', 0o644, 'swish: ./rc: not run, its lines end in CR LF: is it a DOS text file?\n'),
    'a program': (b'\x7fELF\0\0\n', 0o755, 'swish: ./rc: cannot execute binary file\n'),
    'an error': ('echo before\n${x:?gone}\necho after\n', 0o644, 'before\nswish: ./rc: line 2: x: gone\n'),
    'an unknown command': ('nosuchcommand\necho after\n', 0o644, 'swish: ./rc: line 1: nosuchcommand: not found\nafter\n'),
    'nothing': ('', 0o644, ''),
    'return': ('return 3\necho no\n', 0o644, ''),
    'no newline': ('echo last', 0o644, 'last\n'),
}

for what, (content, mode, wanted) in BROKEN.items():
    @case(f'a start-up file with {what}: the shell comes up')
    def _(content=content, mode=mode, wanted=wanted):
        write('rc', content, mode)
        banner(env={'ENV': './rc'}, lines=wanted)
        banner('--rcfile', './rc', lines=wanted)
        write('.profile', content, mode)
        banner('-l', '--norc', lines=wanted.replace('./rc', os.path.abspath('.profile')))


@case('start-up files that are not there, are folders, or may not be read')
def _():
    banner(env={'ENV': './absent'}, lines='')
    banner('--rcfile', 'absent', lines='swish: absent: No such file or directory\n')
    os.mkdir('folder')
    banner(env={'ENV': './folder'}, lines='swish: ./folder: Is a directory\n')
    write('secret', 'echo no\n', 0o000)
    drop = (lambda: (os.chmod('.', 0o755), os.setgid(NOBODY), os.setuid(NOBODY))) if IS_ROOT else None
    banner(env={'ENV': './secret'}, before=drop, lines='swish: ./secret: Permission denied\n')
    os.mkdir('closed', 0o000)
    banner(env={'ENV': './closed/rc', 'HOME': os.path.abspath('closed')}, before=drop, lines='')


@case('Ctrl-C ends a start-up file, exit in it the shell')
def _():
    write('rc', 'sleep 100; echo no\necho no\n')
    with Terminal(env={'ENV': './rc'}, prompt=False) as t:
        t.process('sleep')
        t.control('c')
        t.expect(PS1)
        expect('no' not in t.log, t.log)
        t.alive()
        t.line('sleep 100')
        t.foreground()
        t.interrupt()
    write('rc', 'exit 4\n')
    with Terminal(env={'ENV': './rc'}, prompt=False) as t:
        t.ended(4)


@case('ENV is expanded as a parameter would be, without tilde, splitting or patterns')
def _():
    write('a b*', 'echo odd\n')
    banner(env={'ENV': '${HOME}/a b${none-*}'}, lines='odd\n')
    banner(env={'ENV': '~/a b*'}, lines='')
    write('$(echo odd)', 'echo literal\n')
    banner(env={'ENV': '$(echo odd)'}, lines='literal\n')
    for value in ('`echo odd`', '${none-$(echo odd)}', '$((1+1))', '"odd"'):
        write('odd', 'echo odd\n')
        write('2', 'echo two\n')
        write(value, 'echo literal\n')
        banner(env={'ENV': value}, lines='literal\n')
    banner(env={'ENV': '${none-$indirect}', 'indirect': '$(echo odd)'}, lines='literal\n')
    banner(env={'HOME': None, 'ENV': None}, lines='')
    banner(env={'HOME': '', 'ENV': None}, lines='')


# ---- programs that start shells ----

if HAVE_ALL:
    @case('as the default shell of tmux: login, prompt, windows of its own')
    def _():
        write('.profile', 'echo from profile\n')
        os.makedirs('.config/swish')
        write('.config/swish/rc', "PS1='$ '\n")
        with Tmux(60, 8) as tmux:
            with open('tmux.conf', 'a', encoding='ascii') as conf:
                conf.write(f'set -g default-shell {SWISH}\nset -g default-command ""\n')
            tmux.call('new-session', '-d', '-s', 'ours', '-x', '60', '-y', '8', '-e', f'HOME={os.getcwd()}', '-e', 'HISTFILE=')
            tmux.wait('ours', lambda shown: shown[0].rstrip('\n').endswith('from profile\n$'), 'the prompt')
            tmux.keys('ours', b'\x0cecho $0 $-; tty >/dev/null && echo tty\r')
            tmux.wait('ours', lambda shown: shown[0].startswith('$ echo') and shown[0].rstrip('\n').endswith('\ntty\n$'), 'a command')
            equal(tmux.screen('ours')[0].split('\n')[1].split()[0], '-swish', 'name')
            tmux.call('split-window', '-t', 'ours', 'echo direct; sleep 100')
            tmux.wait('ours', lambda shown: shown[0].startswith('direct\n'), 'a command of the window')


@case('su - and login: the name begins with a dash')
def _():
    if not IS_ROOT or not shutil.which('su'):
        return
    result = subprocess.run(['su', '-s', SWISH, '-', 'root', '-c', 'echo "$0 $HOME"'], stdout=subprocess.PIPE, check=False,
                            stdin=subprocess.DEVNULL, **ALONE)
    expect(result.stdout.endswith(b'-swish /root\n') and result.returncode == 0, repr(result))
    equal(subprocess.run(['su', '-s', SWISH, 'root', '-c', 'echo on; exit 5'], stdout=subprocess.PIPE, check=False,
                         stdin=subprocess.DEVNULL, **ALONE).returncode, 5, 'su')


@case('a terminal that is not the one of the session: no job control, one message at most')
def _():
    leader, fd = os.openpty()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        for number in (0, 1, 2):
            os.dup2(fd, number)
        os.execve(SWISH, ['swish'], {'PS1': PS1, 'PS2': PS2, 'PATH': '/usr/bin:/bin', 'TERM': 'dumb', 'HOME': os.getcwd()})
    os.close(fd)
    os.write(leader, b'true; echo on; exit 3\n')
    shown = b''
    try:
        while True:
            shown += os.read(leader, 1000)
    except OSError:
        pass
    equal(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 3, 'status')
    expect(b'on\r\n' in shown and shown.count(b'swish: ') <= 1, repr(shown))


@case('set-id: ENV is ignored and the privileges are given up, unless -p')
def _():
    if not IS_ROOT or os.statvfs('.').f_flag & os.ST_NOSUID:
        return
    write('.profile', 'echo from profile\n')
    write('env', 'echo from env\n')
    shutil.copy(SWISH, 'copy')
    os.chmod('copy', 0o4755)
    os.chmod('.', 0o777)

    def who(*args):
        script = 'id -u; id -ru; echo ${ENV+ENV}; : >made 2>/dev/null'
        return run(*args, script, shell=os.path.abspath('copy'), env={'HOME': os.getcwd(), 'ENV': os.path.abspath('env')},
                   before=lambda: (os.setgroups([]), os.setgid(NOBODY), os.setuid(NOBODY)), **ALONE).out

    equal(who('-c'), f'{NOBODY}\n{NOBODY}\nENV\n', 'without -p')
    equal(who('-pc'), f'0\n{NOBODY}\nENV\n', 'with -p')
    equal(who('-ic'), f'{NOBODY}\n{NOBODY}\nENV\n', '-i')
    equal(who('-ipc'), f'0\n{NOBODY}\nENV\n', '-ip')
    equal(who('-lc'), f'from profile\n{NOBODY}\n{NOBODY}\nENV\n', '-l')
    equal(who('-lpc'), f'0\n{NOBODY}\nENV\n', '-lp')


def namespace():
    """Words that run a command with a root of its own, as an ordinary user or as root; None: it is not to be had."""
    if IS_ROOT:
        return []
    words = ['unshare', '-Ur']
    done = subprocess.run([*words, 'true'], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return words if done.returncode == 0 else None


@case('in a chroot without /proc, /dev and /tmp: /etc/profile, then ~/.profile, then the rc file')
def _():
    words = namespace()
    if words is None or not is_static() or not shutil.which('chroot'):
        return
    os.makedirs('root/bin')
    os.makedirs('root/etc')
    os.makedirs('root/home/.config/swish')
    shutil.copy(SWISH, 'root/bin/sh')
    for path in ('etc/profile', 'home/.profile', 'home/.config/swish/rc'):
        write('root/' + path, f'echo from {path}\n')

    def inside(*args, stdin=b''):
        return subprocess.run([*words, 'chroot', 'root', '/bin/sh', *args], check=False, input=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env={'HOME': '/home', 'PATH': os.environ['PATH'], 'PS1': ''}, **ALONE)

    result = inside('-lic', 'x=$(echo a | { read y; echo $y; }); cd /home; echo $x $PWD; (exit 3)')
    equal((result.stdout, result.stderr, result.returncode),
          (b'from etc/profile\nfrom home/.profile\nfrom home/.config/swish/rc\na /home\n', b'', 3), 'result')
    equal(inside('-lc', 'echo text').stdout, b'from etc/profile\nfrom home/.profile\ntext\n', '-lc')
    equal(inside('--noprofile', '-lc', 'echo text').stdout, b'text\n', '--noprofile')
    equal(inside(stdin=b'cat <<E\nhere\nE\necho $0\n').stderr, b'swish: line 1: cat: not found\n', 'input')


@case('a copy of the core alone, at a terminal, reads its start-up files, too')
def _():
    folders()
    with Terminal('--rcfile', 'other', shell=tree(None)) as t:
        equal(t.log, 'from other\n' + PS1)
        t.alive()
        expect(os.readlink(f'/proc/{t.pid}/exe') != PROGRAM and read('other'), 'program')
