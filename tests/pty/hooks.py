"""hooks.py -- cases of what extends swish-interactive: hooks, bind, abbreviations, and the programs that use them."""
import os
import re
import shutil
import subprocess
import termios

from suite import TOP, case, environment, equal, expect, read, write
from interactive import HAS_READLINE, Editor, editing
from terminal import PS1, PS2, Terminal, until


class Wide(Editor):
    """At a terminal on which no line of these cases wraps."""

    def __init__(self, *args, **how):
        super().__init__(*args, before=lambda: termios.tcsetwinsize(0, (24, 500)), **how)

    def key(self, keys, shown):
        """Types keys, waits for what they make of the line."""
        self.type(keys)
        self.expect(shown)


# ---- precmd, preexec, chpwd ----

@case('precmd, preexec and chpwd are called as in zsh, and $? passes by them')
def _():
    os.mkdir('a')
    here = os.path.basename(os.getcwd())
    with Terminal() as t:
        t.check('precmd() { echo "[prompt $# $?]"; }', '[prompt 0 0]\n')
        t.check('false', '[prompt 0 1]\n')
        t.check('echo $?', '1\n[prompt 0 0]\n')
        t.check('preexec() { echo "[run $# $1 $?]"; }', '[prompt 0 0]\n')
        t.check('(exit 3)', '[run 1 (exit 3) 0]\n[prompt 0 3]\n')
        t.check('echo  $? # as it is;', '[run 1 echo  $? # as it is; 3]\n3\n[prompt 0 0]\n')
        t.check('', '[prompt 0 0]\n')
        t.check('eval "echo one"; . /dev/null', '[run 1 eval "echo one"; . /dev/null 0]\none\n[prompt 0 0]\n')
        t.run('unset -f precmd preexec')
        t.run('chpwd() { echo "[$# $? ${PWD##*/}]"; false; }')
        t.check('cd a && echo $?', '[0 0 a]\n0\n')
        t.check('cd nowhere 2>/dev/null; pwd >/dev/null; f() { cd ..; echo in; }; f', f'[0 0 {here}]\nin\n')


@case('preexec gets a command of several lines whole, and once')
def _():
    with Terminal() as t:
        t.run('preexec() { echo "<$1>"; }')
        t.line('if true')
        t.expect(PS2)
        t.line('then cat <<END')
        t.expect(PS2)
        t.line('a')
        t.expect(PS2)
        t.line('END')
        t.expect(PS2)
        t.check('fi', '<if true\nthen cat <<END\na\nEND\nfi>\na\n')


@case('chpwd: not in subshells; what cd writes comes before it; for a cd of its own it is not called again')
def _():
    os.makedirs('a/b')
    here = os.path.basename(os.getcwd())
    with Terminal() as t:
        t.run('chpwd() { echo "[${PWD##*/}]"; }')
        t.check('(cd a); echo "$(cd a)"; : | cd a; cd a | cat', '\n')
        t.check('cd a/b', '[b]\n')
        t.check('cd -', f'{os.getcwd()}\n[{here}]\n')
        t.run('chpwd() { echo "<${PWD##*/}>"; cd b; cd ../b; }')
        t.check('cd a; pwd', f'<a>\n{os.getcwd()}/a/b\n')
        t.run('chpwd() { cd /; set -- $(cd /tmp; pwd); echo $1; }')
        t.check('for i in 1 2; do cd /usr; done', '/tmp\n/tmp\n')


@case('chpwd behind pushd, popd and autocd, which have done their work by then')
def _():
    with Terminal() as t:
        t.run('cd /; set -o autocd; chpwd() { echo "[$PWD $(dirs)]"; false; }')
        t.check('pushd /usr && pushd && echo $?', '/usr /\n[/usr /usr /]\n/ /usr\n[/ / /usr]\n0\n')
        t.check('popd; pushd 2>/dev/null; pushd -n /tmp; popd -n', '/usr\n[/usr /usr]\n/usr /tmp\n/usr\n')
        t.check('/tmp', 'cd -- /tmp\n[/tmp /tmp]\n')
        t.check('pushd /nowhere 2>/dev/null; (pushd /usr)', '/usr /tmp\n')
        t.run('chpwd() { pushd /; }')
        t.check('cd /usr; dirs', '/ /usr\n/ /usr\n')


