"""use.py -- cases of what users, and tests that know other shells, expect at the terminal."""
import os
import re
import termios

from interactive import Editor, editing
from suite import case, equal, expect, read, until, write
from terminal import PS1, PS2, Terminal


@editing('! brings back commands on a dumb terminal, and when TERM changes')
def _():
    with Terminal() as t:
        t.run('echo one')
        t.check('!!', 'echo one\none\n')
        t.check('echo !$', 'echo one\none\n')
        t.check('^one^two', 'echo two\ntwo\n')
        t.check('!1:p', 'echo one\n')
        t.check('!nosuch', 'swish: !nosuch: event not found\n')
        t.check("echo '!!' \\!", '!! !\n')
        t.check('fc -l -1', "4\techo '!!' \\!\n")
        t.run('set +H')
        t.check('echo !!', '!!\n')
    with Editor() as t:
        t.run('TERM=dumb')
        t.check('!!', 'TERM=dumb\n')
        t.run('echo plain')
        t.type('TERM=xterm\n')
        t.expect(PS1)
        t.type('!e\r')
        t.expect('\necho plain\nplain\n' + PS1)


@case('wait -n tells the ends of jobs at a prompt, and Ctrl-C ends it')
def _():
    with Terminal() as t:
        t.line('(exit 5) & sleep 100 & wait -n; echo $?')
        t.expect('\n5\n' + PS1)
        t.check('jobs', '[2] + Running  sleep 100\n')
        t.line('wait -n %2')
        t.reading()
        t.interrupt()
        t.line('kill %2; wait -n %2; echo $?; wait -n; echo $?')
        t.expect('143\n127\n' + PS1)


@case('%job as a command is fg; what else it may be stays')
def _():
    write('%prog', '#!/bin/sh\necho program\n')
    with Terminal(env={'PATH': '.:/usr/bin:/bin'}) as t:
        t.run('chmod +x %prog')
        t.check('%prog', 'program\n')
        t.line('sleep 100')
        t.suspend()
        t.line('sleep 200')
        t.suspend('sleep')
        for typed, text in (('%1', 'sleep 100\n'), ('%', 'sleep 100\n'), ('%-', 'sleep 200\n'), ('%?10', 'sleep 100\n')):
            t.line(typed)
            t.expect(text)
            t.suspend()
        t.check('%7; echo $?', 'swish: fg: %7: no such job\n1\n')
        t.check('%1 x; (%1); echo $(%1)', 'swish: %1: not found\nswish: %1: not found\nswish: %1: not found\n\n')
        t.run('kill -9 %1 %2; wait')


@editing('the line goes to an editor and runs as it comes back: Ctrl-X Ctrl-E, v of vi')
def _():
    write('edit', '#!/bin/sh\n[ -t 0 ] && exec sed -i "s/echo one/echo two/" "$1"\n')
    write('slow', '#!/bin/sh\nexec sleep 100\n')
    os.chmod('edit', 0o755)
    os.chmod('slow', 0o755)
    os.mkdir('tmp')
    with Editor(env={'EDITOR': './edit', 'TMPDIR': 'tmp'}) as t:
        t.type('echo one\x18\x05')
        t.expect('echo two\ntwo\n' + PS1)
        t.check('fc -ln -1', '\techo two\n')
        t.run('set -o vi')
        t.type('for i in 1\rdo echo one $i\rdone\x1bv')
        t.expect('\ntwo 1\n' + PS1)
        t.run('VISUAL=false')
        t.type('echo one\x1bv')
        t.reading()
        t.type('\r')
        t.expect('\none\n' + PS1)
        t.run('VISUAL=./slow')
        t.type(': one\x1bv')
        t.foreground()
        t.control('c')
        t.owned_by(t.pid)
        t.reading()
        t.type('\r')
        t.expect(PS1)
        t.run('TMPDIR=/nope')
        t.type('echo one\x1bv\r')
        t.expect('\none\n' + PS1)
        equal(os.listdir('tmp'), [], 'left behind')


@case('return at the prompt leaves the line, not the shell')
def _():
    with Terminal() as t:
        t.check('return 3; echo no', '')
        t.check('echo $?; f() { return 4; }; f; echo $?', '3\n4\n')
        t.check('for i in 1 2; do return; done; echo no', '')
        t.check('(return 5; echo no); echo $?', '5\n')
        t.check('eval return 6; echo no', '')
        t.line('echo $?; exit 7')
        t.expect('6\n')
        t.ended(7)


@case('LINES and COLUMNS follow the window, and nobody inherits them')
def _():
    write('rc', 'echo rc $LINES $COLUMNS\n')
    size = lambda: termios.tcsetwinsize(0, (20, 70))  # noqa: E731
    with Terminal(env={'ENV': os.path.abspath('rc')}, before=size, prompt=False) as t:
        t.expect('rc 20 70\n')
        t.expect(PS1)
        t.type('echo $LINES $COLU')
        t.reading()
        termios.tcsetwinsize(t.fd, (30, 100))
        t.type('MNS\n')
        t.expect('30 100\n' + PS1)
        t.check('LINES=5 env | grep -c -E "^(LINES|COLUMNS)="', '1\n')
        t.run("PS1='$COLUMNS'$PS1")
        termios.tcsetwinsize(t.fd, (31, 90))
        t.type('COLUMNS=7\n')
        t.expect('7' + PS1)
        termios.tcsetwinsize(t.fd, (0, 0))
        t.type('\n')
        t.expect('\n7' + PS1)
        t.line('$SWISH --norc; echo $LINES')
        t.expect(PS1)
        termios.tcsetwinsize(t.fd, (12, 40))
        t.type('exit\n')
        t.expect('31\n')
        t.expect('40' + PS1)


