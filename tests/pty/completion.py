"""completion.py -- Tab: what users define, options, bash's completions, limits, and that nothing is left behind."""
import fcntl
import os
import re
import struct
import subprocess
import termios
import time

from interactive import HAS_READLINE, Editor, editing
from suite import case, children_of, equal, expect, is_sanitized, read, write
from terminal import PS1, Stat, until


class Wide(Editor):
    """Its lines are not cut."""

    def __init__(self, *args, **how):
        super().__init__(*args, before=lambda: fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 500, 0, 0)), **how)


def becomes(t, keys, wanted):
    """The line after the keys, byte for byte: a here-document shows it."""
    t.type(f"{keys}\x05|\x01cat <<'EOF'\x16\n\x05\x16\nEOF\r")
    t.expect('EOF')
    t.expect(PS1 if wanted is None else wanted + '|\n')
    if wanted is not None:
        t.expect(PS1)


def completes(t, typed, wanted):
    becomes(t, typed + '\t', wanted)


def all_complete(t, table):
    for typed, wanted in table:
        completes(t, typed, wanted)


# ---- complete and compgen ----

@editing('complete: words, actions, options')
def _():
    os.makedirs('folder')
    for name in ('file.gz', 'file.txt', 'other.gz'):
        write(name, '')
    with Wide() as t:
        t.run("complete -W 'start stop restart' service; complete -d cd2; complete -f -X '!*.gz' gunzip2")
        t.run("complete -A signal sig; complete -u user2; complete -v var; complete -o nospace -W 'a= bb' ns")
        t.run("complete -W 'x y' -o default words-or-files; complete -W 'only' words; complete -o dirnames -W zz dirs")
        t.run("complete -W 'two:parts --long=x' odd; own_variable=1")
        all_complete(t, (('service sta', 'service start '), ('service s', 'service st'), ('cd2 fo', 'cd2 folder/'), ('cd2 fi', 'cd2 fi'),
                         ('gunzip2 file', 'gunzip2 file.gz '), ('gunzip2 fo', 'gunzip2 folder/'), ('sig WIN', 'sig WINCH '),
                         ('user2 roo', 'user2 root '), ('var own_v', 'var own_variable '), ('ns b', 'ns bb'), ('ns a', 'ns a='),
                         ('words-or-files oth', 'words-or-files other.gz '), ('words oth', 'words oth'), ('dirs fo', 'dirs folder/'),
                         ('odd two:p', 'odd two:parts '), ('odd --long=', 'odd --long=x '), ('sudo service sta', 'sudo service start '),
                         ("service 'sta", "service 'start' "), ('/sbin/service sta', '/sbin/service start ')))


@editing('complete: -p reads back, -r forgets, errors, a subshell')
def _():
    with Wide() as t:
        t.run("complete -o nospace -f -A user -W 'a b' -F fun -X '*.o' one two")
        line = "complete -o nospace -A file -A user -W 'a b' -X '*.o' -F fun -- "
        t.check('complete', f'{line}one\n{line}two\n')
        t.check('complete -p two', f'{line}two\n')
        t.check('complete -p two >saved; complete -r two; . ./saved; complete -p', f'{line}one\n{line}two\n')
        t.check('(complete -W x sub; complete -p sub); complete -p sub', 'complete -W x -- sub\nswish: complete: sub: no completion\n')
        t.check('complete -r one two; complete -r one; echo $?; complete', 'swish: complete: one: no completion\n1\n')
        t.check('complete -A nope x; echo $?', 'swish: complete: nope: invalid action name\n2\n')
        t.check('complete -o nope x; echo $?', 'swish: complete: nope: invalid option name\n2\n')
        t.check('complete -W x; echo $?', 'swish: complete: a name is required\n2\n')
        t.check("compgen -W 'start stop other' st; compgen -W x y; echo $?", 'start\nstop\n1\n')
        write('file1', '')
        os.makedirs('dir1/in')
        t.check('compgen -f fi; compgen -d ./d; compgen -f dir1/; compgen -k whi; compgen -b unali; compgen -A signal WIN',
                'file1\n./dir1\ndir1/in\nwhile\nunalias\nWINCH\n')