@case('an error in a hook ends that hook only: set -e, set -u, syntax, what is not found, endless recursion')
def _():
    with Terminal() as t:
        t.check('b() { echo b; }; precmd_functions="b nosuch" PROMPT_COMMAND="echo c"', 'b\nc\n')
        t.check('precmd() { echo a; false; echo $unset; }; set -eu', 'a\nswish: unset: parameter not set\nb\nc\n')
        t.check('precmd() { nosuchcommand; echo a; }; set +eu', 'swish: nosuchcommand: not found\na\nb\nc\n')
        t.check('precmd() { return 5; }; PROMPT_COMMAND="return 7; echo x"', 'b\n')
        before = t.run('precmd() { break; precmd; }')
        equal((before.endswith('nested too deeply\nb\n'), before.count('\n')), (True, 2), before)
        t.check('unset -f precmd', 'b\n')
        before = t.run('PROMPT_COMMAND="if"; (exit 6)')
        equal((before.startswith('b\nswish: syntax error'), before.count('\n')), (True, 4), before)
        t.check('echo $?; unset PROMPT_COMMAND', '6\nb\n')
        t.run('unset precmd_functions; preexec() { echo $unset >&2; echo x; }; set -u')
        t.check('echo runs', 'swish: unset: parameter not set\nruns\n')
        t.run('chpwd() { nosuchcommand 2>/dev/null; : ${unset?why}; }')
        t.check('cd /; echo $? $PWD', 'swish: unset: parameter not set\nswish: unset: why\n0 /\n')


@case('hooks that define, remove and list themselves while they run')
def _():
    with Terminal() as t:
        t.check('precmd() { precmd() { echo two; }; echo one; }', 'one\n')
        t.check('', 'two\n')
        t.check('precmd() { unset -f precmd; echo last; }', 'last\n')
        t.check('', '')
        t.check('a() { echo a; precmd_functions=b; }; b() { echo b; unset precmd_functions; }; precmd_functions="a b"', 'a\nb\n')
        t.check('', '')
        t.check('precmd_functions=" a\tb "; PROMPT_COMMAND="echo c; PROMPT_COMMAND="', 'a\nb\nc\n')
        t.check('', '')


@case('fc in precmd, and where a key runs it, has the last command, too')
def _():
    with Terminal() as t:
        t.run('precmd() { fc -ln -1; }')
        t.check('echo last', 'last\n\techo last\n')
        t.check('  echo private', 'private\n\techo last\n')
        t.check('fc -ln -1', '\techo last\n\tfc -ln -1\n')


@case('exit in precmd, preexec and chpwd ends the shell with its status')
def _():
    for text, status in (('precmd() { exit 3; }', 3), ('PROMPT_COMMAND="exit 4"', 4), ('precmd_functions="a exit"; a() { (exit 9); exit; }', 9)):
        with Terminal() as t:
            t.run("trap 'echo bye' EXIT")
            t.line(text)
            t.expect('bye\n')
            t.ended(status)
    with Terminal() as t:
        t.run('preexec() { exit 5; }')
        t.type('echo not run\n')
        t.ended(5)
        equal(t.log.count('not run'), 1, t.log)
    with Terminal() as t:
        t.run('chpwd() { exit 6; }')
        t.type('cd /; echo not run\n')
        t.ended(6)
        equal(t.log.count('not run'), 1, t.log)


