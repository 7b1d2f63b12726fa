"""details.py -- cases of small things at the terminal: pastes, marks in PS0, output without a newline, long lists."""
import os
import re
import signal
import termios

from suite import SWISH, case, equal, expect, write
from hooks import Wide, installed, with_recipes
from interactive import Editor, editing
from renderer import HAVE_ALL, Tmux
from terminal import PS1, PS2, Terminal


@case('PS0: what marks the width of a prompt does not reach the terminal')
def _():
    with Terminal() as t:
        t.run("PS0='\\[\\e[1m\\]<\\w>\\[\\e[m\\]\\g\\n'")
        t.check('echo a', '\033[1m<~>\033[m\na\n')
        t.check('(exit 3)', '\033[1m<~>\033[m\n')
        t.check('echo $?', '\033[1m<~>\033[m\n3\n')


@editing('fzf: an entry of several lines arrives as one, and is edited and run as one')
def _():
    installed('fzf')
    with Wide(env=with_recipes('fzf', TERM='xterm')) as t:
        t.type("for x in 'a  b' \\\rc\rdo echo \"<$x>\"\rdone\r")
        t.expect('<a  b>\n<c>\n' + PS1)
        t.run('echo other')
        t.type('done\x12')
        t.expect('1/2')
        t.type('\r')
        t.expect('> do echo "<$x>"\n> done')
        t.type('\r')
        t.expect('<a  b>\n<c>\n' + PS1)
        t.check('history -z 1 | tr "\\n\\0" "/@"', "history -z 1 | tr \"\\n\\0\" \"/@\"@")


PASTE, END = '\x1b[200~', '\x1b[201~'


def pasting(**how):
    t = Wide(**how)
    t.run("bind 'set enable-bracketed-paste on'; bind 'set enable-active-region off'")
    return t


def says(t, text, printed):
    """The command prints this, between the switches of bracketed paste."""
    got = t.run(text)
    equal(re.sub(r'\x1b\[\?2004[hl]\r?', '', got), printed, text)


@editing('a paste whose end does not come: Ctrl-C gives the prompt back')
def _():
    with pasting() as t:
        for typed, shown in (('', '^C'), ('echo no', 'echo no^C'), ('a\x1b[20', 'a^[[20^C'), ('a\x1b[201', 'a^[[201^C'),
                             ('echo no\r\recho no\r', f'echo no\n{PS2}\n{PS2}echo no\n{PS2}^C'), ('\x12', None), ("it's", "it's^C")):
            t.type('before ' + PASTE + typed)
            t.expect('before ')
            t.type('\x03')
            t.expect(shown or '^C')
            t.expect(PS1)
            says(t, 'echo $?', '130\n')
        t.type('\x12' + PASTE + 'ech')  # in a search
        t.type('\x03')
        t.expect('^C')
        t.expect(PS1)
        says(t, 'echo $?', '130\n')
        t.run("trap '' INT")
        t.type(PASTE + 'echo al""i')
        t.type('\x03')
        t.expect('echo al""i')
        t.type('ve\r')
        t.expect('alive\n')
        t.expect(PS1)
        says(t, 'echo alive', 'alive\n')


@editing('a pasted Ctrl-C is text, and nothing of a paste runs before Enter')
def _():
    with pasting() as t:
        for text in ('echo no\x03\recho no\r', '\x03echo no\r', 'echo no\r\x03', '\x03\x03\x03\recho no\r\x04\r', 'a\r' * 500 + '\x03' + 'echo no\r' * 500):
            t.type(PASTE + text + END)
            t.type('\x03')
            before = t.expect(PS1)
            expect('no\n' not in before.replace('echo no\n', '') and '130' not in before and 'not found' not in before, before)
            says(t, 'echo $?', '130\n')
        t.type(PASTE + 'printf %s%s% "al\x03\x1b[31m\x1b[201" "ive\r" | od -c | head -n 1' + END)
        before = t.expect('head -n 1')
        expect('"al^C^[[31m^[[201" "ive\n' in before, before)
        t.type('\r')


@editing('pasted text is marked until the next key, with and without colours')
def _():
    for colours, paste in (({}, '\033[7;32mecho\033[0;7m a\033[m'), ({'NO_COLOR': '1'}, '\033[7mecho a\033[m')):
        with pasting(env=colours) as t:
            t.run("bind 'set enable-active-region on'; set -o highlight")
            t.type(PASTE + 'echo a' + END)
            t.expect(paste)
            t.type('\r')
            t.expect(PS1)


