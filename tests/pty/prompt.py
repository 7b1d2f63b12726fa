"""prompt.py -- cases of what stands around the line: TMOUT, git state, right and short prompts, marks for the terminal."""
import os
import re
import shutil
import signal
import subprocess

from suite import SWISH, case, equal, expect, read, until, write
from interactive import Editor, editing
from renderer import HAVE_ALL, Tmux
from terminal import PS1, PS2, Terminal, gone, processes, state_of

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


# ---- git ----

HAS_GIT = shutil.which('git')


def git(*words, folder='.'):
    subprocess.run(['git', '-c', 'user.name=a', '-c', 'user.email=a@b', '-C', folder, *words], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, env={'PATH': '/usr/bin:/bin', 'HOME': os.getcwd()})


def repository(folder):
    git('init', '-q', '-b', 'main', folder)
    write(f'{folder}/file', 'one\n')
    git('add', 'file', folder=folder)
    git('commit', '-qm', 'first', folder=folder)


def with_git(title):
    return editing(title) if HAS_GIT else lambda function: function


STATE_PS1 = '\\w\\g' + PS1


@with_git('\\g: the branch at once, what git status says when it is there')
def _():
    repository('work')
    os.mkdir('work/in')
    with Editor(env={'PS1': STATE_PS1}) as t:
        t.type('cd work/in\r')
        t.expect('~/work/in (main)' + PS1)
        write('work/file', 'two\n')
        t.type('\r')
        t.expect('~/work/in (main*)' + PS1)
        git('add', 'file', folder='work')
        t.type('\r')
        t.expect('~/work/in (main+)' + PS1)
        write('work/file', 'three\n')
        write('work/other', '')
        t.type('typed')
        t.expect('typed')
        t.type('\x15\r')
        t.expect('~/work/in (main*+?)' + PS1)
        git('reset', '-q', '--hard', folder='work')
        os.unlink('work/other')
        t.type(': the last answer is shown until the new one is there\r')
        t.expect('~/work/in (main*+?)' + PS1)
        t.expect('~/work/in (main)' + PS1)


@with_git('the state comes under what is being typed, and not of another work tree')
def _():
    repository('one')
    repository('two')
    write('one/other', '')
    slow = os.path.abspath('slow')
    os.mkdir(slow)
    write('slow/git', '#!/bin/sh\nwhile ! [ -e "$HOME/go" ]; do sleep .01; done\nexec /usr/bin/git "$@"\n', 0o755)
    with Editor(env={'PS1': STATE_PS1, 'PATH': slow + ':/usr/bin:/bin'}) as t:
        t.type('cd one\r')
        t.expect('~/one (main)' + PS1)
        t.type('echo ab')
        t.expect('echo ab')
        write('go', '')
        t.expect('~/one (main?)' + PS1 + 'echo ab')
        os.unlink('go')
        t.type('c\r')
        t.expect('\nabc\n~/one (main?)' + PS1)
        t.type('cd ../two\r')
        t.expect('~/two (main)' + PS1)
        t.type('cd ../one; git() { :; }\r')
        t.expect('~/one (main)' + PS1)
        write('go', '')
        t.expect('~/one (main?)' + PS1)


def helpers(t):
    """Groups in the session that are neither the shell's nor jobs."""
    return [p for p in processes() if p.session == t.pid and p.pid != t.pid and p.state != 'X']


@with_git('nothing of git is left when the prompt is over, and no job, wait, $! or trap sees it')
def _():
    repository('work')
    write('.gitconfig', '')
    write('git', '#!/bin/sh\necho $$ >"$HOME/pid"\nsleep 100\n', 0o755)
    with Editor(env={'PS1': STATE_PS1, 'PATH': os.getcwd() + ':/usr/bin:/bin'}) as t:
        t.run("trap 'echo child' CHLD")
        t.type('cd work\r')
        t.expect('~/work (main)' + PS1)
        pid = int(until('git runs', lambda: os.path.exists('pid') and read('pid')))
        until('in a group of its own', lambda: len([p for p in helpers(t) if p.group == pid]) == 2)
        until('it is nice', lambda: read(f'/proc/{pid}/stat').split()[18] == b'10')
        os.unlink('pid')
        t.type('jobs; wait; echo "$!,$?"\r')
        t.expect('"$!,$?"\n')
        equal(t.expect('~/work (main)' + PS1), ',0\n', 'what is seen of it')
        gone(pid)
        until('the next one', lambda: os.path.exists('pid') and read('pid'))
        t.type('exit\r')
        t.ended(0)
        until('nothing is left', lambda: not [p for p in processes() if p.session == t.pid and p.state not in 'XZ'])


