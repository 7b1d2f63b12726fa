"""history.py -- what the history file promises, fc with all its options, the forms of `!`."""
import fcntl
import os
import re
import signal
import stat

from interactive import HISTORY, NOBODY, Editor, editing, entries
from suite import case, equal, expect, read, until, write
from terminal import PS1, PS2, Terminal


def seed(*texts, path='seed'):
    """A file of these entries; an environment that uses it."""
    write(path, ''.join(f'#{number}\n{text}\n' for number, text in enumerate(texts, 1)), 0o600)
    return {'HISTFILE': path, 'EDITOR': None, 'FCEDIT': None, 'TMPDIR': os.getcwd()}


def listed(t):
    """What fc shows, without a trace of the question."""
    return t.run(' fc -ln 1').replace('\t', '').splitlines()


# ---- the file ----

@case('HISTFILE is set at the start; unset, empty, or another in the middle')
def _():
    with Terminal() as t:
        t.check('echo $HISTFILE; env | grep -c HISTFILE', f'{os.getcwd()}/{HISTORY}\n0\n')
        t.run('echo kept')
        t.run('unset HISTFILE')
        t.run('echo secret')
        t.check('fc -ln -1', '\techo secret\n')
        t.run('HISTFILE=')
        t.run('echo secret two')
        t.run('HISTFILE=other')
        t.run('echo elsewhere')
    equal(entries(), ['echo $HISTFILE; env | grep -c HISTFILE\n', 'echo kept\n', 'unset HISTFILE\n'], 'file')
    equal(entries('other'), ['echo elsewhere\n'], 'other')
    write('rc', 'unset HISTFILE\n')
    before = read(HISTORY)
    with Terminal(env={'ENV': './rc'}) as t:
        t.run('echo secret')
        t.check('fc -ln', '\techo secret\n')
    equal(read(HISTORY), before, 'file')


@case('a relative HISTFILE stays where it was')
def _():
    os.mkdir('sub')
    with Terminal(env={'HISTFILE': 'mine'}) as t:
        t.run('cd sub')
        t.run('echo a')
        equal(os.listdir('sub'), [], 'folder')
    equal(entries('mine'), ['cd sub\n', 'echo a\n'], 'file')


@case('a link stays a link, also when the file is cut')
def _():
    env = seed(*(f': {i}' for i in range(1000)), path='real')
    os.symlink('real', 'link')
    with Terminal(env={**env, 'HISTFILE': 'link', 'HISTSIZE': '200'}) as t:
        t.run('echo a')
        t.check('fc -ln -2', '\t: 999\n\techo a\n')
    expect(os.path.islink('link'), 'it was replaced')
    equal(entries('real')[-2:], ['echo a\n', 'fc -ln -2\n'], 'file')


@case('a file or folder that may not be written: all else works, nothing is said')
def _():
    if os.geteuid() != 0:
        return
    os.chmod('.', 0o755)
    env = seed('echo old')
    os.chmod('seed', 0o444)
    os.mkdir('folder', 0o555)
    for path in ('seed', 'folder/history', 'folder/absent/history'):
        with Terminal(env={**env, 'HISTFILE': path}, before=lambda: (os.setgid(NOBODY), os.setuid(NOBODY))) as t:
            equal(t.log, PS1, 'at the start')
            t.check('echo a', 'a\n')
            equal(listed(t)[-1], 'echo a', 'list')
            equal('echo old' in listed(t), path == 'seed', 'what is there is read')
    equal(entries('seed'), ['echo old\n'], 'file')
    equal(os.listdir('folder'), [], 'folder')


@case('ulimit -f: the shell lives, no half entries, and it is written again when there is room')
def _():
    env = seed(': ' + 'x' * 400)
    with Terminal(env=env) as t:
        t.run('ulimit -S -f 1')
        before = read('seed')
        t.check(f': {"y" * 200}; echo on', 'on\n')
        equal(read('seed'), before, 'file')
        t.check(' fc -ln -1 | grep -c y', '1\n')
        t.run('ulimit -S -f 0')
        t.run('HISTFILE=new')
        t.check('echo still', 'still\n')
        t.run('ulimit -S -f unlimited')
        t.run('echo room')
    equal(entries('new'), ['echo room\n'], 'file')