@case('Ctrl-C ends a hook that loops or waits: the prompt comes, the command does not run')
def _():
    loops = {'while :; do :; done': None, 'sleep 1000; echo no': 'sleep'}

    def interrupt(t, program):
        t.expect('begun\n')
        if program:
            t.foreground(program)
        t.control('c')
        return t.expect(PS1)

    with Terminal() as t:
        for body, program in loops.items():
            t.line(f'precmd() {{ echo begun; {body}; }}; PROMPT_COMMAND="echo no"; (exit 8)')
            equal(interrupt(t, program), '^C\n', 'screen')
            t.line('echo $?; unset -f precmd; unset PROMPT_COMMAND')
            equal(t.expect(PS1), '8\n', 'status')
            t.run(f'preexec() {{ case $1 in not*) echo begun; {body};; esac; }}')
            t.line('not run')
            equal(interrupt(t, program), '^C\n', 'screen')
            t.check('echo $?', '130\n')
            t.run(f'chpwd() {{ echo begun; {body}; }}')
            t.line('cd /; not run')
            equal(interrupt(t, program), '^C\n', 'screen')
            t.check('echo $? $PWD; unset -f chpwd preexec', '130 /\n')


# ---- bind ----

@editing('bind shows and changes keys, macros and variables as inputrc has them')
def _():
    with Wide() as t:
        t.check('bind -q accept-line', 'accept-line can be invoked via "\\C-j", "\\C-m".\n')
        t.check('bind -p | grep -w forward-char', '"\\C-f": forward-char\n"\\M-OC": forward-char\n"\\M-[C": forward-char\n')
        t.check('bind -P | grep "^yank "', 'yank can be found on "\\C-y".\n')
        t.check('echo $(bind -l | grep -c -x -e yank -e accept-line -e abandon-line)', '3\n')
        t.check("""bind '"\\C-xq": "echo macro"'; bind -s; bind -S""", '"\\C-xq": "echo macro"\n\\C-xq outputs echo macro\n')
        t.type('\x18q\r')
        t.expect('\nmacro\n' + PS1)
        t.check("""bind 'set completion-ignore-case on' '"\\C-xw": kill-whole-line'; bind -v | grep ignore-case""",
                'set completion-ignore-case on\n')
        t.type('nonsense\x18wecho good\r')
        t.expect('\ngood\n' + PS1)
        t.check('bind -u yank; bind -q yank', 'yank is not bound to any keys.\n')
        t.check("""bind -r '\\C-xw'; bind -q kill-whole-line""", 'kill-whole-line is not bound to any keys.\n')
        t.check("""bind -m vi-insert '"\\C-y": upcase-word'; bind -m vi -q upcase-word; bind -m vi-insert -q upcase-word""",
                'upcase-word is not bound to any keys.\nupcase-word can be invoked via "\\C-y".\n')
        write('keys', 'set bell-style visible\n$if swish\n"\\C-xe": "yes"\n$endif\n$if bash\n"\\C-xf": "no"\n$endif\n')
        t.check('bind -f keys; bind -s; bind -V | grep bell-s', '"\\C-xe": "yes"\n"\\C-xq": "echo macro"\nbell-style is set to `visible\'\n')


@editing('bind says what is wrong, and a subshell changes nothing')
def _():
    wrong = {
        """bind '"\\C-t": nosuch'""": 'swish: bind: nosuch: unknown function\n',
        'bind nonsense': 'swish: bind: nonsense: this is not KEYS:FUNCTION\n',
        """bind '"abc: yank'""": 'swish: bind: "abc: yank: the quote does not end\n',
        'bind "set nosuch on"': 'swish: bind: nosuch: unknown variable\n',
        'bind -m nosuch -p': 'swish: bind: nosuch: unknown keymap\n',
        'bind -q nosuch': 'swish: bind: nosuch: unknown function\n',
        'bind -u nosuch': 'swish: bind: nosuch: unknown function\n',
        'bind -f nowhere': 'swish: bind: nowhere: No such file or directory\n',
        'bind -x "C-t"': 'swish: bind: C-t: this is not KEYS:COMMAND\n',
        """bind -x '"\\C-t" cmd'""": 'swish: bind: "\\C-t" cmd: this is not KEYS:COMMAND\n',
        """bind -r '"\\C-t'""": 'swish: bind: "\\C-t: no such keys\n',
    }
    with Wide() as t:
        for text, said in wrong.items():
            t.check(f'{text}; echo $?', f'{said}1\n')
        t.check('bind -Z 2>/dev/null; echo $?; bind -x 2>/dev/null; echo $?', '2\n2\n')
        t.check("""(bind 'set bell-style visible'; bind -v | grep bell-s); bind -v | grep bell-s""",
                'set bell-style visible\nset bell-style none\n')
        t.check('bind -q yank >/dev/null 2>&1; echo "$(bind -q nosuch 2>&1)"', 'swish: bind: nosuch: unknown function\n')
        t.alive()