@editing('Ctrl-C and Ctrl-G end a long list of completions; the line stays')
def _():
    for i in range(100):
        write(f'file0{i:02}', '')
    with Wide() as t:
        t.run("bind 'set completion-query-items 0'")
        for rows in (1, 2, 24):
            termios.tcsetwinsize(t.fd, (rows, 40))
            for key in ('\x03', '\x07', 'q', '\r\x03'):
                t.type('echo file0\t\t')
                for one in key:
                    t.expect('--More--')
                    t.type(one)
                t.expect('echo file0')
                t.type('0\r')
                t.expect('file00\n')
                t.expect(PS1)
        t.type('echo file0\t\t')
        t.expect('--More--')
        os.kill(t.pid, signal.SIGINT)
        t.expect('\n' + PS1)
        t.alive()
        t.type('echo file0\t\t')
        t.expect('--More--')
        t.hang_up()
        t.ended(129)


MARK, ASCII_MARK = '\\e[2m\u23ce\\e[m', '\\e[7m%\\e[m'


def shown(mark):
    return mark.replace('\\e', '\033')


class Marking(Editor):
    """At a terminal of 20 columns, with marks where output ended without a newline; every prompt is behind one."""

    def __init__(self, mark=ASCII_MARK, env=None):
        self.gap = shown(mark) + 19 * ' ' + '\r\033[K'
        super().__init__(env={'PROMPT_EOL_MARK': mark, 'PS1': '<1>', **(env or {})},
                         before=lambda: termios.tcsetwinsize(0, (24, 20)))

    def shows(self, text, printed):
        self.type(text + '\r')
        self.expect(printed + self.gap + PS1)


@editing('output without a newline is marked, and the prompt stands in a row of its own')
def _():
    with Marking() as t:
        equal(t.log.count(t.gap), 1, 'before the first prompt')
        t.shows('printf one', 'printf one\none')
        t.shows(':', ':\n')
        t.shows('precmd() { printf p; }', 'p')
        t.shows(':', ':\np')
        t.shows('unset -f precmd', '\n')
        t.shows('PROMPT_COMMAND="printf c"', 'c')
        t.shows('unset PROMPT_COMMAND', '\n')
        t.shows("bind -x '\"\\C-t\": printf key'", '\n')
        t.type('ab\x14')
        t.expect('key' + t.gap + PS1 + 'ab')
        t.type('\x15')
        t.shows('trap "printf usr" USR1', '\n')
        t.reading()
        os.kill(t.pid, signal.SIGUSR1)
        t.expect('usr' + t.gap + PS1)
        t.type('if :\r')  # not before further lines
        t.expect(PS2)
        t.shows('then printf on; fi', '\non')
        termios.tcsetwinsize(t.fd, (24, 30))
        t.gap = shown(ASCII_MARK) + 29 * ' ' + '\r\033[K'
        t.shows('printf wide', '\nwide')
        t.gap = '\033[1m<>\033[m' + 28 * ' ' + '\r\033[K'
        t.shows("PROMPT_EOL_MARK='\\e[1m<>\\e[m'", '')
        t.shows('printf x', '\nx')
        t.type('PROMPT_EOL_MARK=; printf y\r')
        t.expect('\ny' + PS1)
        t.type('unset PROMPT_EOL_MARK; printf z\r')
        t.expect('\nz' + PS1)
    with Marking(mark=MARK, env={'LC_ALL': 'C.UTF-8'}) as t:
        t.shows('printf one', 'printf one\none')
    with Terminal(env={'PROMPT_EOL_MARK': ASCII_MARK}) as t:
        t.check('printf one', 'one')  # TERM=dumb


if HAVE_ALL:
    @editing('output without a newline as tmux shows it, at every width of it')
    def _():
        with Tmux(12, 8) as tmux:
            tmux.start('ours', f'{SWISH} +o suggest +o highlight', PROMPT_EOL_MARK='%')
            for count in (1, 10, 11, 12, 13):
                tmux.keys('ours', f'\x0cprintf {count * "x"}\r'.encode())
                lines = ('$ printf ' + count * 'x') + '\n'
                typed = [lines.strip()[at:at + 12] for at in range(0, len(lines.strip()), 12)]
                output = count * 'x' + ('' if count == 12 else '%')  # there the edge of the screen has ended the row
                rows = typed + [output[at:at + 12] for at in range(0, len(output), 12)] + ['$']
                tmux.wait('ours', lambda shown, rows=rows: shown[0].split() == '\n'.join(rows).split(), f'{count}: {rows}')
            tmux.keys('ours', b'\x0cecho\r\r')
            tmux.wait('ours', lambda shown: shown[0].rstrip().split('\n') == ['$ echo', '', '$', '$'], 'lines that end')