@with_git('what a repository says of file system monitors is not run; no git, no repository: no state')
def _():
    repository('work')
    write('monitor', f'#!/bin/sh\n: >{os.getcwd()}/ran\n', 0o755)
    git('config', 'core.fsmonitor', os.path.abspath('monitor'), folder='work')
    write('work/other', '')
    os.makedirs('bare/.git')
    write('bare/.git/HEAD', 'ref: refs/heads/main\n')
    with Editor(env={'PS1': STATE_PS1}) as t:
        t.type('cd work\r')
        t.expect('~/work (main?)' + PS1)
        expect(not os.path.exists('ran'), 'the monitor ran')
        t.type('cd ../bare\r')
        t.expect('~/bare (main)' + PS1)
        t.type('PATH=/absent\r')
        t.expect('~/bare (main)' + PS1)
        t.type("PS1='\\w\\G" + PS1 + "'; cd ../work\r")
        t.expect('~/work (main)' + PS1)
        t.type('echo a\r')
        t.expect('\na\n~/work (main)' + PS1)


# ---- the right and the short prompt, the mode ----

def screens(title):
    return case(title) if HAVE_ALL else lambda function: function


def see(tmux, wanted, cursor=None):
    """Polls until the screen shows these rows."""
    shown = tmux.wait('ours', lambda shown: shown[0].rstrip('\n') == '\n'.join(wanted) and cursor in (None, shown[1]), f'wanted {wanted}')
    return shown


@screens('RPS1 stands at the right edge, but for the last column; it gives way to the line')
def _():
    with Tmux(30, 8) as tmux:
        tmux.start('ours', f'{SWISH} +o suggest', RPS1='\\[\\e[33m\\]r漢\\j\nno', PS1='one\\n$ ')

        def row(line, right=True):
            return (('$ ' + line).ljust(25) + 'r漢0' if right else '$ ' + line).rstrip()

        see(tmux, ['one', row('')], '2,1')
        expect('\x1b[33mr漢0' in tmux.screen('ours', '-e')[0], 'no colour')
        tmux.keys('ours', b': ' + b'x' * 20)
        see(tmux, ['one', row(': ' + 'x' * 20)], '24,1')
        tmux.keys('ours', b'y')
        see(tmux, ['one', row(': ' + 'x' * 20 + 'y', False)], '25,1')
        tmux.keys('ours', b'\x7f')
        see(tmux, ['one', row(': ' + 'x' * 20)], '24,1')
        tmux.keys('ours', b'z' * 10)
        see(tmux, ['one', row(': ' + 'x' * 20 + 'zzzzzz', False), 'zzzz'], '4,2')
        tmux.keys('ours', b'\x1b[D' * 5 + b'\x7f' * 10)
        see(tmux, ['one', row(': ' + 'x' * 15 + 'zzzzz')], '19,1')
        tmux.keys('ours', b'\x15')
        see(tmux, ['one', row('zzzzz')], '2,1')
        tmux.keys('ours', b'\x0b\x12')
        see(tmux, ["(reverse-i-search)`':"])
        tmux.keys('ours', b'\x07: a\r')
        see(tmux, ['one', row(': a'), 'one', row('')], '2,3')
        tmux.keys('ours', b"\x0cRPS1=\r")
        see(tmux, ['one', row('RPS1='), 'one', '$'], '2,3')


@screens('bytes in a prompt that are no text, or no UTF-8, are shown')
def _():
    with Tmux(40, 6) as tmux:
        tmux.start('ours', f'{SWISH} +o suggest +o highlight', PS1='\\001\\002a\\006\\377\\302\\233é$ ', RPS1='\\006\\033')
        see(tmux, ['a\\006\\377\\302\\233é$'.ljust(31) + '\\006\\033'], '20,0')
        tmux.keys('ours', b': ' + b'x' * 26 + b'\r')
        tmux.wait('ours', lambda shown: shown[0].startswith('a\\006\\377\\302\\233é$ : ' + 'x' * 18 + '\n' + 'x' * 8 + '\na'), 'the next')


@screens('RPS1 after a resize')
def _():
    with Tmux(40, 24) as tmux:
        tmux.start('ours', f'{SWISH} +o suggest +o highlight', RPS1='right')
        line = ': ' + 'x' * 25
        see(tmux, ['$'.ljust(34) + 'right'], '2,0')
        tmux.keys('ours', b'seq 14\r')
        tmux.wait('ours', lambda shown: shown[1] == '2,15', 'no second prompt')
        tmux.keys('ours', line.encode())
        for columns in (40, 30, 36, 35, 20, 60, 37, 38, 12, 40):
            tmux.resize('ours', columns, 24)
            shown = '$ ' + line
            if len(shown) + 7 <= columns:
                shown = shown.ljust(columns - 6) + 'right'
            wanted = '\n'.join(['14', *(shown[i:i + columns] for i in range(0, len(shown), columns))])  # tmux scrolls what is above
            tmux.wait('ours', lambda shown: shown[0].rstrip('\n').endswith(wanted), f'{columns} columns, wanted {wanted}')