@case('a full disk takes no half entries')
def _():
    probe = os.system("/usr/bin/unshare -Urm sh -c 'mount -t tmpfs none /mnt' 2>/dev/null")
    if probe != 0:
        return
    with Terminal('-Urm', 'sh', '-c', 'mount -t tmpfs -o size=8k none /mnt; HISTFILE=/mnt/history; export HISTFILE; exec $SWISH',
                  shell='/usr/bin/unshare', name='unshare') as t:
        t.run('echo first')
        t.run('cat /dev/zero >/mnt/fill 2>/dev/null')
        for letter in 'abcdef':
            t.run(f': {letter * 1500}')
        size = int(t.run('stat -c %s /mnt/history'))
        t.run('rm /mnt/fill')
        t.run('echo last')
        expect(size > 0, 'size')
        lines = t.run('cat /mnt/history').splitlines()
        for stamp, text in zip(lines[::2], lines[1::2]):
            expect(stamp[1:].isdigit() and text.split()[0] in ('echo', 'cat', ':', 'stat', 'rm'), (stamp, text))
            expect(text[0] != ':' or len(text) == 1502, text)


@case('SIGKILL at any moment: every command that ran is in the file, whole')
def _():
    done = 0
    for turn in range(12):
        with Terminal() as t:
            t.type(''.join(f'echo {turn}.{i}"\n".\n' if i % 3 == 0 else f'echo {turn}.{i}.\n' for i in range(20)))
            t.expect(re.compile(rf'>{turn}\.{turn}\.?\n'))
            os.kill(t.pid, signal.SIGKILL)
            t.ended(137)
            text = read(HISTORY).decode()
            expect(text.endswith('\n'), text[-100:])
            found = [entry for entry in entries() if entry.startswith(f'echo {turn}.')]
            wanted = [f'echo {turn}.{i}"\n".\n' if i % 3 == 0 else f'echo {turn}.{i}.\n' for i in range(len(found))]
            equal(found, wanted, 'entries')
            expect(len(found) > turn, len(found))
            done += len(found)
    equal(len(entries()), done, 'all')


@case('a session adds while another cuts the file: nothing is lost')
def _():
    env = seed(*(f': {i}' for i in range(3000)))
    with Terminal(env=env) as a:
        a.type(''.join(f': a{i}\n' for i in range(40)))
        for number in range(4):
            with Terminal(env={**env, 'HISTSIZE': '100'}) as b:
                b.run(f': b{number}')
        a.expect(': a39\n')
        a.expect(PS1)
        until('cut', lambda: len(entries('seed')) < 3000)
        a.run(': end')
    found = entries('seed')
    for number in range(4):
        equal(found.count(f': b{number}\n'), 1, number)
    equal([text for text in found if text.startswith(': a')], [f': a{i}\n' for i in range(40)], 'in order')
    equal(found[-1], ': end\n', 'last')
    equal([name for name in os.listdir('.') if 'seed' in name], ['seed'], 'folder')


@case('somebody who holds the lock does not hold up the shell')
def _():
    env = seed('echo one')
    with Terminal(env=env) as t:
        with open('seed', 'rb') as locked:
            fcntl.flock(locked, fcntl.LOCK_EX)
            t.check('echo two', 'two\n')
            equal(entries('seed'), ['echo one\n', 'echo two\n'], 'file')


@case('a file of noise, one that ends in the middle of an entry, one that shrinks or goes away')
def _():
    write('noise', os.urandom(200000))
    with Terminal(env={'HISTFILE': 'noise'}) as t:
        t.check('echo a', 'a\n')
        t.check('fc -ln -1', '\techo a\n')
    expect(read('noise').endswith(b'\nfc -ln -1\n'), read('noise')[-100:])
    env = seed('echo one', 'echo two\nmore')
    write('seed', read('seed')[:-3])
    with Terminal(env=env) as t:
        equal(listed(t), ['echo one', 'echo two'], 'list')
        t.run('echo three')
        os.truncate('seed', 0)
        t.run('echo four')
        equal(listed(t), ['echo one', 'echo two', 'echo three', 'echo four'], 'list')
        equal(entries('seed'), ['echo four\n'], 'file')
        os.unlink('seed')
        t.run('echo five')
        equal(entries('seed'), ['echo five\n'], 'file')
        equal(stat.S_IMODE(os.stat('seed').st_mode), 0o600, 'mode')


@case('HISTSIZE: smaller, none, unset, no number')
def _():
    with Terminal(env=seed(': 1', ': 2', ': 3')) as t:
        t.run('HISTSIZE=2')
        t.run(': a')
        t.check(' fc -l', '4\tHISTSIZE=2\n5\t: a\n')
        t.run('HISTSIZE=0')
        t.run(': b')
        t.check(' fc -l; echo $?', 'swish: fc: the history is empty\n1\n')
        t.run('unset HISTSIZE')
        for letter in 'cd':
            t.run(f': {letter}')
        equal(listed(t)[-2:], [': c', ': d'], 'list')
        t.run('HISTSIZE=many')
        t.run(': e')
        equal(listed(t)[-1], ': e', 'list')
    equal(entries('seed')[-5:], ['HISTSIZE=0\n', ': c\n', ': d\n', 'HISTSIZE=many\n', ': e\n'], 'file')


