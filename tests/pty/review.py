"""review.py -- cases of what a user did who tried to break the shell at the terminal."""
import os
import signal
import termios
from random import Random

from interactive import Editor, editing
from suite import equal, until
from terminal import PS1, PS2, Terminal, sleeps, state_of


@editing('the history keys where there is no history yet, and where history -c took it away')
def _():
    with Editor() as t:
        t.type('\x1b[A\x1b[B\x1b[A\x12a\x07\x1b<')
        t.run('echo one')
        t.type('\x1b[A\r')
        t.expect('\none\n' + PS1)
        t.run('history -c')
        t.type('\x1b[A\x1b[A\x1b<\x15')
        t.alive()


@editing('an interrupt while readline takes in what was typed ahead drops the line, and is not the end of the input')
def _():
    with Editor() as t:
        t.type('exec strace -qq -o /dev/null -P $(tty) -e trace=read -e inject=read:delay_exit=300000:when=1 $SWISH +o highlight +o suggest +o marks\r')
        t.expect('marks\n' + PS1)
        shell = until('the shell', lambda: [p.pid for p in t.session() if p.parent == t.pid])[0]
        sleeps(shell)
        t.type('a')
        until('the delay', lambda: state_of(shell) == 't')
        t.type('b')
        os.kill(shell, signal.SIGINT)
        t.expect('\n' + PS1)
        t.type('\x15echo al""ive\r')
        t.expect('alive\n')


@editing('a window of one or two columns on a terminal that we know nothing of')
def _():
    for rows, columns in ((1, 1), (1, 2), (24, 1)):
        with Terminal(env={'TERM': 'nosuch', 'LC_ALL': 'C.UTF-8'}, prompt=False,
                      before=lambda size=(rows, columns): termios.tcsetwinsize(0, size)) as t:
            t.type('echo one\r')
            t.expect('one\n')
            for size in ((24, 80), (1, 1), (2, 3), (1, 2)):
                termios.tcsetwinsize(t.fd, size)
                t.type('ab日本\x01')
            t.type('\x0b')
            termios.tcsetwinsize(t.fd, (24, 80))
            t.type('echo al""ive\r')
            t.expect('alive\n')
            equal(t.status, None)


@editing('a line with bytes that are no text runs as it is, without ! expansion')
def _():
    with Editor(env={'LC_ALL': 'C.UTF-8'}) as t:
        t.run('echo one')
        for tail in (b'\xe6\xe6', b'\xff'):  # readline keeps a byte back that may begin a character
            os.write(t.fd, b'echo !!' + tail + b'\r')
            t.expect('\n!!\ufffd\n' + PS1)
        t.alive()


@editing('a quote that is open at the end of a line that readline draws')
def _():
    with Editor(env={'TERM': 'vt100'}) as t:
        t.run(': abc')
        for typed in ("echo '" + 90 * 'a', "! true '", "echo $'a", "echo 'a!!"):
            t.type(typed + "\r")
            t.expect(PS2)
            t.type("'\r")
            t.expect(PS1)
        t.alive()


@editing('an interrupt, the end of the line or of the terminal in the middle of a bracketed paste')
def _():
    with Editor() as t:
        t.run("bind 'set enable-bracketed-paste on'")
        for typed in ('\x1b[200~', '\x1b[200~echo a', '\x1b[200~' + 64 * 'a', '\x1b[200~a\x1b[20', '\x12\x1b[200~a'):
            t.type(typed)
            t.reading()
            os.kill(t.pid, signal.SIGINT)
            t.expect(PS1)
            t.type('\x1b[201~\x15\x1b[200~echo al""ive\x1b[201~\r')
            t.expect('alive\n')
            t.expect(PS1)
        t.type('\x1b[200~echo')
        t.reading()
        t.hang_up()
        t.ended(129)


# ---- whatever is typed ----

PIECES = ['echo ', 'ls ', 'for i in a b', 'do ', 'done', 'if ', 'then ', 'case x in', 'esac', '$(', '`', '"', "'", '\\', '{', '}', '(', ')', '|', '&&', ';',
          '#', '!!', '!$', '^a^b', '~', '${', '$((', '<<E', '*', '[a-z]', 'sub', '日本', 'e\u0301', '👩\u200d💻', 'x=1 ', 'cd ', 'history', 'fc -l',
          'alias a=b', 'PS1=', 'PS2=', 'abbr ', 'complete -W "a b" ls', 'bind ', 'help ', 'set -o vi', 'set -o emacs', '\r', '\r']
# Not those that end the input, quit, or stop the output or the job.
PIECES += [chr(code) for code in range(1, 32) if chr(code) not in '\x04\x0f\x11\x13\x1a\x1c'] + ['\x7f', '\x18\x15', '\x18*', '\x18\x18']
PIECES += ['\x1b' + key for key in ('', '\x1b', 'O', '[', '[A', '[B', '[C', '[D', '[H', '[F', '[3~', '[200~', '[201~', 'f', 'b', 'd', '\x7f', '.', '<', '>', 'u',
                                   'l', 'c', 't', '#', '?', '*', '\\', 'p', 'n', 'y', 'r', '3', '-', '~', '!', '@', '{', '&', '^', '=', ' ')]
PIECES = [piece.encode() for piece in PIECES] + [b'\x88', b'\xe6\x97', b'\xff']


def type_at_random(t, random):
    for _ in range(30):
        if random.random() < .1:
            termios.tcsetwinsize(t.fd, (random.choice([1, 2, 10, 50]), random.choice([1, 2, 5, 9, 20, 80, 200])))
        t.type(b''.join(random.choice(PIECES) for _ in range(random.randrange(1, 12))))
        t.pump(random.random() * .003)


for number in range(8):
    @editing(f'random keys and windows never take the shell away, {number}')
    def _(number=number):
        random = Random(number)
        os.makedirs('bin')
        os.makedirs('sub dir')
        with Editor(looks=True, marks=True, env={'PATH': os.path.abspath('bin'), 'LC_ALL': 'C.UTF-8', 'RPS1': random.choice(['', 'right'])}) as t:
            type_at_random(t, random)
            termios.tcsetwinsize(t.fd, (24, 80))
            t.output = ''

            def look():
                for keys in ('\x1b[201~', '\x03', '\x07', '\x03', 'set -o emacs; PS1=; PS2=; echo al""ive\r'):
                    t.type(keys)
                    t.pump(.02)
                return 'alive\n' in t.output

            until('it comes back', look)
