"""review.py -- cases of what a user did who tried to break the shell at the terminal."""
import termios

from interactive import Editor, editing
from suite import equal
from terminal import PS1, Terminal


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