@case('here-documents, quotes and continued lines are one entry each')
def _():
    with Terminal() as t:
        t.line('cat <<E')
        t.expect(PS2)
        t.line('# $x')
        t.expect(PS2)
        t.check('E', '# $x\n'.replace('$x', ''))
        t.line("echo 'a")
        t.expect(PS2)
        t.check("b'", 'a\nb\n')
        t.line('echo c\\')
        t.expect(PS2)
        t.check('d', 'cd\n')
        equal(listed(t), ['cat <<E', '# $x', 'E', "echo 'a", "b'", 'echo c\\', 'd'], 'list')
    equal(entries(), ['cat <<E\n# $x\nE\n', "echo 'a\nb'\n", 'echo c\\\nd\n'], 'file')
    with Terminal() as t:
        t.check('fc -s cat', 'cat <<E\n# $x\nE\n# \n')


@editing('what another session has run is behind the next arrow up')
def _():
    with Editor() as a, Editor() as b:
        a.run('echo from a')
        b.run('echo from b')
        a.run(' :')
        a.type('\x1b[A')
        a.expect('echo from b')
        a.type('\x1b[A\r')
        a.expect('\nfrom a\n' + PS1)


# ---- fc ----

FIVE = ('echo one', 'echo two', 'true three', 'echo four', 'echo five')

LISTS = {
    'fc -l': '12345', 'fc -l 2': '2345', 'fc -l 2 4': '234', 'fc -l 4 2': '432', 'fc -lr': '54321', 'fc -lr 2 4': '432', 'fc -lr 4 2': '234',
    'fc -l -2': '45', 'fc -l -3 -2': '34', 'fc -l -2 -3': '43', 'fc -l +2 3': '23', 'fc -l true': '345', 'fc -l true echo': '345',
    'fc -l "echo t" true': '23', 'fc -l -- -2': '45', 'fc -l 0 99': '12345', 'fc -l 4 99': '45', 'fc -l 99': '5', 'fc -l -99 1': '1',
    'fc -r -l -2': '54', 'fc -l 3 3': '3',
}


@case('fc -l: ranges by number, from the end, by text, outside of what there is')
def _():
    with Terminal(env=seed(*FIVE)) as t:
        for text, numbers in LISTS.items():
            t.check(' ' + text, ''.join(f'{n}\t{FIVE[int(n) - 1]}\n' for n in numbers))
            t.check(' ' + text.replace('fc ', 'fc -n ', 1), ''.join(f'\t{FIVE[int(n) - 1]}\n' for n in numbers))
        t.check(' fc -l none; echo $?', 'swish: fc: none: no such command in the history\n1\n')
        t.check(' fc -l 1 none; echo $?', 'swish: fc: none: no such command in the history\n1\n')
    with Terminal(env=seed(*(f': {i}' for i in range(30)))) as t:
        t.check(' fc -l', ''.join(f'{i + 1}\t: {i}\n' for i in range(14, 30)))


@case('fc -s: by number, text and old=new; what is not there is an error')
def _():
    with Terminal(env=seed(*FIVE)) as t:
        for text, shown in (('fc -s', 'echo five\nfive\n'), ('fc -s 1', 'echo one\none\n'), ('fc -s one=three 1', 'echo three\nthree\n'),
                            ('fc -s -4', 'echo four\nfour\n'), ('fc -s "echo t"', 'echo three\nthree\n'), ('fc -s thr=t tr', 'true tee\n'),
                            ('fc -e - 2', 'echo two\ntwo\n'), ('fc -s two=', 'echo \n\n')):
            t.check(text, shown)
        before = t.run(' fc -l 1')
        for text in ('fc -s 99', 'fc -s -99', 'fc -s none', 'fc -s x=y 1', 'fc 99', 'fc -e true 99'):
            printed = t.run(f' {text}; echo $?')
            expect(printed.startswith('swish: fc: ') and printed.endswith('\n1\n'), f'{text}: {printed}')
        t.check(' fc -l 1', before)


