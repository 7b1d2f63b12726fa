"""details.py -- cases of small things at the terminal: pastes, marks in PS0, output without a newline, long lists."""
from suite import case
from terminal import Terminal


@case('PS0: what marks the width of a prompt does not reach the terminal')
def _():
    with Terminal() as t:
        t.run("PS0='\\[\\e[1m\\]<\\w>\\[\\e[m\\]\\g\\n'")
        t.check('echo a', '\033[1m<~>\033[m\na\n')
        t.check('(exit 3)', '\033[1m<~>\033[m\n')
        t.check('echo $?', '\033[1m<~>\033[m\n3\n')
