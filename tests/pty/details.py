"""details.py -- cases of small things at the terminal: pastes, marks in PS0, output without a newline, long lists."""
from suite import case
from hooks import Wide, installed, with_recipes
from interactive import editing
from terminal import PS1, Terminal


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
