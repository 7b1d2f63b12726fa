"""standard.py -- what POSIX asks of line editing, history and jobs, command by command (XCU sh, fc, 2.11)."""
import os
import re

from interactive import Editor, editing
from suite import Failure, equal, expect, read, write
from terminal import PS1

OLD = ('echo one', 'ls two', 'echo three words', 'cat fo"o b"ar last')
WORDS = 'ab cd-e f'
SEEN = re.compile(r'\{([ic])\[(.*)\](\d+)\}\n')


class Vi(Editor):
    """With `set -o vi`; Ctrl-T tells the mode, the line and the place of the cursor."""

    def __init__(self, *commands, **env):
        write('seed', ''.join(f'#{number}\n{text}\n' for number, text in enumerate(OLD, 1)), 0o600)
        tell = 'printf "{%s[%%s]%%s}\\n" "$READLINE_LINE" "$READLINE_POINT"'
        keys = [f"bind -m {keymap} -x '\"\\C-t\": {tell % mode}'" for mode, keymap in (('c', 'vi-command'), ('i', 'vi-insert'))]
        write('rc', '\n'.join([*keys, "bind 'set bell-style audible'", 'set -o vi', *commands, '']))
        super().__init__(env={'HISTFILE': 'seed', 'ENV': './rc', 'HISTORY': None, **env})

    def tell(self):
        """(what it was, did the bell ring)"""
        self.type('\x14')
        before = self.expect(SEEN)
        found = SEEN.findall(self.log)[-1]
        self.expect(PS1)
        return f'{found[0]} {found[2]} {found[1]}', '\a' in before

    def drop(self):
        self.type('\x03')
        self.expect('^C')
        self.expect(PS1)

    def keys(self, text, keys, wanted, bell=None):
        """Typed, and behind Esc the keys: mode, cursor and line; bell=None: it does not matter."""
        self.output = ''
        self.type(f'{text}\x1b{keys}')
        got, rang = self.tell()
        if got != wanted or (bell is not None and rang != bell):
            raise Failure(f'{text!r} Esc {keys!r}\n  got    {got!r}, bell {rang}\n  wanted {wanted!r}, bell {bell}')
        self.drop()

    def all(self, table):
        for row in table:
            self.keys(*row)


@editing('vi: moving by characters, to columns and ends of the line')
def _():
    with Vi() as t:
        t.all([('abc', '', 'c 2 abc'), ('abc', 'h', 'c 1 abc', False), ('abc', '9h', 'c 0 abc'), ('abc', '0h', 'c 0 abc', True),
               ('abc', 'l', 'c 2 abc', True), ('abc', '0l', 'c 1 abc', False), ('abc', '0 ', 'c 1 abc', False), ('abc', '0l9l', 'c 2 abc'),
               ('  ab', '^', 'c 2   ab'), ('  ab', '0', 'c 0   ab'), ('  ab', '0$', 'c 3   ab'), ('abcd', '3|', 'c 2 abcd'),
               ('abcd', '|', 'c 0 abcd'), ('abcd', '9|', 'c 3 abcd', False)])


@editing('vi: moving by words and bigwords')
def _():
    with Vi() as t:
        t.all((WORDS, keys, f'c {place} {WORDS}', *bell) for keys, place, *bell in (
            ('0w', 3), ('02w', 5), ('0W', 3), ('02W', 8), ('09w', 8), ('w', 8, True), ('W', 8, True), ('0e', 1), ('02e', 4), ('02E', 6),
            ('09e', 8), ('09E', 8), ('e', 8, True), ('E', 8, True), ('b', 6), ('2b', 5), ('B', 3), ('2B', 0), ('9b', 0), ('0b', 0, True),
            ('0B', 0, True)))


@editing('vi: f F t T ; ,')
def _():
    with Vi() as t:
        t.all(('abcabcabc', keys, f'c {place} abcabcabc', *bell) for keys, place, *bell in (
            ('0fc', 2), ('02fc', 5), ('0fx', 0, True), ('Fa', 6), ('2Fa', 3), ('0tc', 1), ('02tc', 4), ('Ta', 7), ('2Ta', 4), ('0fc;', 5),
            ('0fc;,', 2), ('0fc2;', 8), ('02fa;', 6), ('Fx', 8, True), ('0tx', 0, True), ('0Tx', 0, True), ('0f\x1b', 0)))


@editing('vi: into insert and replace mode: a A i I R')
def _():
    with Vi() as t:
        t.all([('abc', '0aX', 'i 2 aXbc'), ('abc', '0AX', 'i 4 abcX'), ('abc', 'iX', 'i 3 abXc'), ('abc', 'IX', 'i 1 Xabc'),
               ('  abc', 'IX', 'i 1 X  abc'), ('abc', '0RXY\x1b', 'c 1 XYc'), ('abc', 'RXYZ\x1b', 'c 4 abXYZ'), ('abc', 'A\x7f\x7f', 'i 1 a'),
               ('abc', 'A\x15', 'i 0 '), ('abc d', 'A\x17', 'i 4 abc '), ('ab', 'A\x16\x01', 'i 3 ab\x01')])