@editing('bind in a start-up file, also without a terminal on its descriptors; editing modes')
def _():
    write('rc', """while read -r line; do bind "$line" 2>/dev/null; done <keys\nbind 'set editing-mode vi' >/dev/null 2>&1\n""")
    write('keys', '"\\C-xa": "echo from a file"\n"\\C-xb": nosuch\n')
    with Wide(env={'ENV': os.path.abspath('rc')}) as t:
        t.check('bind -m emacs -s; set -o | grep -w -e vi -e emacs', '"\\C-xa": "echo from a file"\nemacs           off\nvi              on\n')
        t.key('xecho abc\x1b0x', 'echo abc')
        t.type('\r')
        t.expect('\nabc\n' + PS1)
        t.run("bind 'set editing-mode emacs'")
        t.type('\x18a\r')
        t.expect('\nfrom a file\n' + PS1)
        t.check('set -o | grep -w -e vi -e emacs', 'emacs           on\nvi              off\n')
    with Wide(env={'ENV': os.path.abspath('rc')}) as t:  # the size is that of the terminal
        t.type('echo ' + 'x' * 200 + '\r')
        t.expect('echo ' + 'x' * 200 + '\n' + 'x' * 200 + '\n' + PS1)


@editing('our keys on other keys: the suggestion, whole commands, the screen')
def _():
    with Wide(looks=True) as t:
        t.type('echo a suggestion to take\r')
        t.expect('\na suggestion to take\n' + PS1)
        t.type(r"""bind '"\C-g": forward-char' '"\C-t": end-of-line' '"\C-o": forward-word' '"\C-]": accept-line'""" + '\r')
        t.expect(PS1)
        for keys in ('\x06', '\x05', '\x07', '\x14', '\x0f' * 5, '\x1b[C', '\x1bf' * 5):
            t.key('echo', 'suggestion to take')
            t.type(keys + '\x1d')
            t.expect('\na suggestion to take\n' + PS1)
        t.type('if true\x1dthen echo whole\x1dfi\x1d')
        t.expect('\nwhole\n' + PS1)
        t.type("bind -r '\\C-g'\r")
        t.expect(PS1)
        t.type('echo\x07 b\r')
        t.expect('\nb\n' + PS1)


@editing('bind -x: a command gets the line, changes it, and can be undone; $? stays')
def _():
    with Wide(env={'LC_ALL': 'C.UTF-8'}) as t:
        t.run("""f() { echo "[$READLINE_LINE|$READLINE_POINT|$READLINE_MARK|$?]"; READLINE_LINE="echo $1 $READLINE_LINE" READLINE_POINT=5; }""")
        t.run(r"""bind -x '"\C-g": f one' -x '"\C-x\C-g":f "two words"'""")
        t.check('bind -X', "bind -x '\"\\C-g\": f one'\nbind -x '\"\\C-x\\C-g\": f \"two words\"'\n")
        t.run('(exit 3)')
        t.key('caf\u00e9 x\x1b[D\x07', '[caf\u00e9 x|5|0|3]\n')
        t.expect('echo one caf\u00e9 x')
        t.type('X\r')
        t.expect('\nXone caf\u00e9 x\n' + PS1)
        t.key('old\x18\x07', '[old|3|0|0]\n')
        t.expect('echo two words old')
        t.key('\x1f', 'old')
        t.type('\x15echo done ${READLINE_LINE-unset}\r')
        t.expect('\ndone unset\n' + PS1)
        t.run(r"""bind '"\C-g": "echo mine"'; bind -X >x; bind -x '"\C-x\C-g": f three'; bind -X >>x""")
        equal(read('x').decode(), "bind -x '\"\\C-x\\C-g\": f \"two words\"'\nbind -x '\"\\C-x\\C-g\": f three'\n", 'bind -X')