@editing('complete: -C, -G, -P, -S, -D, -E, -I, and words that are expanded')
def _():
    os.makedirs('dir/sub')
    for name in ('a.c', 'b.c', 'c.txt', 'dir/in.c', 'sub folder.txt'):
        write(name, '')
    with Wide('+o', 'bashcompletion') as t:
        t.run("own=alpha; complete -W '$own be\\ ta \"gam ma\" $(echo delta epsilon)' wordy; complete -G '*.c' globs; complete -P + -S = -W 'one two' around")
        t.run("complete -C 'printf \"%s\\n\" commanded; echo' com; complete -o plusdirs -W dword plus; complete -f -X '!*.txt' text; complete -X '&*' -W 'aa bb' -o default amp")
        t.run("complete -o noquote -o nospace -W '\"\\$x\"' raw; complete -o nosort -W 'zz yy' unsorted")
        all_complete(t, (('wordy al', 'wordy alpha '), ('wordy be', 'wordy be\\ ta '), ('wordy ga', 'wordy gam\\ ma '), ('wordy ep', 'wordy epsilon '),
                         ('globs a', 'globs a.c '), ('globs x', 'globs x'), ('around on', 'around +one= '), ('com comm', 'com commanded '),
                         ('plus di', 'plus dir/'), ('plus dw', 'plus dword '), ('plus dir/s', 'plus dir/sub/'), ('text c', 'text c.txt '), ('text di', 'text dir/'),
                         ('amp b', 'amp b.c '), ('raw \\$', 'raw $x')))
        t.type('unsorted \t\t')
        t.expect(re.compile('zz +yy'))
        t.control('u')
        t.run("complete -D -W 'dee default'; complete -E -W 'empty'; complete -I -W 'initially'")
        all_complete(t, (('unknown de', 'unknown de'), ('unknown def', 'unknown default '), ('unknown a', 'unknown a.c '), ('kill -s WIN', 'kill -s WINCH '),
                         ('', 'empty '), ('true; ini', 'true; initially '), ('unali', 'unalias '), ('wordy al', 'wordy alpha ')))
        t.check('complete -p -D; complete -r -DE; complete -p -E -D; complete -p -E; complete -p -I', "complete -W 'dee default' -D\nswish: complete: -D: no completion\n"
                'complete -W empty -E\n'                'complete -W initially -I\n')
        t.check("complete -W x -S ' y' -P '$' -C 'a b' -G '*' z; complete -p z", "complete -G '*' -W x -P '$' -S ' y' -C 'a b' -- z\n")
        t.check('complete z; complete -p z', 'complete -- z\n')


@editing('complete -F: 124 asks again, compopt, names that do not begin with the word')
def _():
    os.makedirs('some folder')
    with Wide('+o', 'bashcompletion') as t:
        t.run('load() { eval "_$1() { COMPREPLY=loaded-$1; }"; complete -F _$1 $1; return 124; }; complete -D -F load')
        completes(t, 'anything lo', 'anything loaded-anything ')
        t.run('again() { return 124; }; complete -F again again; opt() { compopt -o nospace +o default; COMPREPLY=$2x; }; complete -o default -F opt opt')
        t.run('fold() { compopt -o filenames; COMPREPLY=$(compgen -d -- "$2"); }; complete -F fold fold; fuzzy() { COMPREPLY=README; }; complete -F fuzzy fuzzy')
        t.run('many() { COMPREPLY=$(printf "start\\nstop"); }; complete -F many many; slash() { compopt -o nospace; COMPREPLY=$(compgen -d -S / -- "$2"); }; complete -F slash slash')
        all_complete(t, (('again x', 'again x'), ('opt a', 'opt ax'), ('fold so', 'fold some\\ folder/'), ('fuzzy read', 'fuzzy README '),
                         ('many res', 'many res'), ('many s', 'many st'), ('many sto', 'many stop '), ('slash so', 'slash some\\ folder/')))
        t.check('compopt -o nospace; echo $?', 'swish: compopt: nothing is being completed\n1\n')
        t.check('compopt -o nosort -o nospace many; complete -p many; compopt +o nosort many; complete -p many; compopt -o x many; compopt -o nospace never',
                'complete -o nosort -o nospace -F many -- many\ncomplete -o nospace -F many -- many\nswish: compopt: x: invalid option name\n'
                'swish: compopt: never: no completion\n')
        t.check('compopt many', 'compopt +o bashdefault +o default +o dirnames +o filenames +o noquote +o nosort -o nospace +o plusdirs -- many\n')