@editing('vi: c C S s r ~ with counts and motions')
def _():
    with Vi() as t:
        t.all((WORDS, *row) for row in (
            ('0cwX', 'i 1 X cd-e f'), ('0c2wX', 'i 1 X-e f'), ('02cwX', 'i 1 X-e f'), ('cbX', 'i 7 ab cd-Xf'), ('ccX', 'i 1 X'), ('0c$X', 'i 1 X'),
            ('CX', 'i 9 ab cd-e X'), ('0lCX', 'i 2 aX'), ('SX', 'i 1 X'), ('0cfdX', 'i 1 X-e f'), ('0ctdX', 'i 1 Xd-e f'), ('09clX', 'i 1 X'),
            ('c0X', 'i 1 Xf'), ('9chX', 'i 1 Xf'), ('0c9wX', 'i 1 X'), ('0sX', 'i 1 Xb cd-e f'), ('02sX', 'i 1 X cd-e f')))
        t.all([(WORDS, '0cfz', f'c 0 {WORDS}', True), (WORDS, 'cFz', f'c 8 {WORDS}', True), (WORDS, '0cz', f'c 0 {WORDS}', True),
               (WORDS, '0c\x1b', f'c 0 {WORDS}'), (WORDS, '0xuc2.', f'c 1 {WORDS}', True), (WORDS, '0d2r', f'c 0 {WORDS}', True), ('abcd', '0rX', 'c 0 Xbcd'), ('abcd', '02rX', 'c 1 XXcd'), ('abcd', '9rX', 'c 3 abcX'),
               ('abcd', '09rX', 'c 3 XXXX'), ('abc', '0~', 'c 1 Abc'), ('abc', '~', 'c 2 abC'), ('abc', '02~', 'c 2 ABc'), ('aBC', '09~', 'c 2 Abc')])


@editing('vi: x X d D y Y p P and the save buffer')
def _():
    with Vi() as t:
        t.all(('abcd', *row) for row in (
            ('0x', 'c 0 bcd'), ('x', 'c 2 abc'), ('02x', 'c 0 cd'), ('09x', 'c 0 '), ('X', 'c 2 abd'), ('2X', 'c 1 ad'), ('9X', 'c 0 d'),
            ('0X', 'c 0 abcd', True), ('0yyP', 'c 3 abcdabcd'), ('yyp', 'c 7 abcdabcd'), ('02lYP', 'c 3 abcdcd'), ('02lY', 'c 2 abcd'),
            ('0y2lP', 'c 1 ababcd'), ('0DP', 'c 3 abcd'), ('0xp', 'c 1 bacd'), ('0x2p', 'c 2 baacd'), ('0x2P', 'c 1 aabcd')))
        t.all((WORDS, *row) for row in (
            ('0dw', 'c 0 cd-e f'), ('0d2w', 'c 0 -e f'), ('02de', 'c 0 -e f'), ('db', 'c 6 ab cd-f'), ('dd', 'c 0 '), ('0wD', 'c 2 ab '),
            ('0d9w', 'c 0 '), ('0dfd', 'c 0 -e f'), ('0dtd', 'c 0 d-e f'), ('dB', 'c 3 ab f'), ('0dW', 'c 0 cd-e f'), ('0dE', 'c 0  cd-e f'),
            ('d0', 'c 0 f'), ('d^', 'c 0 f'), ('0d$', 'c 0 '), ('dh', 'c 7 ab cd-ef'), ('0dl', 'c 0 b cd-e f'), ('d|', 'c 0 f'),
            ('0dz', f'c 0 {WORDS}', True), ('0yz', f'c 0 {WORDS}', True), ('0dfz', f'c 0 {WORDS}', True), ('0ywP', f'c 2 ab {WORDS}'),
            ('yb', f'c 8 {WORDS}')))
        t.keys('', 'x', 'c 0 ', True)


@editing('vi: . repeats the last command, with its count or another')
def _():
    with Vi() as t:
        t.all([('abcdefgh', '0x.', 'c 0 cdefgh'), ('abcdefgh', '02x.', 'c 0 efgh'), ('abcdefgh', '02x3.', 'c 0 fgh'),
               ('ab cd ef gh', '0dw.', 'c 0 ef gh'), ('ab cd ef gh', '0dw2.', 'c 0 gh'), ('abc abc', '0rXl.', 'c 1 XXc abc'),
               ('abc', '0iX\x1b..', 'c 0 XXXabc'), ('abc', '0aX\x1b.', 'c 2 aXXbc'), ('ab cd ef', '0cwX\x1bw.', 'c 2 X X ef'),
               ('abc abc', '0fbx;.', 'c 4 ac ac'), ('abc', '0~.', 'c 2 ABc'), ('abc', '0AX\x1b.', 'c 4 abcXX'), ('abc', '0CX\x1b0.', 'c 0 X'),
               ('abc def', '0fcCX\x1b0.', 'c 0 X')])
        t.keys('abc', '0x', 'c 0 bc')
        t.keys('xyz', '0.', 'c 0 yz')  # also on another line