@screens('set -o transient: an accepted line stands behind TPS1, without what is at the right')
def _():
    with Tmux(30, 10) as tmux:
        tmux.start('ours', f'{SWISH} +o suggest +o highlight -o transient', RPS1='right', PS1='one\\ntwo $ ')
        first = ['one', 'two $'.ljust(24) + 'right']
        mark = '#' if os.geteuid() == 0 else '$'
        see(tmux, first, '6,1')
        tmux.keys('ours', b'echo a\r')
        see(tmux, [f'{mark} echo a', 'a', *first], '6,3')
        tmux.keys('ours', b'if true\rthen :; fi\r')
        see(tmux, [f'{mark} echo a', 'a', f'{mark} if true', '> then :; fi', *first], '6,5')
        tmux.keys('ours', b"\x0cTPS1='\\?>'\r\x0c")
        see(tmux, first, '6,1')
        tmux.keys('ours', b'(exit 3)\r\r')
        see(tmux, ['>(exit 3)', ' [3]>', *first], '6,3')
        tmux.keys('ours', b'\x0cset +o transient\r:\r')
        see(tmux, [' [3]>set +o transient', 'one', 'two $ :'.ljust(24) + 'right', *first], '6,4')


@screens('show-mode-in-prompt of inputrc')
def _():
    with Tmux(40, 8) as tmux:
        write('modes', 'set show-mode-in-prompt on\nset editing-mode vi\nset vi-ins-mode-string "\\1\\e[32m\\2ins:"\n'
              'set vi-cmd-mode-string cmd:\nset emacs-mode-string emacs:\nset keyseq-timeout 1\n')
        tmux.start('ours', f'{SWISH} +o suggest +o highlight', INPUTRC=os.path.abspath('modes'), PS1='one\\n$ ')
        see(tmux, ['one', 'ins:$'], '6,1')
        tmux.keys('ours', b'abc\x1b')
        see(tmux, ['one', 'cmd:$ abc'], '8,1')
        tmux.keys('ours', b'ix')
        see(tmux, ['one', 'ins:$ abxc'], '9,1')
        tmux.keys('ours', b'\x15\x0b\x1bSset -o emacs\r')
        tmux.wait('ours', lambda shown: shown[0].rstrip('\n').endswith('\none\nemacs:$'), 'emacs')


# ---- marks ----

@editing('marks: prompt, command, output and status; directory; title')
def _():
    os.mkdir('a b;\x1b%\xe4')
    host = os.uname().nodename
    here = 'file://' + host + os.getcwd()
    prompt = '\x1b]133;A\x07' + PS1 + '\x1b]133;B\x07'
    with Editor(marks=True) as t:
        expect(t.log.startswith(f'\x1b]7;{here}\x07\x1b]0;~\x07\x1b]133;A\x07{PS1}'), t.log)
        t.type('(exit 3) # \x16\x1b]0;x\x16\x07\r')
        t.expect('\n\x1b]133;C\x07\x1b]0;(exit 3) # \\033]0;x\\007\x07\x1b]133;D;3\x07')
        t.expect(prompt)
        t.type('\r')
        equal(t.expect(prompt), f'\n\x1b]7;{here}\x07\x1b]0;~\x07', 'an empty line')
        t.type('cd a*\r')
        t.expect(f'D;0\x07\x1b]7;{here}/a%20b%3B%1B%25%C3%A4\x07\x1b]0;~/a b;\\033%')
        t.type('echo ' + 'x' * 200 + '\r')
        t.expect(re.compile('\x1b]0;echo x{75}...\x07x'))
        t.expect(prompt)
        t.type('set +o marks\r')
        t.expect(PS1)
        t.check('echo a', 'a\n')


@case('no marks on a dumb terminal or the console, or where errors go elsewhere')
def _():
    for terminal in ('dumb', 'linux', 'linux-16color', 'vt52', 'adm3a', 'unknown', ''):
        with Terminal(env={'TERM': terminal}) as t:
            t.type('echo a\r')
            t.expect(re.compile('[\r\n]a\n'))
            t.expect(PS1)
            expect(']133' not in t.log and ']0;' not in t.log and ']7;' not in t.log, t.log)
    with Terminal(env={'TERM': 'xterm', 'PS1': PS1}, prompt=False, before=lambda: os.dup2(os.open('file', os.O_WRONLY | os.O_CREAT), 2)) as t:
        t.type('exit 4\n')
        t.ended(4)
        expect(b']133' not in read('file'), read('file'))