@editing('bind -x: in vi mode, for a keymap, with bad places, on keys of many bytes, one that binds its own key')
def _():
    with Wide() as t:
        t.run(r"""bind -m vi-command -x 'v:READLINE_LINE="echo command"'; bind -m vi-insert -x '"v":READLINE_LINE="echo insert"'""")
        t.run(r"""bind -x '"\e[15~": READLINE_LINE="echo five" READLINE_POINT=99'""")
        t.run(r"""bind -x '"\C-t": READLINE_LINE="echo first" READLINE_POINT=-1; bind -x "\"\\C-t\": READLINE_LINE=:"'""")
        t.run("readonly READLINE_MARK; bind -x '\"\\C-g\": unset READLINE_LINE READLINE_POINT'")
        t.key('\x1b[15~', 'echo five')
        t.type('!\r')
        t.expect('\nfive!\n' + PS1)
        t.key('\x14', 'echo first')
        t.type('\r')
        t.expect('\nfirst\n' + PS1)
        t.key('nothing', 'nothing')
        t.type('\x14\r')
        t.expect(PS1)
        t.type('gone\x07echo b\r')
        t.expect('\nb\n' + PS1)
        t.run('set -o vi')
        t.key('v', 'echo insert')
        t.key('\x1bv', 'command')
        t.type('\r')
        t.expect('\ncommand\n' + PS1)


@editing('bind -x: the command reads the terminal in its usual modes, runs programs, is stopped by Ctrl-C')
def _():
    with Wide() as t:
        t.run(r"""bind -x '"\C-g": echo reads; read -r a; READLINE_LINE="echo $a"; READLINE_POINT=0'""")
        t.key('typed\x07', 'reads\n')
        want = termios.ICANON | termios.ECHO | termios.ISIG
        until('usual modes', lambda: t.modes()[3] & want == want)
        t.line('an answer')
        t.expect('echo an answer')
        t.type('\r')
        t.expect('\nan answer\n' + PS1)
        t.run(r"""bind -x '"\C-g": cat; sleep 1000; READLINE_LINE=no'""")
        t.key('echo kept\x07', '')
        t.foreground('cat')
        t.line('to cat')
        t.expect('to cat\n')
        t.control('d')
        t.foreground('sleep')
        t.control('c')
        t.expect('echo kept')
        t.type('\r')
        t.expect('\nkept\n' + PS1)
        t.run(r"""bind -x '"\C-g": echo loops; while :; do :; done'""")
        t.key('echo also kept\x07', 'loops\n')
        t.control('c')
        t.expect('echo also kept')
        t.type('\r')
        t.expect('\nalso kept\n' + PS1)


@editing('bind -x: errors, exit, cd, a hook, job control')
def _():
    with Wide() as t:
        t.run("chpwd() { echo moved; }; set -eu")
        t.run(r"""bind -x '"\C-g": false; echo $unset; echo no' -x '"\C-t": cd /; pwd' -x '"\C-o": if' -x '"\C-q": return 3'""")
        t.key('a\x07', 'swish: unset: parameter not set\n')
        t.key('\x14', 'moved\n/\n')
        t.key('\x0f', 'syntax error')
        t.expect(PS1)
        t.type('\x11\x15echo $PWD\r')
        t.expect('\n/\n' + PS1)
        t.run(r"""bind -x '"\C-g": trap "echo bye" EXIT; exit 9'""")
        t.type('x\x07')
        t.expect('bye\n')
        t.ended(9)
        expect(t.modes()[3] & termios.ICANON, 'the terminal is as it was')