@editing('vi: u and U take back what was changed, not the line from the history')
def _():
    with Vi() as t:
        t.all([('abcd', 'xu$', 'c 3 abcd'), ('abcd', '0xxu0', 'c 0 bcd'), ('abcd', '0xxU', 'c 0 abcd'), ('abcd', '0dwiXY\x1bU', 'c 0 abcd'),
               ('', 'kxU', f'c 0 {OLD[3]}'), ('', 'kxxuu0', f'c 0 {OLD[3]}'), ('', 'kxxuuu0', f'c 0 {OLD[3]}'), ('', 'kU', f'c 0 {OLD[3]}'),
               ('abc', 'C\x1bu', 'c 2 abc')])


@editing('vi: k - j + G in the history')
def _():
    with Vi() as t:
        t.all([('new', 'k', f'c 0 {OLD[3]}'), ('new', '-', f'c 0 {OLD[3]}'), ('', '2k', f'c 0 {OLD[2]}'), ('', '4k', f'c 0 {OLD[0]}'),
               ('abc', '9k', 'c 2 abc', True), ('', '5-', 'c 0 ', True), ('', '4kk', f'c 0 {OLD[0]}', True), ('', '2k3-', f'c 0 {OLD[2]}', True),
               ('', '3kj', f'c 0 {OLD[2]}'), ('', '4k2j', f'c 0 {OLD[2]}'), ('', '4k2+', f'c 0 {OLD[2]}'), ('', 'j', 'c 0 ', True),
               ('', 'k9j', 'c 0 ', True), ('', 'G', f'c 0 {OLD[0]}'), ('', '2G', f'c 0 {OLD[1]}'), ('', '2G3G', f'c 0 {OLD[2]}'),
               ('', '3G1G', f'c 0 {OLD[0]}'), ('', 'kG', f'c 0 {OLD[0]}'), ('abc', '99G', 'c 2 abc', True)])
        t.type('typed\x1b2k9j')
        equal(t.tell()[0][4:], 'typed', 'line')


@editing('vi: / ? n N search with patterns')
def _():
    with Vi() as t:
        t.all([('abc', '/\r', 'c 2 abc', True), ('abc', 'n', 'c 2 abc', True), ('abc', 'x/\r', 'c 1 ab', True), ('abc', '/zzz\r', 'c 2 abc', True),
               ('', '/echo\r', f'c 0 {OLD[2]}'), ('', '/echo\rn', f'c 0 {OLD[0]}'), ('', '/echo\rnn', f'c 0 {OLD[0]}', True),
               ('', '/echo\rnN', f'c 0 {OLD[2]}'), ('', '/echo\r/\r', f'c 0 {OLD[0]}'), ('', '/t?ree\r', f'c 0 {OLD[2]}'),
               ('', '/^ls\r', f'c 0 {OLD[1]}'), ('', '/^o\r', 'c 0 ', True), ('', '/l[sz] t\r', f'c 0 {OLD[1]}'), ('', '/t*o\r', f'c 0 {OLD[3]}'),
               ('', '4k?echo\r', f'c 0 {OLD[2]}'), ('', '4k?echo\rN', f'c 0 {OLD[0]}'), ('', '4k?[et]\rn', f'c 0 {OLD[2]}')])


@editing('vi: _ appends a bigword of the line before')
def _():
    with Vi() as t:
        t.all([('a', '_', 'i 6 a last'), ('ab', '0_', 'i 6 a lastb'), ('a', '1_', 'i 5 a cat'), ('ab', '0_X', 'i 7 a lastXb'),
               ('a', '9_', 'c 0 a', True)])


@editing('vi: @ types what the alias _letter says')
def _():
    with Vi("alias _a=Xnew _b='0Ix\x1b' _c='cwnew\x1b' _d='0@b@b' _e=@e _f=") as t:
        t.all([('abc', '@b', 'c 0 xabc'), ('abc', '@z', 'c 2 abc', False), ('ab', '@bl@b', 'c 0 xxab'), (WORDS, '0@c', 'c 2 new cd-e f'),
               ('abc', '@d', 'c 0 xxabc'), ('abc', '@e', 'c 2 abc', True), ('abc', '@f', 'c 2 abc', False)])


def files():
    for name in ('file1', 'file2', 'other', 'a b', 'ae'):
        write(name, '')
    os.mkdir('folder')


