"""renderer.py -- what the shell draws and what plain readline (bash's) draws: after the same keys the same screen.

Where readline cannot tell (bytes that are no UTF-8, accents, a window that changes its size, a prompt at the right) the
screen must be the one that the shell itself draws from nothing. All run in tmux, which is the terminal that is looked
at. SESSIONS=200 runs more of them.
"""
import fcntl
import os
import random
import shutil
import subprocess
import tempfile
import termios
import time

from suite import SWISH, Failure, case, equal, environment, expect, until, write
from interactive import HAS_READLINE, Editor
from terminal import PS1, SECONDS, state_of

SESSIONS = int(os.environ.get('SESSIONS') or 12)
HAVE_ALL = HAS_READLINE and shutil.which('tmux') and shutil.which('bash')


class Tmux:
    """A server of its own; one window per shell."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.socket = os.path.join(tempfile.mkdtemp(dir='.'), 'socket')
        write('inputrc', 'set bell-style none\nset enable-active-region off\n')
        write('tmux.conf', 'set -g status off\nset -g escape-time 0\nset -g default-terminal screen-256color\n'
              'set -g history-limit 0\n')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.call('kill-server', check=False)

    def call(self, *args, check=True):
        return subprocess.run(['tmux', '-S', self.socket, '-f', 'tmux.conf', *args], check=check, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, env=environment({'LC_ALL': 'C.UTF-8', 'TERM': 'xterm'})).stdout.decode()

    def start(self, name, command, **env):
        settings = {'LC_ALL': 'C.UTF-8', 'HOME': os.getcwd(), 'INPUTRC': os.path.abspath('inputrc'), 'PS1': '$ ', 'PS2': '> ',
                    'HISTFILE': '', **env}
        words = ' '.join(f"{key}='{value}'" for key, value in settings.items())
        self.call('new-session', '-d', '-s', name, '-x', str(self.columns), '-y', str(self.rows),
                  f'exec env -i TERM=screen-256color PATH=/usr/bin:/bin {words} {command}')

    def keys(self, name, data):
        for start in range(0, len(data), 200):
            self.call('send-keys', '-t', name, '-H', *(f'{byte:02x}' for byte in data[start:start + 200]))

    def terminal(self, name):
        """Number of the shell in it, and a descriptor of its terminal."""
        pid, path = self.call('display-message', '-p', '-t', name, '#{pane_pid} #{pane_tty}').split()
        return int(pid), os.open(path, os.O_RDWR | os.O_NOCTTY)

    def settle(self, name):
        """Until the shell has read what was typed, and waits for more."""
        pid, terminal = self.terminal(name)
        until('all is read', lambda: fcntl.ioctl(terminal, termios.FIONREAD, b'\0' * 4) == b'\0' * 4 and state_of(pid) == 'S')
        os.close(terminal)

    def resize(self, name, columns, rows):
        """Until the shell can know of it: tmux tells the kernel some time after it has laid out the rows anew."""
        self.call('resize-window', '-t', name, '-x', str(columns), '-y', str(rows))
        terminal = self.terminal(name)[1]
        until(f'{columns} columns', lambda: os.get_terminal_size(terminal) == (columns, rows))
        os.close(terminal)

    def screen(self, name, *options):
        return self.call('capture-pane', '-p', *options, '-t', name), self.call(
            'display-message', '-p', '-t', name, '#{cursor_x},#{cursor_y}').strip()

    def wait(self, name, test, what):
        end = time.monotonic() + SECONDS
        while True:
            shown = self.screen(name)
            if test(shown):
                return shown
            if time.monotonic() > end:
                raise Failure(f'{what}; screen {shown}')
            time.sleep(0.005)


def whole(screen):
    return screen


def same(tmux, typed, part=whole):
    """Polls until both shells show the same. (No accents: plain readline loses them at the edge.)"""
    end = time.monotonic() + 5
    while True:
        ours, theirs = part(tmux.screen('ours')), part(tmux.screen('theirs'))
        if ours == theirs:
            return
        if time.monotonic() > end:
            raise Failure(f'after {typed!r}, {tmux.columns} columns\nours {ours[1]}\n{ours[0].rstrip()}\n'
                          f'theirs {theirs[1]}\n{theirs[0].rstrip()}')
        time.sleep(0.005)


TEXTS = ['a', 'echo ', 'word', ' ', 'xyz', "'q q'", '"$HOME"', ' | ', 'ä', '漢字', '漢', '\U0001f600', '-l', ';', 'if true', '$(x)']
KEYS = [b'\x01', b'\x05', b'\x02', b'\x02\x02\x02', b'\x06', b'\x0b', b'\x15', b'\x17', b'\x19', b'\x14', b'\x7f', b'\x7f\x7f\x7f', b'\x1b[3~', b'\x1b[D',
        b'\x1b[C', b'\x1bb', b'\x1bf', b'\x1bd', b'\x1bu', b'\x1b[A', b'\x1b[B', b'\x1f', b'\x1b3', b'\x1bt', b'\x16\x01', b'\x1b[H', b'\x1b[F']


STRANGE = [b'\xff', b'\xc3', b'\xe6\xbc', b'\xc2\x9b', b'\xed\xa0\x80', b'e\xcc\x81', b'\xe6\xbc\xa2\xcc\x81',
           b'\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd', b'\x16\t', b'\x16\x1b']


def burst(chance, texts, keys):
    return b''.join(chance.choice(texts) if chance.random() < .6 else chance.choice(keys) for _ in range(chance.randint(1, 4)))


BELOW = '==='


def below(screen):
    """The part of the screen below the last line of that; a narrower window moves what is above up, and out."""
    rows = screen[0].rstrip('\n').split('\n')
    above = len(rows) - rows[::-1].index(BELOW) if BELOW in rows else 0
    x, y = screen[1].split(',')
    return '\n'.join(rows[above:]), f'{x},{int(y) - above}'


def redrawn_session(number):
    """`ours` draws what changes; `theirs` is told to draw all anew after each burst."""
    chance = random.Random(number)
    texts = [text.encode() for text in TEXTS] + STRANGE
    calm = [key for key in KEYS if key != b'\x19']  # what was killed depends on what was done in between
    widths = [7, 12, 20, 33, 40, 60]
    with Tmux(chance.choice(widths), 40) as tmux:
        options = chance.choice(['', ' +o suggest', ' +o highlight', ' -o transient'])
        prompts = {'PS1': chance.choice(['$ ', 'two\\nrows> ', 'p\\[\\e[1m\\]漢\\[\\e[0m\\]> ']),
                   'RPS1': chance.choice(['', 'right', '\\e[31m漢\\e[m'])}
        for name in ('ours', 'theirs'):
            tmux.start(name, SWISH + options, **prompts)
            tmux.wait(name, lambda shown: shown[1] != '0,0', 'no prompt')
            tmux.keys(name, b'for i in $(seq 15); do echo ' + BELOW.encode() + b'; done\r')
            tmux.wait(name, lambda shown: f'\n{BELOW}\n' in shown[0] and below(shown)[0], 'no second prompt')
        typed = []
        for _ in range(12):
            keys = burst(chance, texts, calm) + b'\x07'  # ends a search, an argument, half a character
            typed.append(keys)
            tmux.keys('ours', keys)
            tmux.keys('theirs', keys + b'\x0c')
            same(tmux, [options, prompts, *typed], below)
            if chance.random() < .3:
                for name in ('ours', 'theirs'):
                    tmux.settle(name)
                same(tmux, [options, prompts, *typed], below)
                tmux.columns = chance.choice(widths)
                typed.append(tmux.columns)
                for name in ('ours', 'theirs'):
                    tmux.resize(name, tmux.columns, 40)
                tmux.keys('theirs', b'\x0c')
                same(tmux, [options, prompts, *typed], below)


def session(number):
    chance = random.Random(number)
    with Tmux(chance.choice([12, 17, 20, 33, 40, 80]), 24) as tmux:
        prompt = chance.choice(['$ ', 'longer prompt> ', 'p\\[\\e[1m\\]b\\[\\e[0m\\]> '])
        tmux.start('ours', f'{SWISH} +o suggest' + (' +o highlight' if number % 2 else ''), PS1=prompt)
        tmux.start('theirs', 'bash --norc --noprofile -i', PS1=prompt)
        typed = []
        for data in (b'echo one\r', b': a longer command that wraps\r'):
            for name in ('ours', 'theirs'):
                tmux.wait(name, lambda shown: shown[1] != '0,0' and shown[0].strip(), 'no prompt')
                tmux.keys(name, data)
            same(tmux, [data])
        for _ in range(12):
            keys = burst(chance, [text.encode() for text in TEXTS], KEYS)
            typed.append(keys)
            for name in ('ours', 'theirs'):
                tmux.keys(name, keys)
            same(tmux, typed)
        for name in ('ours', 'theirs'):
            tmux.keys(name, b'\x07\x01: \x0b\r')
        same(tmux, typed + ['end'])


if HAVE_ALL:
    for start in range(0, SESSIONS, 4):
        @case(f'the same screen as plain readline, sessions {start} to {min(start + 4, SESSIONS) - 1}')
        def _(start=start):
            for number in range(start, min(start + 4, SESSIONS)):
                session(number)

        @case(f'the same screen as drawn from nothing, sessions {start} to {min(start + 4, SESSIONS) - 1}')
        def _(start=start):
            for number in range(start, min(start + 4, SESSIONS)):
                redrawn_session(number)

    @case('the screen after a resize, with a line of several rows')
    def _():
        with Tmux(40, 12) as tmux:
            tmux.start('ours', f'{SWISH} +o suggest +o highlight')
            tmux.wait('ours', lambda shown: shown[1] == '2,0', 'no prompt')
            tmux.keys('ours', b'echo above\r')
            tmux.wait('ours', lambda shown: shown[1] == '2,2', 'no second prompt')
            line = ': ' + 'x' * 50
            tmux.keys('ours', line.encode())
            for columns in (30, 23, 70, 40, 53, 54, 55):
                tmux.resize('ours', columns, 12)
                shown = '$ ' + line
                rows = [shown[i:i + columns] for i in range(0, len(shown), columns)]
                wanted = '\n'.join(['above', *rows]) # tmux may have scrolled what is above that
                tmux.wait('ours', lambda shown: shown[0].rstrip('\n').endswith(wanted), f'{columns} columns, wanted {wanted}')

    @case('a line longer than the screen; Ctrl-L')
    def _():
        with Tmux(20, 5) as tmux:
            tmux.start('ours', f'{SWISH} +o suggest +o highlight')
            tmux.wait('ours', lambda shown: shown[1] == '2,0', 'no prompt')
            tmux.keys('ours', b': ' + b''.join(b'%02d--------' % i for i in range(14)))
            tmux.wait('ours', lambda shown: '13----\n----\n' in shown[0] and shown[1] == '4,4', 'the end of the line')
            tmux.keys('ours', b'\x01')
            tmux.wait('ours', lambda shown: shown[0].startswith('$ : 00----') and shown[1] == '2,0', 'the beginning')
            tmux.keys('ours', b'\x0becho on\r')
            tmux.wait('ours', lambda shown: 'on\n$' in shown[0], 'the command')
            tmux.keys('ours', b'abc\x0c')
            tmux.wait('ours', lambda shown: shown[0].rstrip('\n') == '$ abc' and shown[1] == '5,0', 'a cleared screen')

    @case('colours tell what is what')
    def _():
        samples = {'echo "a $HOME"': '\x1b[32mecho\x1b[39m \x1b[33m"a \x1b[36m$HOME\x1b[33m"',
                   'nosuchcommand x': '\x1b[31mnosuchcommand\x1b[39m x',
                   'if true': '\x1b[35mif\x1b[39m \x1b[32mtrue', 'own # it': '\x1b[32mown\x1b[39m \x1b[90m# it',
                   "cat 'open": "\x1b[32mcat\x1b[39m \x1b[31m'\x1b[33mopen"}
        with Tmux(60, 10) as tmux:
            tmux.start('ours', f'{SWISH} +o suggest')
            tmux.wait('ours', lambda shown: shown[1] == '2,0', 'no prompt')
            tmux.keys('ours', b'own() { :; }\r\x0c')
            for typed, wanted in samples.items():
                tmux.keys('ours', b'\x15' + typed.encode())
                tmux.wait('ours', lambda shown: shown[0].rstrip('\n') == '$ ' + typed, typed)
                shown = tmux.screen('ours', '-e')[0]
                expect(shown.startswith('$ ' + wanted), f'{typed}: {shown!r}')
            tmux.keys('ours', b'\x15set +o highlight\r\x0cecho "x"')
            tmux.wait('ours', lambda shown: shown[0].rstrip('\n') == '$ echo "x"', 'off')
            equal(tmux.screen('ours', '-e')[0].rstrip('\n'), '$ echo "x"', 'set +o highlight')
            tmux.keys('ours', b'\x15set -o highlight; NO_COLOR=1\r\x0cecho "x"')
            tmux.wait('ours', lambda shown: shown[0].rstrip('\n') == '$ echo "x"', 'off')
            equal(tmux.screen('ours', '-e')[0].rstrip('\n'), '$ echo "x"', 'NO_COLOR')

    @case('a suggestion from the history: shown, taken whole or by words, gone when the line runs')
    def _():
        with Tmux(60, 10) as tmux:
            tmux.start('ours', SWISH)
            tmux.wait('ours', lambda shown: shown[1] == '2,0', 'no prompt')
            tmux.keys('ours', b'echo alpha beta\recho alpine gamma\r\x0cecho alp')

            def see(line, cursor):
                tmux.wait('ours', lambda shown: shown[0].rstrip('\n') == '$ ' + line and shown[1] == f'{cursor},0', line)

            see('echo alpine gamma', 10)
            expect('\x1b[90mine gamma' in tmux.screen('ours', '-e')[0], 'not grey')
            tmux.keys('ours', b'h')
            see('echo alpha beta', 11)
            tmux.keys('ours', b'\x1bf')
            see('echo alpha beta', 12)
            tmux.keys('ours', b'\x1bf')
            see('echo alpha beta', 17)
            tmux.keys('ours', b'\x15echo a')
            see('echo alpine gamma', 8)
            tmux.keys('ours', b'\x1b[C')
            see('echo alpine gamma', 19)
            tmux.keys('ours', b'\x15echo a')
            see('echo alpine gamma', 8)
            tmux.keys('ours', b'\r')
            tmux.wait('ours', lambda shown: shown[0].startswith('$ echo a\na\n$'), 'the command as it was typed')
            tmux.keys('ours', b'set +o suggest\r\x0cecho al')
            see('echo al', 9)

    @case('a command of several lines is edited as one, with PS2')
    def _():
        with Tmux(40, 12) as tmux:
            tmux.start('ours', f'{SWISH} +o suggest +o highlight')
            tmux.wait('ours', lambda shown: shown[1] == '2,0', 'no prompt')
            tmux.keys('ours', b'for i in 1 2\rdo echo "$i\r')
            tmux.wait('ours', lambda shown: shown[0].rstrip('\n') == '$ for i in 1 2\n> do echo "$i\n>', 'PS2')
            tmux.keys('ours', b'"\x7f\x7f!"; done\x01x\x7f\r')
            tmux.wait('ours', lambda shown: shown[0].rstrip('\n').endswith('> do echo "$i!"; done\n1!\n2!\n$'), 'the output')
            tmux.keys('ours', b'\x0c\x1b[A')
            tmux.wait('ours', lambda shown: shown[0].rstrip('\n') == '$ for i in 1 2\n> do echo "$i!"; done', 'the history')