@editing('compgen: as bash has it')
def _():
    os.makedirs('dd/in')
    for name in ('a.c', 'b.c', 'c.txt'):
        write(name, '')
    rows = ("-G '*.c' x", "-G 'no*'", "-P x -S y -W 'abc abd zz' a", '-o plusdirs -W dzz d', '-o dirnames -W abc d', '-o default -W abc d', "-X 'a*' -P x -W 'abc bcd'",
            "-X '&*' -W 'abc bcd' a", '-W \'$v "c d" e\\ f $(echo g h) *.c ~ x;y a&b #c\'', "-W '`echo q` $((1+2)) \"a'", '-W "it\'s"',
            "-C 'printf \"%s\\n\" one two oops; echo args' o", '-A enabled unal', '-A arrayvar x', '-A disabled', '-s smtp', '-W "b a b"', "-W '-x -y' -- -x",
            '-f -o filenames dd/', '-d -S / d', "-f -X '!*.c'", '-k whi', '-W "${v:+x y}" y', "-W '${v:+x y}' y", "-W 'a:b c=d'")
    with Wide() as t:
        t.run("v='a b'")
        for row in rows:
            done = subprocess.run(['bash', '--norc', '-c', f"v='a b'; compgen {row}; echo $?"], env={'HOME': os.getcwd(), 'PATH': '/usr/bin:/bin'},
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
            equal(sorted(t.run(f'compgen {row}; echo $?').splitlines()), sorted(done.stdout.decode().splitlines()), row)
        t.check("IFS=:; compgen -W 'a b:c d:$v:;x'; unset IFS", 'a b\nc d\na b\n;x\n')
        t.check('f() { COMPREPLY="$1-$2-$3"; }; compgen -F f word', 'compgen-word-\n')
        t.check('compgen -o nope; compgen -A nope; echo $?', 'swish: compgen: nope: invalid option name\nswish: compgen: nope: invalid action name\n2\n')
        t.run('sleep 100 &')
        t.check('compgen -j; compgen -A running; compgen -A stopped; kill %1', 'sleep\nsleep\n')


@editing('complete -F: what the function is told, and what it says')
def _():
    with Wide() as t:
        t.run('tell() { printf "%s|" "$@" "$COMP_LINE" "$COMP_POINT" "$COMP_CWORD" >told; COMPREPLY=$(printf "reply one\\nreply two"); }')
        t.run('complete -F tell tell-me')
        completes(t, 'true; tell-me a "b c" re', 'true; tell-me a "b c" reply\\ ')
        equal(read('told').decode(), 'tell-me|re|b c|tell-me a "b c" re|18|3|', 'arguments')
        completes(t, 'tell-me ', 'tell-me reply\\ ')
        equal(read('told').decode(), 'tell-me||tell-me|tell-me |8|1|', 'arguments')
        completes(t, 'tell-me "reply o', 'tell-me "reply one" ')
        t.run('gen() { COMPREPLY=$(compgen -W "alpha beta" -- "$2"); }; complete -F gen -o nospace gen')
        completes(t, 'gen a', 'gen alpha')
        t.run('path() { COMPREPLY=$(compgen -f -- "$2"); }; complete -F path path')
        write('it is', '')
        write("no'te", '')
        all_complete(t, (('path it', 'path it\\ is '), ('path ~/n', "path ~/no\\'te "), ('path ./no', "path ./no\\'te ")))


@editing('complete -F: the shell stays as it was, errors are shown harmlessly')
def _():
    with Wide() as t:
        t.run('bad() { cd /; x=changed; set -- 1 2; nope-nope; printf "\\033]0;t\\007" >&2; exit 3; }; complete -F bad bad')
        t.run('x=1; (exit 7)')
        t.type('bad \t')
        t.expect('nope-nope: not found\n')
        t.expect('\\033]0;t\\007')
        t.control('u')
        t.check('echo "$? $x $PWD"', f'7 1 {os.getcwd()}\n')
        t.run('complete -F absent absent')
        t.type('absent \t')
        t.expect('absent: no such function')
        t.control('u')
        t.run("trap 'echo child' CHLD; sleep 0 & wait")
        t.type('bad \t')
        t.expect('nope-nope: not found\n')
        t.control('u')
        t.run('quiet() { /bin/true; COMPREPLY=quietly; }; complete -F quiet quiet')
        count = t.log.count('\nchild\n')
        t.type('quiet \t')
        t.expect('quietly')
        t.control('u')
        t.check('jobs', '')
        equal(t.log.count('\nchild\n'), count, 'actions of CHLD')


@editing('complete -F: a time limit, Ctrl-C, no terminal to read from')
def _():
    with Wide() as t:
        t.run('slow() { sleep 1000; COMPREPLY=slowly; }; complete -F slow slow')
        t.type('slow x\t')
        child = t.process('sleep')
        t.control('c')
        until('it is killed', lambda: not t.named('sleep'))
        t.type('\x01echo \r')  # the line is still there
        t.expect('\nslow x\n' + PS1)
        began = time.monotonic()
        t.type('slow \t')
        t.process('sleep')
        until('it is killed', lambda: not t.named('sleep'))
        expect(time.monotonic() - began < 10, 'limit')
        t.control('u')
        t.alive()
        t.run('reads() { read -r line; read -r other </dev/tty; COMPREPLY="got$line"; }; complete -F reads reads')
        completes(t, 'reads g', 'reads got ')
        expect(child.pid not in [pid for pid, _ in children_of(t.pid)], 'a child is left')


@editing('compgen leaves nothing of COMP_LINE behind, runs the command around it once, and ends with Ctrl-C')
def _():
    with Wide() as t:
        t.run('f() { COMPREPLY=$COMP_KEY; times >times; }')
        t.check('COMPREPLY=mine; compgen -F f; compgen -C \'echo $COMP_KEY; :\'; env | grep COMP; echo $COMPREPLY', '9\n9\nmine\n')
        t.run('set +m')
        t.check('x=$(compgen -F f; echo $(echo once) >>log); echo $x', '9\n')
        t.check('(compgen -F f; echo twice >>log); cat log', '9\nonce\ntwice\n')
        t.run('set -m; g() { sleep 100; }')
        for call, sleeps in (('-F g', t.foreground), ('-C "sleep 100;"', lambda: t.process('sleep')),
                             ("-W '$(sleep 100)'", lambda: t.process('sleep'))):
            t.type(f'compgen {call}; echo no\r')
            t.expect('no\n')
            sleeps()
            t.interrupt()


@editing('the word before a tilde is empty')
def _():
    with Editor() as t:
        t.run("complete -o nosort -W '~a b' foo")
        t.type('foo ~x\x02\x02\t\t')
        t.expect('~a  b')
        t.type('\x15\x0b')


# ---- every kind of word ----

KINDS = {
    'files': (('cat ./-d', 'cat ./-dash '), ('cat -- -d', 'cat -- -dash '), ('cat \\~ti', 'cat \\~tilde '), ('cat a', 'cat a\\[1]b '),
              ('cat new', "cat $'new\\nline' "), ("cat 'nq", "cat ''$'nq\\001c' "), ('cat star', 'cat star\\*x '), ('cat sem', 'cat semi\\;x '),
              ('cat eq', 'cat eq=x '), ('cat \\"', 'cat \\"dq '), ('cat \\`', 'cat \\`bq '), ('cat ün', 'cat ünï '),
              ('cat \\(', 'cat \\(par '), ('cat \\!', 'cat \\!bang '), ('cat "!', 'cat ""\\!"bang" '), ('cat "other/de', 'cat "other/deep file" '),
              ('cat //usr/bi', 'cat //usr/bin/'), ('cat other/../oth', 'cat other/../other/')),
    'places': (('echo x >oth', 'echo x >other/'), ('echo 2>>oth', 'echo 2>>other/'), ('echo >|oth', 'echo >|other/'), ('echo x <>oth', 'echo x <>other/'),
               ('echo `unali', 'echo `unalias '), ('echo "$(cat oth', 'echo "$(cat other/'), ('for x in oth', 'for x in other/'), ('case oth', 'case other/'),
               ('if [ -d oth', 'if [ -d other/'), ('{ unali', '{ unalias '), ('( unali', '( unalias '), ('! unali', '! unalias '),
               ('true | unali', 'true | unalias '), ('true & unali', 'true & unalias '), ('while unali', 'while unalias '), ('. oth', '. other/'),
               ('X=1 cat oth', 'X=1 cat other/'), ('dd if=oth', 'dd if=other/'), ('export X=/usr:oth', 'export X=/usr:other/'),
               ('cat <<oth', 'cat <<oth'), ('time unali', 'time unalias '), ('git -C oth', 'git -C other/'), ('./oth', './other/')),
    'arguments': (('sudo -u root unali', 'sudo -u root unalias '), ('env X=1 unali', 'env X=1 unalias '), ('timeout 3 unali', 'timeout 3 unalias '),
                  ('nice -n 3 unali', 'nice -n 3 unalias '), ('xargs -n 1 unali', 'xargs -n 1 unalias '), ('sudo kill -s WIN', 'sudo kill -s WINCH '),
                  ('kill -WIN', 'kill -WINCH '), ('wait %', 'wait %1 '), ('fg %', 'fg %1 '), ('unset -f myf', 'unset -f myfun '), ('help unali', 'help unalias '),
                  ('cd pla', 'cd place/'), ('cd ./pla', 'cd ./pla'), ('cd place/in', 'cd place/inner/'), ('ssh exa', 'ssh example.org '),
                  ('ssh root@exa', 'ssh root@example.org '), ('complete -A sign', 'complete -A signal '), ('set +o histe', 'set +o histexpand '),
                  ('g chec', 'g checkout '), ('g switc', 'g switch '), ('command -v unali', 'command -v unalias ')),
}


def every_kind():
    for name in ('-dash', '~tilde', 'a[1]b', 'new\nline', 'nq\x01c', 'star*x', 'semi;x', 'eq=x', '"dq', '`bq', 'ünï', '(par', '!bang'):
        write(name, '')
    for folder in ('other', 'far/place/inner', '.ssh'):
        os.makedirs(folder)
    write('other/deep file', '')
    write('.ssh/known_hosts', '[example.org]:22,192.0.2.7 ssh-ed25519 AAAA\n')


if HAS_READLINE:
    for what, table in KINDS.items():
        @case(f'completion of every kind: {what}')
        def _(table=table):
            every_kind()
            with Wide('+o', 'bashcompletion', env={'CDPATH': 'far', 'LC_ALL': 'C.UTF-8'}) as t:
                t.run('myfun() { :; }; alias g=git; sleep 100 &')
                all_complete(t, table)


@editing('all at once, one after the other, and a list')
def _():
    for name in ('one file', 'one $x', "one'", 'two'):
        write(name, '')
    with Wide() as t:
        becomes(t, 'cat on\x1b*', "cat one\\ \\$x one\\ file one\\' ")
        becomes(t, 'cat tw\x1b*', 'cat two ')
        becomes(t, ': "./on\x1b*', ': "./one \\$x" "./one file" "./one\'" ')
        t.run("""bind '"\\C-xm": menu-complete' '"\\C-xo": old-menu-complete'""")
        becomes(t, 'cat on\x18m', 'cat one\\ \\$x ')
        becomes(t, 'cat on\x18m\x18m', 'cat one\\ file ')
        becomes(t, 'cat on\x18o\x18o', 'cat one\\ file ')
        becomes(t, 'cat tw\x18m', 'cat two ')
        for keys in ('\x1b?', '\t\t'):
            t.type('cat one' + keys)
            t.expect("\none $x    one file  one'      \n" + PS1)
            t.control('u')
        t.run("bind 'set show-all-if-ambiguous on'")
        t.type('cat \t')
        t.expect(re.compile(r"one \$x +one file +one' +two *\n" + PS1))
        becomes(t, '\x15cat tw\t', 'cat two ')


@editing('names of readline functions and keymaps, abbreviations, folders with autocd')
def _():
    os.makedirs('unaware folder')
    write('revert.inputrc', '')
    with Wide('+o', 'bashcompletion') as t:
        t.run("abbr gco='git checkout' other=x")
        all_complete(t, (('bind -q old-men', 'bind -q old-menu-complete '), ('bind -m vi-com', 'bind -m vi-command '),
                         ('bind -f rev', 'bind -f revert.inputrc '), ("bind '\"\\C-x\": old-men", "bind '\"\\C-x\": old-menu-complete' "),
                         ("bind '\"\\C-x\":old-men", "bind '\"\\C-x\":old-menu-complete' "), ("bind 'old-m", "bind 'old-menu-complete' "),
                         ('abbr -d gc', 'abbr -d gco '), ('abbr o', 'abbr other '), ('unaw', 'unaware\\ folder/'), ('una', 'una')))
        t.run('set -o autocd')
        all_complete(t, (('unaw', 'unaware\\ folder/'), ('true; "unaw', 'true; "unaware folder/'), ('unal', 'unalias '), ('una', 'una')))
        t.type('una\t\t')
        t.expect('unaware folder/')


HOSTILE = (b' lead', b'trail ', b"it's", b'dq"x', b'bs\\', b'nl\nx', b'\n', b'esc\x1b]0;evil\x07', b'inv\xffalid', b'\xc3half', b'\xe2\x82', b'\xc2\x9b31m', b'-rf',
           b'--opt=val', b'~', b'~root', b'$HOME', b'$(touch pwn)', b'`touch pwn`', b'*', b'[x]', b'{a,b}', b'#x', b'!!', b'x!y', b'^a^b', b'a;b', b'a&b|c<d>(e)',
           b'tab\tx', b'\x7f', b"q'\x01'q", b'd"$`\\\x02', b'x\\\n y', b'%s', b'=x', b'a=~b', 'ünï 日本'.encode(), b'x' * 255)


@editing('hostile names come out as they are, in every quote and place')
def _():
    for number, name in enumerate(HOSTILE):
        os.mkdir(f'd{number}')
        write(os.fsencode(f'd{number}/') + name, '')
    places = ('put d%/\t', 'put "d%/\t', "put 'd%/\t", 'V=d%/\t; put "$V"', 'V="d%/\t; put "$V"', 'put --opt=d%/\t', 'put "--opt=d%/\t', "put '--opt=d%/\t",
              'put "$PWD/d%/\t', 'put ~/"d%/\t', 'put "$(printf %%s "d%/\t)"', 'put "`printf %%s d%/\t`"', 'put x >d%/\t')
    with Wide('+o', 'bashcompletion', '+o', 'histexpand', env={'LC_ALL': 'C.UTF-8'}) as t:
        home = os.getcwd()
        t.run(f"put() {{ printf '%s\\0' \"$@\" >{home}/out; }}")
        for number, name in enumerate(HOSTILE):
            for place in places:
                t.type(f"{place.replace('%%', chr(0)).replace('%', str(number)).replace(chr(0), '%')}\r")
                t.expect(PS1)
                path = os.fsencode(f'd{number}/') + name
                wanted = path
                if '--opt' in place:
                    wanted = b'--opt=' + path
                elif '$PWD' in place or '~' in place:
                    wanted = os.fsencode(home) + b'/' + path
                elif '>' in place:
                    wanted = b'x'
                if 'printf' in place:
                    wanted = wanted.rstrip(b'\n')
                equal(read('out'), wanted + b'\0', f'{place} {name}')
                os.unlink('out')
            equal(os.listdir(os.fsencode(f'd{number}')), [name], 'what > made')
        expect('\x1b]' not in t.log and not os.path.exists('pwn'), 'a name had its way')


@editing('the history takes no ! out of a name in quotes inside of quotes')
def _():
    write('x!%a', 'single\n')
    write('y!%\n', 'dollar\n')
    with Wide() as t:
        t.run('echo event')
        for typed, wanted in (("'x", 'single'), ('y', 'dollar'), ('"y', 'dollar')):
            t.type(f'echo "$(cat {typed}\t)"\r')
            t.expect(f'\n{wanted}\n{PS1}')


# ---- options ----

MAN = r'''.TH OWN 1
.SH OPTIONS
.TP
\fB\-a\fR, \fB\-\-all\-of\-it\fR
take all of it, \fB\-\-nothing\fR left,
whatever it is and
however long this goes on
.TP
.BR \-b ", " \-\-block\-size= \fISIZE\fR
blocks
.PP
\-\-colour[=WHEN], \-\-color[=WHEN]
.RS 4
colours\&.
.RE
In the text
\-\-no\-option is none.
.IP "\fB\-\-quoted\fR" 4
.IX Item "x"
\(aqpod\(aq
'''
MDOC = '''.Dd today
.Bl -tag
.It Fl x , Fl -extra Ns = Ns Ar file
More of it.
.It Fl y | Fl -yes
.Nm
says yes.
.El
'''


def tool(name):
    os.makedirs('bin', exist_ok=True)
    write(f'bin/{name}', '#!/bin/sh\necho ran >>ran\n', 0o755)


def own_tools():
    """Programs that leave a trace when they run, and their pages."""
    os.makedirs('man/man1')
    os.makedirs('man/man8')
    for name in ('own', 'own-sub', 'packed', 'mdoc', 'linked', 'pageless', 'ls'):
        tool(name)
    write('man/man1/own.1', MAN)
    write('man/man1/own-sub.1', '.TP\n\\-\\-subordinate\nnote\n')
    write('man/man1/linked.1', '.so man1/own.1\n')
    write('man/man1/packed.1', MAN.replace('all', 'packed'))
    subprocess.run(['gzip', 'man/man1/packed.1'], check=True)
    write('man/man8/mdoc.8', MDOC)
    return {'PATH': os.path.abspath('bin') + ':/usr/bin:/bin', 'MANPATH': os.path.abspath('man')}


def tabbed(t, typed, text):
    """Two Tabs list what there is, with the text in it. The first may only have begun to make the list."""
    def look():
        t.type(typed + '\t\t')
        until('it lists, or not', lambda: t.pump(0.3) and True)
        found = text in t.output
        t.output = ''
        t.type('\x15')
        return found
    until(f'{typed} lists {text}', look)


def soon_completes(t, typed, wanted):
    """As completes; until what works in the background has come that far."""
    def look():
        t.type(f"{typed}\t\x05|\x01cat <<'EOF'\x16\n\x05\x16\nEOF\r")
        t.expect('<2>EOF\n')
        return t.expect(PS1) == wanted + '|\n'
    until(f'{typed} becomes {wanted}', look)


@editing('options come from manual pages, with what they say')
def _():
    with Wide('+o', 'bashcompletion', env=own_tools()) as t:
        soon_completes(t, 'own --al', 'own --all-of-it ')
        all_complete(t, (('own --bl', 'own --block-size='), ('own --colo', 'own --colo'), ('own --color', 'own --color '), ('own --qu', 'own --quoted '),
                         ('own --no', 'own --no'), ('sudo own x --al', 'sudo own x --all-of-it '),
                         ('./bin/own --al', './bin/own --all-of-it '), ('own --', 'own --')))
        soon_completes(t, 'own sub --sub', 'own sub --subordinate ')
        soon_completes(t, 'packed --p', 'packed --packed-of-it ')
        soon_completes(t, 'mdoc --e', 'mdoc --extra=')
        soon_completes(t, 'linked --al', 'linked --all-of-it ')
        completes(t, 'mdoc --y', 'mdoc --yes ')
        tabbed(t, 'own -', '-a  (take all of it, --nothing left,')
        tabbed(t, 'mdoc -', '--yes  (says yes.)')
        expect(not os.path.exists('ran'), 'a program was run')


@editing('options are kept in a file, made anew when the page changes')
def _():
    env = own_tools()
    kept = '.cache/swish/options/own'
    with Wide('+o', 'bashcompletion', env=env) as t:
        soon_completes(t, 'own --al', 'own --all-of-it ')
        equal((os.stat(kept).st_mode & 0o777, os.stat('.cache/swish/options').st_mode & 0o777), (0o600, 0o700), 'modes')
        equal(os.listdir('.cache/swish/options'), ['own'], 'files')
        text = read(kept).decode()
        write(kept, text.replace('--all-of-it', '--kept-here'))
        completes(t, 'own --k', 'own --kept-here ')
        write('man/man1/own.1', MAN + '.TP\n\\-\\-new\n')
        soon_completes(t, 'own --ne', 'own --new ')
        write(kept, 'torn')
        soon_completes(t, 'own --ne', 'own --new ')
        os.unlink(kept)
        os.symlink('/etc/passwd', kept)
        soon_completes(t, 'own --al', 'own --all-of-it ')
    equal(os.path.islink(kept), False, 'link')
    with Wide('+o', 'bashcompletion', env={**env, 'XDG_CACHE_HOME': os.path.abspath('mine')}) as t:
        soon_completes(t, 'own --al', 'own --all-of-it ')
        equal(os.listdir('mine/swish/options'), ['own'], 'files')
    with Wide('+o', 'bashcompletion', env={**env, 'HOME': '/proc'}) as t:
        soon_completes(t, 'own --al', 'own --all-of-it ')


@editing('--help is asked of known programs of the system only')
def _():
    env = own_tools()
    with Wide('+o', 'bashcompletion', env={**env, 'MANPATH': '/nonexistent'}) as t:
        soon_completes(t, 'seq --equal', 'seq --equal-width ')
        tabbed(t, 'seq -', 'equalize width')
        for name in ('pageless', 'ls', 'own'):
            completes(t, f'{name} --al', f'{name} --al')
        expect(not os.path.exists('ran'), 'an unknown program was run')


# ---- completions written for bash ----

BASH_COMPLETIONS = r'''
_tell() { { printf '%s|' "$@" "$COMP_LINE" "$COMP_POINT" "$COMP_CWORD"; printf '<%s>' "${COMP_WORDS[@]}"; } >told
  COMPREPLY=(told); case $3 in --opt) COMPREPLY=(value:one);; esac; }
complete -F _tell tell
_files() { compopt -o filenames; COMPREPLY=($(compgen -f -- "$2")); }
complete -F _files bfiles
_nospace() { COMPREPLY=("--open=" "blank "); }
complete -o nospace -F _nospace bnospace
_evil() { COMPREPLY=('$(touch run)' 'x;touch run'); }
complete -F _evil bevil
_hang() { while :; do :; done; }
complete -F _hang bhang
_exit() { exit 3; }
complete -F _exit bexit
_tty() { read x </dev/tty; COMPREPLY=(read); }
complete -F _tty btty
_where() { COMPREPLY=("$PWD"); }
complete -F _where bwhere
'''


def bashes(t):
    """pids of bash beside the shell."""
    return [pid for pid, state in children_of(t.pid) if state != 'Z' and Stat(pid).name == 'bash']


def bash_home():
    folder = '.local/share/bash-completion/completions'
    os.makedirs(folder)
    for name in ('tell', 'bfiles', 'bnospace', 'bevil', 'bhang', 'bexit', 'btty', 'bwhere'):
        write(f'{folder}/{name}', BASH_COMPLETIONS)
        tool(name)
    return {'PATH': os.path.abspath('bin') + ':/usr/bin:/bin'}


@editing('completions of bash: what they are told, what they say')
def _():
    env = bash_home()
    os.makedirs('a folder')
    write('a file', '')
    with Wide(env=env) as t:
        t.check('true', '')
        equal(bashes(t), [], 'bash before the first Tab')
        soon_completes(t, 'tell x', 'tell x')
        soon_completes(t, 'tell ', 'tell told ')
        completes(t, '''true; tell "b c" '$(touch run)' `touch run` to''', '''true; tell "b c" '$(touch run)' `touch run` told ''')
        equal(read('told').decode(), '''tell|to|`touch run`|tell "b c" '$(touch run)' `touch run` to|40|5|'''
              '''<tell><"b c"><'$(touch run)'><`touch><run`><to>''', 'arguments')
        completes(t, 'sudo tell --x=to', 'sudo tell --x=told ')
        equal(read('told').decode(), 'tell|to||tell --x=to|11|3|<tell><--x><=><to>', 'arguments')
        all_complete(t, (('bfiles a\\ fo', 'bfiles a\\ folder/'), ('bnospace --', 'bnospace --open='), ('bnospace b', 'bnospace blank ')))
        completes(t, 'bevil $', 'bevil $')
        completes(t, 'bevil x', "bevil x\\;touch\\ run ")
        t.run('alias al=tell; cd "a folder"')
        soon_completes(t, 'bwhere /', 'bwhere ' + os.getcwd().replace(' ', '\\ ') + '/a\\ folder ')
        completes(t, 'al ', 'al told ')
        completes(t, '../bin/tell ', '../bin/tell told ')
        expect(not os.path.exists('run') and not os.path.exists('a folder/run'), 'it ran')


@editing('the bash beside the shell is not seen, and does not outlive it')
def _():
    env = bash_home()
    write('env', 'echo env >>env-ran\n')
    with Wide(env={**env, 'BASH_ENV': os.path.abspath('env')}) as t:
        soon_completes(t, 'tell ', 'tell told ')
        bash, = bashes(t)
        t.check('jobs; jobs -p; wait; echo "<$!>"', '<>\n')
        t.control('c')
        t.expect(PS1)
        t.type('sleep 100\r')
        t.foreground()
        t.control('c')
        t.expect(PS1)
        completes(t, 'tell ', 'tell told ')
        equal(bashes(t), [bash], 'the same')
        os.kill(bash, 9)
        until('it ends', lambda: not bashes(t))
        soon_completes(t, 'tell ', 'tell told ')
        bash, = bashes(t)
        t.type('exit\r')
        t.ended(0)
        until('it ends', lambda: not os.path.exists(f'/proc/{bash}/fd/0'))
    with Wide(env=env) as t:
        soon_completes(t, 'tell ', 'tell told ')
        bash, = bashes(t)
        t.type('kill -KILL $$\r')
        t.ended(137)
        until('it ends', lambda: not os.path.exists(f'/proc/{bash}/fd/0'))
    expect(not os.path.exists('env-ran'), 'BASH_ENV was read')
    with Wide('+o', 'bashcompletion', env=env) as t:
        completes(t, 'tell tol', 'tell told ')  # the file
        completes(t, 'tell x', 'tell x')
        equal(bashes(t), [], 'bash')


@editing('a completion of bash that hangs, ends or reads the terminal')
def _():
    with Wide(env=bash_home()) as t:
        soon_completes(t, 'tell ', 'tell told ')
        bash, = bashes(t)
        began = time.monotonic()
        completes(t, 'bhang x', 'bhang x')
        expect(time.monotonic() - began < 5, 'limit')
        until('it is killed', lambda: bash not in bashes(t))
        soon_completes(t, 'tell ', 'tell told ')
        completes(t, 'bexit x', 'bexit x')
        soon_completes(t, 'tell ', 'tell told ')
        soon_completes(t, 'btty ', 'btty read ')


@editing('git is completed by bash where that is there, by the shell where not')
def _():
    os.makedirs('.git/refs/heads')
    write('.git/HEAD', 'ref: refs/heads/main\n')
    with Wide() as t:
        soon_completes(t, 'git shortl', 'git shortlog ')
        soon_completes(t, 'git stash po', 'git stash pop ')


# ---- a file system that is dead ----

DEAD = r'''
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As a server that does not answer: nothing but SIGKILL ends the call. */
static void look(const char *path)
{
    if (strstr(path, "/dead") != NULL || strncmp(path, "dead", 4) == 0) {
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_BLOCK, &all, NULL);
        for (;;) {
            pause();
        }
    }
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

DIR *opendir(const char *path) { look(path); return REAL(opendir)(path); }
int stat(const char *restrict path, struct stat *restrict to) { look(path); return REAL(stat)(path, to); }
int lstat(const char *restrict path, struct stat *restrict to) { look(path); return REAL(lstat)(path, to); }
int access(const char *path, int mode) { look(path); return REAL(access)(path, mode); }
int faccessat(int fd, const char *path, int mode, int flags) { look(path); return REAL(faccessat)(fd, path, mode, flags); }
int chdir(const char *path) { look(path); return REAL(chdir)(path); }
int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    int mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, int) : 0;
    va_end(list);
    look(path);
    return REAL(open)(path, flags, mode);
}
'''


def dead_folder():
    """`dead` below the working directory hangs whoever looks at it, of programs that use a shared libc."""
    os.mkdir('dead')
    write('dead.c', DEAD)
    subprocess.run([os.environ.get('SYSTEM_CC') or 'cc', '-shared', '-fPIC', '-w', '-o', 'hang.so', 'dead.c', '-ldl'], check=True)
    return {'LD_PRELOAD': os.path.abspath('hang.so')}


if not is_sanitized():
    @editing('a dead file system holds up no Tab, and Ctrl-C ends the wait')
    def _():
        with Wide(env=dead_folder()) as t:
            began = time.monotonic()
            completes(t, 'cat dead/x', 'cat dead/x')
            expect(1 < time.monotonic() - began < 10, f'took {time.monotonic() - began} s')
            until('it is killed', lambda: not [pid for pid, _ in children_of(t.pid) if pid not in bashes(t)])
            began = time.monotonic()
            t.type('cat dead/y\t')
            until('it hangs', lambda: [pid for pid, _ in children_of(t.pid) if pid not in bashes(t)])
            t.control('c')
            t.type('\x01echo \r')
            t.expect('\ncat dead/y\n' + PS1)
            t.alive()

    @editing('a dead folder in PATH holds up nobody who types')
    def _():
        env = dead_folder()
        with Wide('-o', 'highlight', env={**env, 'PATH': '/usr/bin:/bin:' + os.path.abspath('dead')}) as t:
            began = time.monotonic()
            for letter in 'nope':
                t.type(letter)
                t.expect(letter)
            for _ in range(20):
                t.type('x')
                t.expect('x')
            expect(time.monotonic() - began < 5, f'took {time.monotonic() - began} s')
            t.type('\x15set +o highlight\r')
            t.expect(PS1)
            began = time.monotonic()
            completes(t, 'unali', 'unalias ')
            t.alive()
            expect(time.monotonic() - began < 10, f'took {time.monotonic() - began} s')