@editing('vi: \\ completes the bigword to what is common to the pathnames')
def _():
    files()
    with Vi() as t:
        t.all([('echo fi', '\\', 'i 9 echo file'), ('echo ot', '\\', 'i 11 echo other '), ('echo fo', '\\', 'i 12 echo folder/'),
               ('echo o*r', '\\', 'i 11 echo other '), ('echo ot x', '0w\\', 'i 11 echo other  x'), ('echo a\\ ', 'h\\', 'i 10 echo a\\ b '),
               ('echo zz', '\\', 'c 6 echo zz', True), ('echo $(touch no)fi', '\\', 'c 17 echo $(touch no)fi', True),
               ('echo `>no`', '\\', 'c 9 echo `>no`', True), ('echo ${x:=y}', '\\', 'c 11 echo ${x:=y}', True)])
        expect(not os.path.exists('no'), 'a substitution ran')


@editing('vi: * puts all pathnames in the place of the bigword')
def _():
    files()
    with Vi('set -f') as t:
        t.all([('echo fi', '*', 'i 16 echo file1 file2'), ('echo fi x', '0w*', 'i 16 echo file1 file2 x'), ('echo *[1r]', '*', 'i 23 echo file1 folder other'),
               ('echo a', '*', 'i 12 echo a\\ b ae'), ('echo ~/fi', '*', f'i {18 + 2 * len(os.getcwd())} echo {os.getcwd()}/file1 {os.getcwd()}/file2'),
               ('echo zz', '*', 'c 6 echo zz', True), ('echo "x', '*', 'c 6 echo "x', True)])


@editing('vi: = lists what the bigword can become')
def _():
    files()
    with Vi() as t:
        for text, keys, names in (('echo fi', '=', 'file1  file2'), ('echo ot', '0w=', 'other'), ('echo f', '=', 'file1    file2    folder/'),
                                  ('echo *r', '=', 'folder/  other')):
            t.type(f'{text}\x1b{keys}')
            t.expect(names)
            t.expect(PS1)
            equal(t.tell()[0], f'c {5 if "w" in keys else len(text) - 1} {text}', text)
            t.drop()
        t.keys('echo zz', '=', 'c 6 echo zz', True)


@editing('vi: # keeps the line as a comment, Ctrl-L draws it again, Enter and Ctrl-J run it')
def _():
    with Vi() as t:
        t.type('echo kept\x1bhh#')
        t.expect(re.compile('#echo kept.*\n' + PS1))
        expect('\t#echo kept\n' in t.run('fc -ln -1'), t.log)
        t.keys('abc', '0\x0c', 'c 0 abc')
        for key in ('\r', '\n'):
            t.type('echo r""un\x1b0' + key)
            t.expect('run\n' + PS1)


@editing('vi: v edits the line, with a number that of the history')
def _():
    write('edit', '#!/bin/sh\ncp "$1" seen\nprintf "echo ed\'\'ited\\n" >"$1"\n', 0o755)
    with Vi(VISUAL='./edit') as t:
        t.type('echo now\x1bv')
        t.expect('edited\n' + PS1)
        equal(read('seen'), b'echo now\n', 'the line')
        t.type('echo now\x1b2v')
        t.expect('edited\n' + PS1)
        equal(read('seen'), b'ls two\n', 'the second')
        t.keys('echo now', '99v', 'c 7 echo now', True)
        equal(t.run('fc -ln -1').count("echo ed''ited\n"), 1, 'history')


@editing('vi: Ctrl-C drops the line also where a motion or a letter is awaited')
def _():
    with Vi() as t:
        for keys in ('d', 'c', 'y', '@', '3'):
            t.type('echo no\x1b' + keys)
            t.drop()
            equal(t.tell()[0], 'i 0 ', keys)


@editing('vi: f and ; with a null byte in the line do not hang')
def _():
    with Vi(LC_ALL='C.UTF-8') as t:
        t.type('a\x16\x00b c\x1bFa0fc;tc$Ta\x03')
        t.expect('^C')
        t.expect(PS1)
        t.keys('abc', '0fc', 'c 2 abc')


@editing('the characters of stty: erase, kill, werase, lnext, intr, eof')
def _():
    for mode in ('emacs', 'vi'):
        with Editor('-o', mode) as t:
            t.run('stty erase X kill Y intr % eof @ werase W lnext ^')
            for keys, printed in (('echo abX', 'a'), ('echo no Yecho yes', 'yes'), ('echo a bWc', 'a c'), ('echo ^Xb^%^^', 'Xb%^')):
                t.type(keys + '\r')
                t.expect(f'\n{printed}\n{PS1}')
            t.type('echo no%')
            t.expect('^C')
            t.expect(PS1)
            t.check('echo $?', '130\n')
            t.type('@')
            t.ended(0)