@case('PS4 and PS0 with backslash escapes; ! is a number in PS1 alone')
def _():
    with Terminal(env={'PS2': '!2> '}) as t:
        t.check(r"PS4='\W\[\e[1m\]! $((1+1)) '; mkdir 'a$x'; cd 'a$x'; set -x", '')
        t.check('echo hi', 'a$x\x1b[1m! 2 echo hi\nhi\n')
        t.run("x=$(printf '\\177'); PS4='${x}\\101 '")
        t.check('(true in)', '\\177A true in\n')
        t.check("set +x; PS0='\\[\\e[1m\\]!\\n'", '\\177A set +x\n')
        t.check('true', '\x1b[1m!\n')
        t.line("echo '")
        t.expect('!2> ')
        t.type("'\n")
        t.expect('\x1b[1m!\n\n\n' + PS1)
        t.line("set -x; PS4='\\! '; trap 'echo bye' EXIT; exit")
        t.expect('echo bye\nbye\n')


@editing('what did not parse, and a comment, is in the history; what Ctrl-C dropped is not')
def _():
    with Terminal() as t:
        t.run('echo )')
        t.run('# later: rm x')
        t.line('echo "a')
        t.expect(PS2)
        t.run('b"; fi')
        t.line('if true')
        t.expect(PS2)
        t.control('c')
        t.expect(PS1)
        t.run('')
        t.run(' # private')
        t.line('(')
        t.expect(PS2)
        t.control('d')
        t.expect(PS1)
        t.run('set +o history')
        t.run('# not noted')
        t.check('set -o history; fc -ln 1', '\techo )\n\t# later: rm x\n\techo "a\n\tb"; fi\n\t(\n\tset +o history\n')
    with Editor() as t:
        t.run('echo one; )')
        t.type('\x1b[A\x7f\r')
        t.expect('\none\n' + PS1)
        t.check('history | head -n 2', '1\techo )\n2\t# later: rm x\n')


@case('HISTSIZE=0 keeps nothing, in the file either')
def _():
    with Terminal(env={'HISTFILE': 'kept'}) as t:
        t.run('echo one')
        t.run('HISTSIZE=0')
        t.run('echo two')
        t.check('history', '')
        t.run('HISTSIZE=9')
        t.run('echo three')
        equal([line for line in read('kept').decode().splitlines() if line[0] != '#'],
              ['echo one', 'HISTSIZE=0', 'echo three'], 'file')


@case('a substitution that is killed while it does not echo leaves the terminal as it was')
def _():
    commands = ['x=$(read -s x)', 'echo "$(stty -echo -icanon; sleep 100)"', 'x=$(sh -c "stty -echo; sleep 100")',
                '[ "`stty -echo; sleep 100; :`" ]', 'x=$(stty -echo; kill -9 $(sh -c "echo \\$PPID"))']
    for name in ('dumb', 'xterm'):
        with Editor(env={'TERM': name}) as t:
            for command in commands:
                t.type(command + '\r')
                if '-9' not in command:
                    t.expect('\n')
                    until('no echo', lambda: t.modes()[3] & termios.ISIG and not t.modes()[3] & termios.ECHO)
                    if 'sleep' in command:
                        t.process('sleep')
                    t.control('c')
                t.expect(PS1)
                t.type('stty -a | grep -c " echo "; stty -a | grep -c " icanon "\r')
                t.expect('\n1\n1\n')
                t.expect(PS1)
            t.type('x=$(stty -echo)\r')
            t.expect(PS1)
            t.type('stty -a | grep -c " -echo "\r')
            t.expect('1\n')


@editing('Ctrl-D in an empty line of an unfinished command ends it there, and nothing else')
def _():
    with Editor() as t:
        for mode in ('emacs', 'vi'):
            t.run(f'set -o {mode}')
            t.type('cat <<E\rone\r\x04')
            t.expect(re.compile("delimiter\nswish.*\none\n" + PS1 + '|delimiter\none\n' + PS1))
            t.type('echo "a\r\x04')
            t.expect('unterminated quoted string')
            t.expect(PS1)
            t.type('if true\r\x04')
            t.expect('unexpected end of file')
            t.expect(PS1)
        t.run('set -o emacs')
        t.type('echo "a\r\rb\x02\x04c"\x02\x02\x02\x1b[3~\r')  # deletes characters in the middle
        t.expect('\na\nc\n' + PS1)
        t.type('echo "x\r\x1b[3~"\r')
        t.expect('x\n\n' + PS1)
        t.type('\x04')
        t.ended(0)


@case('redirections of an exec that finds no command go, others stay')
def _():
    with Terminal() as t:
        t.check('exec nosuch >out 2>&1', '')
        t.check('command exec -- nosuch >out 2>&1', '')
        t.check('exec --help >out; cat out', 'exec [command [argument...]]\n    replace the shell, or keep redirections\n')
        t.check('exec 3>out; echo a >&3; exec -- 4>&3; echo b >&4; cat out', 'a\nb\n')
        t.line('exec sh -c "echo in; echo out >&2" >out')
        t.expect('out\n')
        t.ended(0)
        equal(read('out'), b'in\n', 'file')
