"""hooks.py -- cases of what extends swish-interactive: hooks, bind, abbreviations, and the programs that use them."""
import os

from suite import case, equal
from terminal import PS1, PS2, Terminal


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