@case('bind without line editing says so once')
def _():
    with Terminal() as t:
        t.check('bind -l; echo $?', 'swish: bind: there is no line editing at this terminal\n1\n')
        t.check("""bind '"a": yank'; echo $?; bind -p | cat""", '1\n')


# ---- abbreviations ----

@editing('abbr: grows with a space or Enter where a command stands, and not elsewhere')
def _():
    with Wide() as t:
        t.run("abbr e=echo l='echo long text' e1='e x'")
        t.check('abbr; abbr l', "abbr e='echo'\nabbr e1='e x'\nabbr l='echo long text'\nabbr l='echo long text'\n")
        for typed, shown in {'e a e': 'echo a e', 'l': 'echo long text', 'true; l': 'true; echo long text',
                             'if e a; then l; fi': 'if echo a; then l; fi', 'echo $(e a; l b)': 'echo $(echo a; echo long text b)',
                             'x=1 l |  e e': 'x=1 echo long text |  echo e', 'e1 y': 'e x y', '"e a': None, "'e' a": "'e' a",
                             '>e e a': '>e echo a', 'echo e l': 'echo e l', 'e\x16 b': 'e b'}.items():
            if shown:
                t.type(typed + '\r')
                t.expect(PS1)
                t.run(': ')
                last = t.run('fc -ln -2 -2').strip()
                equal(last, shown, typed)


@editing('abbr: undo gives back what was typed; -d, bad names, subshells, completion')
def _():
    write('file with space', '')
    with Wide() as t:
        t.run("abbr e='echo grown'")
        t.key('e ', 'cho grown ')
        t.key('\x1f', re.compile('\x1b'))
        t.type('b\r')
        t.expect('swish: e: not found\n' + PS1)
        t.type('e fi\t\r')
        t.expect('\ngrown file with space\n' + PS1)
        t.check('(abbr x=y); abbr x=y | cat; : $(abbr x=y); abbr', "abbr e='echo grown'\n")
        t.check('abbr -d e nosuch; echo $?; abbr; abbr -d 2>/dev/null; echo $?', 'swish: abbr: nosuch: not found\n1\n2\n')
        t.check("abbr 'a b=c' =x 'a$=b'; echo $?", 'swish: abbr: a b: no name for an abbreviation\n'
                'swish: abbr: : no name for an abbreviation\nswish: abbr: a$: no name for an abbreviation\n1\n')
        t.run("abbr e='echo \"$((1+1))\"'; set -o vi")
        t.type('e \r')
        t.expect('\n2\n' + PS1)


# ---- programs that use all this: by the lines of the manual page ----

def recipe(program):
    """The literal lines of the manual page about the program, which must be installed."""
    text = read(os.path.join(TOP, 'src/man/swish.1')).decode().partition('.Ss Other programs')[2]
    lines = text.partition(f'.Nm {program}\n')[2].partition('.Bd')[2].partition('\n')[2].partition('.Ed')[0]
    return re.sub(r'\\([e-])', lambda found: '\\' if found[1] == 'e' else '-', lines)


def with_recipes(*programs, **env):
    """Settings of a shell that starts with the lines for these programs."""
    write('rc', ''.join(recipe(program) for program in programs))
    os.makedirs('home', exist_ok=True)
    path = os.path.abspath('bin') + ':/usr/local/bin:/usr/bin:/bin'
    return {'ENV': os.path.abspath('rc'), 'HOME': os.path.abspath('home'), 'PATH': path, 'PS2': None, **env}


def installed(program):
    expect(shutil.which(program), f'{program} is not installed (.ci/deps test)')