@case('fc edits: -e, FCEDIT, EDITOR, ranges, -r; the file goes, a failing editor runs nothing')
def _():
    write('show', '#!/bin/sh\ncat "$1" >edited\n[ -z "$TO" ] || echo "$TO" >"$1"\nexit ${STATUS:-0}\n', 0o755)
    with Terminal(env=seed(*FIVE)) as t:
        for text, edited in (('fc -e ./show', 'echo five\n'), ('FCEDIT=./show fc 1', 'echo one\n'), ('EDITOR=./show fc 2 3', 'echo two\ntrue three\n'),
                             ('FCEDIT= EDITOR=./show fc -r 1 2', 'echo two\necho one\n'), ('FCEDIT=./show EDITOR=false fc 4 3', 'echo four\ntrue three\n'),
                             ('fc -e "./show" -r 4 4', 'echo four\n')):
            printed = t.run(f' {text}')
            equal(read('edited').decode(), edited, text)
            said = ''.join(line[5:] + '\n' for line in edited.splitlines() if line.startswith('echo'))
            equal(printed, edited + said, text)
        t.run('echo base')
        t.check('TO="echo changed" fc -e ./show', 'echo changed\nchanged\n')
        t.check(' fc -ln -1', '\techo changed\n')
        t.check(' STATUS=3 TO="echo no" fc -e ./show; echo $?', '3\n')
        t.check(' fc -e ./absent; echo $?', 'swish: ./absent: No such file or directory\n127\n')
        expect(t.run(' TMPDIR=/absent fc -e ./show; echo $?').endswith('\n1\n'), t.log)
        equal([name for name in os.listdir('.') if 'fc' in name], [], 'files left')
        t.line('fc -e "sleep 100; :"')
        t.foreground()
        t.interrupt()
        equal([name for name in os.listdir('.') if 'fc' in name], [], 'files left')


@case('history: all, the last ones, -c; what it is asked wrongly')
def _():
    with Terminal(env=seed(*FIVE)) as t:
        t.check(' history', ''.join(f'{n}\t{text}\n' for n, text in enumerate(FIVE, 1)))
        t.check(' history 2', '4\techo four\n5\techo five\n')
        t.check(' history 0', '')
        t.check(' history 99 | wc -l', '5\n')
        t.check(' history x; echo $?', 'swish: history: x: not a number of entries\n2\n')
        t.check(' history -c; history', '')
        equal(len(entries('seed')), 5, 'the file stays')


# ---- ! ----

EVENTS = {  # typed after `echo one two/three.c four`: what it becomes
    '!!': 'echo one two/three.c four', 'echo !$': 'echo four', 'echo !^': 'echo one', 'echo !*': 'echo one two/three.c four',
    'echo !:0': 'echo echo', 'echo !:2': 'echo two/three.c', 'echo !:1-2': 'echo one two/three.c', 'echo !:2*': 'echo two/three.c four',
    'echo !:1-': 'echo one two/three.c', 'echo !!:$': 'echo four', 'echo !e:1': 'echo one', 'echo !?two?:1': 'echo one', 'echo !-1:3': 'echo four',
    'echo !:2:h': 'echo two', 'echo !:2:t': 'echo three.c', 'echo !:2:r': 'echo two/three', 'echo !:2:e': 'echo .c', 'echo !:2:t:r': 'echo three',
    '!!:s/one/1/': 'echo 1 two/three.c four', '!!:gs/o/0/': 'ech0 0ne tw0/three.c f0ur', '^one^1': 'echo 1 two/three.c four',
    '^one^1^:s/two/2/': 'echo 1 2/three.c four', 'echo "!$"': 'echo "four"', '!echo': 'echo one two/three.c four',
    '!?three?': 'echo one two/three.c four', 'echo x !#:1': 'echo x x',
}
LITERAL = {  # stays as it was typed, and prints
    "echo '!!'": '!!', 'echo \\!!': '!!', 'echo a! b': 'a! b', '! false; echo $?': '0', 'x=! ; echo $x': '!', 'echo [!a]x': '[!a]x', 'echo "a!"': 'a!',
    'echo ${x:-"!"}': '!', '[ a != b ] && echo yes': 'yes',
}


@editing('! brings back commands and words of them, by all the forms')
def _():
    with Editor() as t:
        for typed, wanted in EVENTS.items():
            t.run('echo one two/three.c four')
            t.type(typed + '\r')
            t.expect(typed + '\n' + wanted + '\n')
            t.expect(PS1)


@editing('! that is no history: quotes, blanks, patterns, $!')
def _():
    with Editor() as t:
        t.run('echo one')
        for typed, printed in LITERAL.items():
            t.check(typed, printed + '\n')
        t.run('sleep 100 &')
        expect(t.run('echo $!').strip().isdigit(), t.log)
        for typed in ('!nope', '!99', '!-99', '!?nope?', '^nope^x', '!!:9', '!!:s/nope/x/'):
            t.type(typed + '\r')
            t.expect('swish: ')
            t.expect(PS1)
        expect('nope' not in ''.join(entries()[-3:]), 'kept what did not run')


@editing('!n is the number that fc shows, also when old ones were dropped; :p only shows')
def _():
    with Editor(env={**seed(*(f': {i}' for i in range(50))), 'HISTSIZE': '10'}) as t:
        t.check(' fc -l 45 45', '45\t: 44\n')
        t.type('!45\r')
        t.expect('!45\n: 44\n' + PS1)
        t.type('!45:p\r')
        t.expect('!45:p\n: 44\n' + PS1)
        t.type('!:0\r')
        t.expect('!:0\n:\n' + PS1)
