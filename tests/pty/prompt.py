"""prompt.py -- cases of what stands around the line: TMOUT, git state, right and short prompts, marks for the terminal."""
import os
import signal
from suite import case
from interactive import Editor, editing
from terminal import PS1, PS2, Terminal

LOGOUT = 'swish: timed out waiting for input: auto-logout\n'


# ---- TMOUT ----

@case('TMOUT ends a shell that nobody types at; the jobs and the EXIT action as with exit')
def _():
    with Terminal() as t:
        t.run("trap 'echo bye' EXIT; (exit 7)")
        t.line('TMOUT=1')
        t.expect(PS1)
        t.expect('\n' + LOGOUT)
        t.expect('bye\n')
        t.ended(0)


@editing('TMOUT in the editor: also in an unfinished command; keys and signals')
def _():
    with Editor(env={'TMOUT': '1'}) as t:
        t.type('if true\r')
        t.expect(PS2)
        t.type('half')
        t.expect('half')
        for _ in range(3):
            os.kill(t.pid, signal.SIGWINCH)
        t.expect('\n' + LOGOUT)
        t.ended(0)


@case('TMOUT that is no number, 0 or unset again ends nothing')
def _():
    with Terminal(env={'TMOUT': '0'}) as t:
        for text in ('TMOUT=x', 'TMOUT=-1', 'TMOUT=1; unset TMOUT', 'TMOUT=1000'):
            t.run(text)
        t.alive()