@case('zoxide: by a hook of ours and by its own')
def _():
    installed('zoxide')
    os.makedirs('project/deep/target')
    os.makedirs('other')
    here = os.getcwd()
    for hook, programs in {'chpwd': ['zoxide'], 'prompt': []}.items():
        with Terminal(env=with_recipes(*programs, _ZO_DATA_DIR=os.path.abspath(hook))) as t:
            if hook == 'prompt':
                t.line('eval "$(zoxide init posix --hook prompt)"; PS1="[\\?]$PS1"')
                t.expect(f'[]{PS1}')
            for folder in ('project/deep/target', here, 'other', '/'):
                t.line(f'cd {folder}')
                t.expect(PS1)
            t.line('z targ; pwd; (exit 3)')
            equal(t.expect('\n'), f'{here}/project/deep/target', hook)
            if hook == 'prompt':
                t.expect(f'[ [3]]{PS1}')
            t.line('z oth && pwd; z nosuchfolder; echo $?; z -; pwd')
            t.expect(f'{here}/other\n')
            t.expect('no match found\n1\n')
            t.expect(f'{here}/project/deep/target\n')


@case('direnv: variables come and go with the folder')
def _():
    installed('direnv')
    os.makedirs('project/sub')
    write('project/.envrc', """export GREETING='it'"'"'s $HOME' LINES_OF='a\nb'\n""")
    env = with_recipes('direnv')
    subprocess.run(['direnv', 'allow', 'project/.envrc'], env=environment(env), check=True)
    with Terminal(env=env) as t:
        t.line('cd project/sub')
        t.expect('loading')
        t.expect(PS1)
        t.check('echo "$GREETING" "$LINES_OF"; false', "it's $HOME a\nb\n")
        t.check('echo $?', '1\n')
        t.line('cd ../..')
        t.expect('unloading')
        t.expect(PS1)
        t.check('echo ${GREETING-gone}', 'gone\n')


@case('starship: status, jobs and time reach it, what it prints is text; beside zoxide and direnv')
def _():
    os.mkdir('bin')
    write('bin/starship', """#!/bin/sh
case $2 in --continuation) printf 'more> '; exit;; esac
printf '\\n\\033[1;32m$(touch run)`touch run`\\\\w!\\033[0m %s %s>' "$STARSHIP_SHELL" "$*"
""", 0o755)
    def shown(status, jobs, seconds='[0-4]'):
        text = re.escape('\n\x1b[1;32m$(touch run)`touch run`\\w!\x1b[0m sh prompt')
        return re.compile(f'{text} --status={status} --jobs={jobs} --cmd-duration={seconds}0+>')

    env = with_recipes('direnv', 'starship', 'zoxide', _ZO_DATA_DIR=os.path.abspath('zoxide'))
    with Terminal(env={**env, 'PS1': None}, prompt=False) as t:
        t.expect(shown(0, 0))
        t.type('sleep 1000 & (exit 7)\n')
        t.expect(shown(7, 1))
        t.type('starship_since=$((EPOCHSECONDS - 5))\n')
        t.expect(shown(0, 1, '[5-9]'))
        t.type('cd bin; if\n')
        t.expect('more> ')
        t.type('true; then z bin; fi; kill %1; wait\n')
        t.expect(shown(0, 0))
        expect(not os.path.exists('run') and not os.path.exists('bin/run'), 'it ran')


@editing('fzf: Ctrl-R takes a command of the history, Ctrl-T puts in a file, Escape leaves the line')
def _():
    installed('fzf')
    os.mkdir('files')
    write("files/it's a name", '')
    write('files/plain', '')
    with Wide(env=with_recipes('fzf', TERM='xterm')) as t:
        t.run('cd files')
        for text in ('echo one', "echo 'a  b'", 'echo two'):
            t.run(text)
        t.type('ec\x12')
        t.expect('3/4')
        t.type('a')
        t.expect('1/4')
        t.type('\r')
        t.expect("echo 'a  b'")
        t.type('\r')
        t.expect('\na  b\n' + PS1)
        t.type('echo  end\x1b[D\x1b[D\x1b[D\x1b[D\x14')
        t.expect('2/2')
        t.type('its')
        t.expect('1/2')
        t.type('\r')
        t.expect("echo 'it'\\''s a name' end")
        t.type('!\r')
        t.expect("\nit's a name! end\n" + PS1)
        t.type('echo kept\x14')
        t.expect('2/2')
        t.type('\x1b')
        t.expect('echo kept')
        t.type('\r')
        t.expect('\nkept\n' + PS1)
