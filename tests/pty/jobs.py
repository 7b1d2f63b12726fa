"""jobs.py -- job control, every transition: what stops and goes on together, who owns the terminal in which modes, shells
in shells, the window, hangup, notices while a line is typed, and very many jobs."""
import fcntl
import os
import signal
import struct
import termios
import time
from random import Random

from interactive import Editor, editing
from suite import SWISH, Failure, case, equal, expect, read, run, until, write
from terminal import PS1, PS2, Terminal, gone, sleeps, state_of, stopped

STOPS = sum(1 << (number - 1) for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU))


def ignored_by_us():
    """What glibc's posix_spawn leaves ignored for its own signals (32, 33), for example."""
    line = next(line for line in read('/proc/self/status').split(b'\n') if line.startswith(b'SigIgn'))
    return int(line.split()[1], 16) >> 31 << 31



def group_of(t, group):
    """The live processes of the group."""
    return [p for p in t.session() if p.group == group]


def all_in(t, group, states):
    """Waits until all processes of the group are in one of these states; returns them."""
    def look():
        found = group_of(t, group)
        return found and all(p.state in states for p in found) and found
    return until(f'group {group} in {states}', look)


def stop(t, name='sleep'):
    """Ctrl-Z: the whole group stops, the shell has the terminal."""
    process = t.foreground(name)
    t.control('z')
    t.expect('Stopped (SIGTSTP)')
    t.expect(PS1)
    t.owned_by(t.pid)
    all_in(t, process.group, 'T')
    return process


# ---- what a child gets ----

@case('a command inherits none of the signals that the shell deals with')
def _():
    look = "grep -E '^Sig(Blk|Ign)' /proc/self/status"
    clean = f'SigBlk:\t{0:016x}\nSigIgn:\t{ignored_by_us():016x}\n'
    with Terminal() as t:
        for text in (look, f'{look} | cat', f': | {look}', f'({look})', f'({look}) | cat', f'f() {{ {look}; }}; f', f'{{ {look}; }} | cat',
                     f'{look} & wait', f'x=1 {look}', f'( ({look}) )'):
            printed = t.run(text)
            expect(printed.endswith(clean) or clean in printed, f'{text}: {printed}')
        in_substitution = f'SigBlk:\t{0:016x}\nSigIgn:\t{ignored_by_us() | STOPS:016x}\n'  # nobody could continue it
        t.check(f'echo "$({look})"', in_substitution)
        t.check(f'x=$( ({look}) ); echo "$x"', in_substitution)
        t.line(f'exec sh -c "{look}; echo over"')
        t.expect(clean + 'over\n')
        t.ended(0)


@case('all stages are in one group that owns the terminal, also when the first has ended')
def _():
    with Terminal() as t:
        for first in ('true', ':', 'sh -c "exit 3"', 'echo'):
            rows = t.run(f'for i in 1 2 3 4 5 6 7 8; do {first} | cut -d" " -f5,8 /proc/self/stat; done').split('\n')[:-1]
            equal(len(rows), 8, rows)
            for row in rows:
                group, owner = row.split()
                expect(group == owner != str(t.pid), f'{first}: {row}, the shell is {t.pid}')
        t.line('true | sleep 100 | cat')
        child = stop(t)
        expect(child.group not in (child.pid, t.pid), 'the leader is still there')
        t.check('jobs', '[1] + Stopped (SIGTSTP)  true | sleep 100 | cat\n')
        t.line('fg')
        t.foreground()
        t.interrupt()
        equal(group_of(t, child.group), [], 'group')


# ---- compound commands stop as a whole ----

WHOLE = {
    '( ) in a pipeline': ('(sleep 100; echo end) | cat', 'end\n'),
    '{ } in a pipeline': ('{ sleep 100; echo end; } | cat', 'end\n'),
    '{ } as the last stage': ('sleep 100 | { cat; echo end; }', 'end\n'),
    'a loop in a pipeline': ('for i in 1; do sleep 100; echo end$i; done | cat', 'end1\n'),
    'a condition in a pipeline': ('if sleep 100; then :; else echo end; fi | cat', 'end\n'),
    'a function in a pipeline': ('f() { sleep 100; echo end; }; f | cat', 'end\n'),
    'a function in ( )': ('f() { sleep 100; echo end; }; (f; echo on)', 'end\non\n'),
    '( ) in ( )': ('( (sleep 100; echo in); echo end)', 'in\nend\n'),
    'a loop in ( )': ('(for i in 1 2; do [ $i = 2 ] || sleep 100; echo $i; done)', '1\n2\n'),
    'a substitution in ( )': ('(x=$(sleep 100; echo in); echo $x)', 'in\n'),
    'a pipeline in ( )': ('(sleep 100 | cat; echo end)', 'end\n'),
    'a command of many stages': ('sleep 100 | cat | cat | cat', ''),
}

for what, row in WHOLE.items():
    @case(f'Ctrl-Z stops and fg continues {what}, all of it')
    def _(text=row[0], after=row[1]):
        with Terminal() as t:
            t.line(text)
            child = stop(t)
            expect('echo' not in t.output, t.output)
            t.line('fg')
            t.expect(text.split('; f')[-1][-3:] + '\n')
            all_in(t, child.group, 'S')
            t.owned_by(child.group)
            os.kill(child.pid, signal.SIGTERM)
            equal(t.expect(PS1), after, text)
            t.owned_by(t.pid)


@case('Ctrl-Z of a list, loop or function drops the rest, wherever in it')
def _():
    write('script', 'sleep 100\necho no\n')
    with Terminal() as t:
        t.run('f() { for i in 1 2; do if sleep 100; then echo no; fi; done; echo no; }')
        for text in ('f; echo no', 'eval "sleep 100; echo no"', '. ./script; echo no', 'while sleep 100; do echo no; done', '! sleep 100 && echo no',
                     'case x in x) sleep 100; echo no;; esac', '{ sleep 100; echo no; } >/dev/null', 'time sleep 100', 'x=1 command sleep 100'):
            t.line(text)
            stop(t)
            expect('no\n' not in t.output, text)
        t.check('jobs | grep -c "Stopped (SIGTSTP)"', '9\n')
        t.run('kill -KILL $(jobs -p); wait')
        t.check('jobs', '')
        expect('no\n' not in t.log.replace('echo no\n', ''), t.log)


@case('a stage that stops by SIGTSTP stops the others: those that Ctrl-Z came too early for')
def _():
    with Terminal() as t:
        t.line("sh -c 'kill -TSTP $$; echo end' | cat | cat")
        t.expect('[1] + Stopped (SIGTSTP)')
        t.expect(PS1)
        all_in(t, int(t.run('jobs -p')), 'T')
        t.line('fg')
        t.expect('end\n' + PS1)


@case('Ctrl-Z at any moment of a busy subshell or script, also while it starts a program')
def _():
    write('busy', 'while :; do /bin/true; done\n')
    with Terminal() as t:
        for text in ('(while :; do /bin/true; done)', '$SWISH ./busy', '(while :; do x=$(/bin/true); /bin/true | /bin/true; done)'):
            t.line(text)
            for number in range(40):
                until('it runs', lambda: t.owner() != t.pid and state_of(t.owner()) != 'T')
                t.control('z')
                t.expect('Stopped (SIGTSTP)')
                t.expect(PS1)
                t.line('fg' if number < 39 else 'kill -KILL %1; wait %1; echo $?')
                t.expect('\n')
            t.expect(PS1)


@case('a subshell of built-ins alone can be stopped, too')
def _():
    with Terminal() as t:
        t.line('(while :; do :; done)')
        until('it has the terminal', lambda: t.owner() != t.pid)
        child = t.owner()
        t.control('z')
        t.expect('[1] + Stopped (SIGTSTP)')
        t.expect(PS1)
        stopped(child)
        t.check('kill -KILL %1; wait %1; echo $?', '137\n')


@case('Ctrl-\\ in a pipeline, a substitution, a loop')
def _():
    with Terminal() as t:
        for text, status in (('sleep 100 | sleep 101', 131), ('x=$(sleep 100)', 131), ('(sleep 100; :)', 131)):
            t.line(text)
            t.process('sleep')
            until('it has begun', lambda: t.named('sleep') and state_of(t.pid) == 'S')
            t.type('\x1c')
            t.expect('Quit' if '$' not in text else '^\\')
            t.expect(PS1)
            t.check('echo $?', f'{status}\n')
            t.owned_by(t.pid)
        t.line('for i in 1 2; do sleep 100; echo on$i; done')
        for number in ('on1', 'on2'):
            t.foreground()
            t.type('\x1c')
            t.expect(number + '\n')


@case('Ctrl-C and Ctrl-Z do not reach jobs in the background')
def _():
    with Terminal() as t:
        child = int(t.run('sleep 100 &').split()[1])
        other = int(t.run('(sleep 101; :) &').split()[1])
        t.control('c')
        t.expect(PS1)
        t.line('sleep 102')
        t.foreground()
        t.interrupt()
        t.line('sleep 103')
        stop(t)
        equal((state_of(child), state_of(other)), ('S', 'S'), 'states')
        t.check('jobs', '[1]   Running  sleep 100\n[2] - Running  (sleep 101; :)\n[3] + Stopped (SIGTSTP)  sleep 103\n')


# ---- fg, bg, wait, kill ----

@case('fg and bg by %n, %+, %-, %string, %?string, several at once')
def _():
    with Terminal() as t:
        for number in (101, 102, 203):
            t.line(f'sleep {number}')
            stop(t)
        t.check('jobs', '[1]   Stopped (SIGTSTP)  sleep 101\n[2] - Stopped (SIGTSTP)  sleep 102\n[3] + Stopped (SIGTSTP)  sleep 203\n')
        for spec, number in (('%-', 102), ('%+', 102), ('%1', 101), ("'%?203'", 203), ("'%sleep 102'", 102), ('%%', 102), ('', 102)):
            t.line(f'fg {spec}'.strip())
            t.expect(f'sleep {number}\n')
            stop(t)
        t.check('bg %1 %-', '[1] sleep 101 &\n[3] sleep 203 &\n')
        t.check('jobs', '[1]   Running  sleep 101\n[2] + Stopped (SIGTSTP)  sleep 102\n[3] - Running  sleep 203\n')
        t.check('bg', '[2] sleep 102 &\n')
        t.check('jobs %2', '[2] + Running  sleep 102\n')
        t.check('fg %4; echo $?', 'swish: fg: %4: no such job\n1\n')
        t.check('fg %sleep; echo $?', 'swish: fg: %sleep: ambiguous job\n1\n')
        t.check('bg "%?none"; echo $?', 'swish: bg: %?none: no such job\n1\n')


@case('stopped, continued from outside, stopped again after fg and after bg')
def _():
    with Terminal() as t:
        t.line('sleep 100')
        child = stop(t)
        os.kill(child.pid, signal.SIGCONT)
        sleeps(child.pid)
        t.check('jobs', '[1] + Running  sleep 100\n')
        t.owned_by(t.pid)
        t.line('fg')
        t.foreground()
        stop(t)
        t.check('bg', '[1] sleep 100 &\n')
        sleeps(child.pid)
        os.kill(child.pid, signal.SIGTSTP)
        stopped(child.pid)
        t.line(':')
        t.expect('[1] + Stopped (SIGTSTP)  sleep 100\n' + PS1)
        t.check('kill -CONT %1; jobs', '[1] + Running  sleep 100\n')
        t.check('kill -STOP %1; until jobs | grep -q Stopped; do :; done', '[1] + Stopped (SIGSTOP)  sleep 100\n')
        t.check('kill %1; wait %1; echo $?', '143\n')


@case('a pipeline of which one stage is stopped or continued alone')
def _():
    with Terminal() as t:
        t.line('sleep 100 | sleep 101')
        child = stop(t)
        first, second = sorted(p.pid for p in group_of(t, child.group))
        os.kill(first, signal.SIGCONT)
        sleeps(first)
        t.check('jobs', '[1] + Running  sleep 100 | sleep 101\n')
        os.kill(first, signal.SIGKILL)
        gone(first)
        t.line(':')
        t.expect('[1] + Stopped (SIGTSTP)  sleep 100 | sleep 101\n' + PS1)
        t.line('fg')
        t.foreground()
        os.kill(second, signal.SIGTERM)
        t.expect('Terminated\n' + PS1)


@case('wait -n at the terminal: not for what is stopped or was told, broken off by Ctrl-C, no notice of what it took')
def _():
    os.mkfifo('go')
    with Terminal() as t:
        t.line('sleep 100')
        t.suspend()
        t.check('wait -n; echo $?', '127\n')
        t.run("sh -c 'read x <go; exit 4' &")
        t.line('wait -n; echo no')
        sleeps(t.pid)
        t.interrupt()
        t.line('wait -n; echo $?')
        sleeps(t.pid)
        write_to('go', '\n')
        t.expect('4\n' + PS1)
        t.check('jobs', '[1] + Stopped (SIGTSTP)  sleep 100\n')
        child = int(t.run('(exit 3) &').split()[1])
        gone(child)
        t.run('')
        t.check('wait -n; echo $?', '127\n')


@case('wait does not wait for what is stopped')
def _():
    with Terminal() as t:
        t.line('sleep 100')
        child = stop(t)
        t.check('wait; echo $?', '0\n')
        t.check(f'wait {child.pid}; echo $?', f'{128 + signal.SIGTSTP}\n')
        t.check('wait %1; echo $?', f'{128 + signal.SIGTSTP}\n')
        t.run('sleep 101 &')
        t.line('wait; echo $?')
        other = until('it runs', lambda: [p for p in t.named('sleep') if p.pid != child.pid and p.state == 'S'])[0]
        sleeps(t.pid)
        os.kill(other.pid, signal.SIGSTOP)
        t.expect('0\n')
        t.expect(PS1)
        t.line('fg %1')
        t.foreground()
        os.kill(child.pid, signal.SIGTERM)
        t.expect('Terminated\n' + PS1)


@case('fg, bg and kill of a job that has ended meanwhile')
def _():
    with Terminal() as t:
        for text in ('fg', 'bg', 'kill %%'):
            t.run('sleep 100 &')
            child = t.process('sleep').pid
            os.kill(child, signal.SIGKILL)
            gone(child)
            printed = t.run(f'{text}; echo $?')
            if text == 'fg':
                equal(printed, 'sleep 100\nKilled\n137\n', text)
            else:
                expect(printed.startswith('swish: ') and '1\n' in printed, printed)
            t.owned_by(t.pid)
        t.check('jobs', '')


@case('time tells its times once, of a command that is stopped as well')
def _():
    with Terminal() as t:
        t.line('time sleep 100; echo no')
        stop(t)
        t.check('jobs', '[1] + Stopped (SIGTSTP)  sleep 100\n')
        t.line('fg')
        t.foreground()
        t.interrupt()
        equal(t.log.count('real'), 1, t.log)
        expect('no\n' not in t.log.replace('echo no\n', ''), t.log)


@case('set +m: a background job reads /dev/null, there is no fg')
def _():
    with Terminal('+m') as t:
        printed = t.run('cat & wait $!; echo $?')
        expect(printed.endswith('\n0\n'), printed)
        printed = t.run('{ read x; echo "=$x$?"; } & wait')
        expect(printed.endswith('=1\n'), printed)
        t.check('bg; fg', 'swish: bg: no job control\nswish: fg: no job control\n')


@case('set +m: subshells and substitutions can be interrupted, ended and lost with the terminal, like commands')
def _():
    for text in ('(sleep 100; echo no)', 'sleep 100; echo no', 'x=$(sleep 100); echo no', 'x=$( (sleep 100; echo no) ); echo no', '(x=$(sleep 100); echo no)'):
        with Terminal('+m') as t:
            for number, status in ((signal.SIGQUIT, 131), (signal.SIGTERM, 143), (signal.SIGINT, 130)):
                t.line(text.replace('; echo no', '' if number != signal.SIGINT else '; echo no'))
                child = t.process('sleep')
                sleeps(t.pid)
                if number == signal.SIGINT:
                    t.interrupt()
                    continue
                os.kill(child.pid, number)
                t.expect(PS1)
                t.check('echo $?', f'{status}\n')
            expect('no\n' not in t.log.replace('echo no', ''), f'{text}: {t.log}')
            t.run("trap 'echo exit >log' EXIT")
            t.line(text)
            t.process('sleep')
            sleeps(t.pid)
            t.hang_up()
            t.ended(129)
            equal(read('log'), b'exit\n', text)


@case('jobs: control bytes are shown, the text reads back, numbers begin anew')
def _():
    with Terminal() as t:
        t.run("sh -c 'sleep 100' $'\\033[31m' 'two words' \"\\$x\" >/dev/null &")
        shown = t.run('jobs')
        expect('\x1b' not in shown and 'two words' in shown, shown)
        t.run('kill -KILL %1; wait %1')
        t.run('sleep 100 &')
        t.check('jobs', '[1] + Running  sleep 100\n')


@case('500 jobs at once, found, told and gone; 2,000 one after the other')
def _():
    with Terminal() as t:
        t.run('i=0; while [ $i -lt 500 ]; do sleep 100 & i=$((i+1)); done 2>/dev/null')
        t.check('jobs | wc -l; jobs -p | sort -u | wc -l', '500\n500\n')
        t.check('jobs %250 %?100 2>&1', '[250]   Running  sleep 100\nswish: jobs: %?100: ambiguous job\n')
        t.check('kill $(jobs -p); wait; jobs; echo $?', '0\n')
        until('all gone', lambda: not t.named('sleep'))
        t.check('i=0; while [ $i -lt 2000 ]; do : & i=$((i+1)); done 2>/dev/null; wait; jobs; echo $?', '0\n')
        t.owned_by(t.pid)


# ---- whatever is typed ----

TYPED = ['sleep 100', 'sleep 100 | cat', '(sleep 100; :)', 'sleep 100 &', 'cat', 'x=$(sleep 100)', 'for i in 1 2 3; do sleep .01; done', 'fg', 'bg',
         'fg %-', 'jobs', 'kill %+', 'kill -STOP %-', 'kill -CONT %+', 'wait', 'wait %-', 'f() { sleep 100; }; f | cat', '{ sleep 100; } | sleep 100',
         'cat &', 'time sleep 100', 'true | true', 'disown -h', 'kill -KILL %%', '/bin/true', '(while :; do /bin/true; done)', 'head -n 1', 'read x',
         "$SWISH -c 'kill -STOP $$; sleep 1'", "$SWISH -c 'stty raw; exec sleep 100'"]
KEYS = {'\x03': 6, '\x1a': 9, '\x1c': 2}


def kill_all(processes):
    for process in processes:
        try:
            os.kill(process.pid, signal.SIGKILL)
        except OSError:
            pass


def leave_raw(t):
    """Programs in raw mode do not hear keys."""
    owner = t.owner()
    if owner != t.pid and not t.modes()[3] & termios.ISIG:
        kill_all(group_of(t, owner))


def comes_back(t, mark):
    """By interrupts: the shell takes a command again."""
    keys = iter('\x03\x03\x03\x1c' * 10)
    t.output = ''

    def look():
        leave_raw(t)
        t.type(next(keys) + f'echo ba""ck{mark}\n')
        end = time.monotonic() + 0.5
        while f'back{mark}' not in t.output and time.monotonic() < end:
            t.pump(0.02)
        return f'back{mark}' in t.output

    until('it comes back', look)


for number in range(int(os.environ.get('RANDOM_JOBS') or 20)):
    @case(f'random commands and keys leave the shell its terminal, its modes and its jobs, {number}')
    def _(number=number):
        random = Random(number)
        choices = TYPED + [key for key, count in KEYS.items() for _ in range(count)]
        with (Terminal() if number < 2 else Editor()) as t:
            before = t.modes()
            for turn in range(8):
                typed = [random.choice(choices) for _ in range(random.randrange(1, 7))]
                try:
                    for text in typed:
                        t.type(text if text in KEYS else text + '\n')
                        t.pump(random.random() * 0.01)
                    comes_back(t, turn)
                    t.owned_by(t.pid)
                    until('modes', lambda: number >= 2 or t.modes() == before)
                    t.type(f'jobs -p; echo do""ne{turn}\n')
                    groups = t.expect(f'done{turn}\n').replace(PS1, ' ').split()
                    until('no strangers', lambda: all(str(p.group) in groups or p.pid == t.pid for p in t.session()))
                    t.expect(PS1)
                except Failure as failure:
                    raise Failure(f'{typed}: {failure}') from None
                kill_all(p for p in t.session() if p.pid != t.pid)
                t.type('wait\n')


# ---- the terminal and its modes ----

@case('modes come back after ( ) around, and a stage of, what was killed in raw mode')
def _():
    with Terminal() as t:
        before = t.modes()
        for text in ("(sh -c 'stty raw -echo; kill -KILL $$'; exit $?)", "sh -c 'stty raw -echo </dev/tty; kill -KILL $$' | cat",
                     "f() { sh -c 'stty raw -echo; kill -KILL $$'; }; f"):
            t.line(text)
            t.expect(PS1)
            equal(t.modes(), before, text)
        t.alive()


def has(program):
    return any(os.access(os.path.join(folder, program), os.X_OK) for folder in ('/usr/bin', '/bin'))


@case('vi and less: stopped, continued, killed in raw mode')
def _():
    write('text', ''.join(f'line {i}\n' for i in range(200)))
    with Terminal() as t:
        before = t.modes()
        for program in ('vi -u NONE', 'less'):
            name = program.split()[0]
            if not has(name):
                continue
            t.type(f'TERM=xterm {program} text\n')
            until('raw', lambda: not t.modes()[3] & termios.ICANON)
            t.expect('line 3')
            child = t.owner()
            sleeps(child)
            t.control('z')
            t.expect('Stopped')
            t.expect(PS1)
            equal(t.modes(), before, f'modes after {name} was stopped')
            t.type('fg\n')
            t.owned_by(child)
            until('raw', lambda: not t.modes()[3] & termios.ICANON)
            sleeps(child)
            os.kill(child, signal.SIGKILL)
            t.expect('Killed')
            t.expect(PS1)
            equal(t.modes(), before, f'modes after {name} was killed')
        t.alive()


def set_window(t, rows, columns):
    fcntl.ioctl(t.fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))


@case('a window that changes: at the prompt, under a command, in the background; no stale LINES and COLUMNS')
def _():
    with Terminal() as t:
        set_window(t, 30, 100)
        t.check('stty size', '30 100\n')
        t.line("sh -c 'trap \"stty size; exit\" WINCH; echo ready; while :; do sleep .01; done'")
        t.expect('ready\n')
        set_window(t, 40, 120)
        t.expect('40 120\n' + PS1)
        t.check('(stty size); stty size | cat; x=$(stty size); echo $x', '40 120\n40 120\n40 120\n')
        t.check('env | grep -E "^(LINES|COLUMNS)="; echo $?', '1\n')


@editing('a window that changes while a line is edited')
def _():
    with Editor() as t:
        t.type('stty si')
        t.expect('stty si')
        set_window(t, 33, 111)
        t.reading()
        t.type('ze; env | grep -c -E "^(LINES|COLUMNS)="\r')
        t.expect('33 111\n0\n' + PS1)


@case('a reader and a writer in the background: stopped, continued, stopped again')
def _():
    with Terminal() as t:
        child = int(t.run('head -n 1 &').split()[1])
        stopped(child)
        t.run('bg')
        stopped(child)
        t.run(':')
        expect(t.log.count('[1] + Stopped (SIGTTIN)  head -n 1\n') in (1, 2), t.log)
        t.line('fg %1')
        t.owned_by(child)
        sleeps(child)
        t.control('z')
        t.expect('Stopped (SIGTSTP)')
        t.expect(PS1)
        t.line('fg')
        t.owned_by(child)
        t.type('typed\n')
        t.expect('typed\ntyped\n' + PS1)
        t.run('stty tostop')
        t.run('(sleep .01; echo out) &')
        writer = until('it stops', lambda: [p for p in t.session() if p.state == 'T' and p.group != t.pid])[0]
        t.run(':')
        t.line('jobs')
        t.expect('Stopped (SIGTTOU)')
        t.expect(PS1)
        t.line('fg')
        t.expect('out\n' + PS1)
        gone(writer.pid)
        t.check('echo tostop does not stop the shell', 'tostop does not stop the shell\n')


# ---- notices and other people's output while a line is typed ----

@case('what a job prints while a line is typed does not touch the line')
def _():
    os.mkfifo('go')
    with Terminal() as t:
        child = int(t.run('cat go &').split()[1])
        t.type('echo ab')
        t.expect('echo ab')
        write_to('go', 'from the job\n')
        t.expect('from the job\n')
        gone(child)
        t.type('cd\n')
        t.expect('abcd\n')
        t.expect('[1] + Done  cat go\n' + PS1)


def write_to(path, text):
    with open(path, 'w', encoding='ascii') as to:
        to.write(text)


@editing('a job prints, ends, and with set -b is told about, while a line is edited: the line stays whole')
def _():
    os.mkfifo('go')
    with Editor() as t:
        child = int(t.run('cat go &').split()[1])
        t.type('echo abef\x1b[D\x1b[D')
        t.expect('echo abef')
        write_to('go', 'from the job\n')
        t.expect('from the job\n')
        gone(child)
        t.reading()
        expect('Done' not in t.output, 'told before the prompt')
        t.type('cd\r')
        t.expect('\nabcdef\n')
        t.expect('[1] + Done  cat go\n' + PS1)
        t.run('set -b')
        t.run('cat go &')
        t.type('echo abef\x1b[D\x1b[D')
        t.expect('echo abef')
        write_to('go', 'more\n')
        t.expect('more\n')
        t.expect('[1] + Done  cat go\n' + PS1 + 'echo abef')
        t.type('cd\r')
        t.expect('\nabcdef\n' + PS1)


@case('without set -b nothing is told before the line is done, with it at once; a stop is told, too')
def _():
    with Terminal() as t:
        child = int(t.run('sleep 100 &').split()[1])
        t.type('echo half')
        t.expect('echo half')
        os.kill(child, signal.SIGKILL)
        gone(child)
        t.type(' more\n')
        t.expect(' more\nhalf more\n[1] + Killed  sleep 100\n' + PS1)
        t.run('set -b')
        child = int(t.run('sleep 100 &').split()[1])
        t.type('echo half')
        t.expect('echo half')
        os.kill(child, signal.SIGSTOP)
        t.expect('[1] + Stopped (SIGSTOP)  sleep 100\n')
        t.type(' more\n')
        t.expect('half more\n' + PS1)


@case('Ctrl-C in a substitution of PS1 and PS2: the prompt comes without it')
def _():
    with Terminal() as t:
        t.line(f"PS1='$(sleep 100){PS1}'")
        for _ in range(3):
            t.process('sleep')
            t.reading()
            t.control('c')
            t.expect(PS1)
            t.type(':\n')
            t.expect(':\n')
        t.process('sleep')
        t.reading()
        t.control('c')
        t.expect(PS1)
        t.type(f"PS1='{PS1}' PS2='$(sleep 100){PS2}'\n")
        t.expect(PS2 + "'\n")
        t.expect(PS1)
        t.line('{')
        t.process('sleep')
        t.reading()
        t.control('c')
        t.expect(PS2)
        t.control('c')
        t.expect(PS1)
        until('all gone', lambda: not t.named('sleep'))
        t.type(f"PS2='{PS2}'\n")
        t.expect(PS1)
        t.alive()


@case('Ctrl-C and Ctrl-Z in precmd and preexec')
def _():
    with Terminal() as t:
        t.line('precmd() { sleep 100; echo no; }')
        t.foreground()
        t.control('c')
        t.expect(PS1)
        t.line('echo on')
        t.expect('on\n')
        t.foreground()
        t.control('z')
        t.expect('[1] + Stopped (SIGTSTP)  sleep 100\n' + PS1)
        t.run('unset -f precmd')
        t.run('preexec() { [ "$1" != "echo on" ] || sleep 101; }')
        t.line('echo on')
        t.foreground()
        t.interrupt()
        t.line('echo on')
        t.foreground()
        t.control('z')
        t.expect('[2] + Stopped (SIGTSTP)  sleep 101\n')
        t.expect(PS1)
        t.run('unset -f preexec')
        t.check('jobs', '[1] - Stopped (SIGTSTP)  sleep 100\n[2] + Stopped (SIGTSTP)  sleep 101\n')
        expect('no\n' not in t.log.replace('echo no', ''), t.log)


@editing('Ctrl-C in a substitution of PS2 while a line is edited')
def _():
    with Editor() as t:
        t.run(f"PS2='$(sleep 100){PS2}'")
        t.type('{\r')
        t.process('sleep')
        t.reading()
        t.control('c')
        t.expect(PS2)
        t.type('echo on; }\r')
        t.expect('\non\n' + PS1)
        t.type('{\r')
        t.process('sleep')
        t.reading()
        t.control('c')
        t.expect(PS2)
        t.control('c')
        t.expect('^C\n' + PS1)
        until('all gone', lambda: not t.named('sleep'))


# ---- leaving ----

@case('Ctrl-D with stopped jobs, exit after Ctrl-D, and a command between them')
def _():
    for ways in (('\x04', 'exit 3\n'), ('exit 3\n', 'exit 3\n'), ('exit\n', '\x04'), ('\x04', 'jobs\n', '\x04', '\x04')):
        with Terminal() as t:
            t.run("trap 'echo bye' EXIT")
            t.line('sleep 100')
            child = stop(t)
            for way in ways[:-1]:
                t.type(way)
                t.expect(PS1)
                equal(t.log.count('bye\n'), 0, 'left')
            expect('stopped jobs' in t.log, t.log)
            t.type(ways[-1])
            t.expect('bye\n')
            equal(t.end(), 3 if '3' in ways[-1] else t.status, 'status')
            gone(child.pid)


@case('exit in a trap action asks nobody about stopped jobs')
def _():
    with Terminal() as t:
        t.run("trap 'exit 6' USR1 HUP")
        t.line('sleep 100')
        child = stop(t)
        t.line('kill -USR1 $$')
        t.ended(6)
        gone(child.pid)


@case('a stopped job hears the hangup: it is continued')
def _():
    with Terminal() as t:
        t.line("sh -c 'trap \"echo told >told; exit\" HUP; kill -STOP $$; while :; do sleep .01; done'")
        t.expect('Stopped (SIGSTOP)')
        t.expect(PS1)
        t.reading()
        t.hang_up()
        t.ended(129)
        until('it is told', lambda: os.path.exists('told') and read('told') == b'told\n')


HANGUPS = {
    'read': 'read x; echo no >no',
    'wait': 'sleep 100 & wait; echo no >no',
    'a loop of built-ins': 'echo begun; while :; do :; done; echo no >no',
    'fg': 'fg; echo no >no',
    'a pipeline': 'sleep 100 | sleep 101; echo no >no',
    'a substitution': 'x=$(sleep 100); echo no >no',
    'a command that goes on': 'if true; then',
}

for what, text in HANGUPS.items():
    @case(f'hangup in {what}: EXIT action, nothing more, at once')
    def _(text=text):
        with Terminal() as t:
            t.run("trap 'echo exit >>log' EXIT")
            if text.startswith('fg'):
                t.line('sleep 100')
                stop(t)
            t.line(text)
            if 'begun' in text:
                t.expect('begun\n')
            elif 'sleep' in text or 'fg' in text:
                until('begun', lambda: [p for p in t.named('sleep') if p.state == 'S'])
            else:
                t.reading()
            began = time.monotonic()
            t.hang_up()
            t.ended(129)
            expect(time.monotonic() - began < 0.9, f'it took {time.monotonic() - began} s')
            equal(read('log'), b'exit\n', 'log')
            expect(not os.path.exists('no'), 'it went on')


# ---- shells in shells ----

OTHERS = {'bash': ('bash', '--norc', '--noprofile', '--noediting', '-i'), 'dash': ('dash', '-i'), 'mksh': ('mksh', '-i'), 'sh as swish': ('$SWISH', '-i')}

for what, command in OTHERS.items():
    @case(f'swish in {what} in swish: jobs of each level, the terminal goes back level by level')
    def _(command=command):
        with Terminal() as t:
            t.line('ENV= PS1="mid# " TERM=dumb ' + ' '.join(command))
            t.expect('mid# ')
            middle = t.owner()
            expect(middle != t.pid, 'no group of its own')
            t.line(f'PS1="in> " {SWISH}')
            t.expect('in> ')
            inner = t.owner()
            expect(inner not in (middle, t.pid), 'no group of its own')
            t.line('sleep 100')
            child = t.foreground()
            t.control('z')
            stopped(child.pid)
            t.expect('in> ')
            t.owned_by(inner)
            t.line('fg')
            t.expect('sleep 100\n')
            t.owned_by(child.group)
            sleeps(child.pid)
            t.control('c')
            t.expect('in> ')
            t.line('suspend')
            stopped(inner)
            t.expect('mid# ')
            t.owned_by(middle)
            t.line('fg')
            t.owned_by(inner)
            t.type('echo $((6*7))\n')
            t.expect('42\nin> ')
            t.line('exit 5')
            t.expect('mid# ')
            t.owned_by(middle)
            t.line('echo $?')
            t.expect('5\n')
            t.line('exit')
            t.expect(PS1)
            t.owned_by(t.pid)
            t.alive()


@editing('an inner shell that is killed while it edits a line leaves the modes to the outer one')
def _():
    with Terminal() as t:
        before = t.modes()
        t.line(f'TERM=xterm PS1="in> " {SWISH}')
        t.expect('in> ')
        inner = t.owner()
        until('raw', lambda: not t.modes()[3] & termios.ICANON)
        os.kill(inner, signal.SIGKILL)
        t.expect('Killed\n' + PS1)
        equal(t.modes(), before, 'modes')
        t.owned_by(t.pid)
        t.alive()


@case('below a program without job control, as su is one: suspend stops both, fg continues both')
def _():
    write('as-su', '''import os, signal, sys
pid = os.fork()
if pid == 0:
    os.execve(sys.argv[1], [sys.argv[1], '-i'], dict(os.environ, PS1='in> '))
while True:
    _, status = os.waitpid(pid, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        sys.exit(os.waitstatus_to_exitcode(status))
    os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(pid, signal.SIGCONT)
''')
    with Terminal() as t:
        t.line('/usr/bin/python3 as-su $SWISH')
        t.expect('in> ')
        inner = t.owner()
        t.line('sleep 100')
        child = t.foreground()
        t.control('z')
        t.expect('Stopped')
        t.expect('in> ')
        t.line('suspend; echo back')
        stopped(inner)
        t.expect('Stopped (SIGSTOP)')
        t.expect(PS1)
        t.owned_by(t.pid)
        t.line('fg')
        t.expect('back\nin> ')
        t.owned_by(inner)
        t.line('kill -KILL %1; wait %1; exit 7')
        t.expect(PS1)
        t.check('echo $?', '7\n')
        gone(child.pid)
        t.owned_by(t.pid)


@case('a shell that ends in the background does not give away the terminal of others')
def _():
    write('wrap', 'PS1="in> " $SWISH -i\nsleep 100\n')
    with Terminal() as t:
        t.line('$SWISH wrap')
        t.expect('in> ')
        inner = t.owner()
        wrap = int(t.run_in('echo $PPID', 'in> '))
        for pid in (inner, wrap):
            os.kill(pid, signal.SIGSTOP)
        t.expect('Stopped (SIGSTOP)')
        t.expect(PS1)
        t.owned_by(t.pid)
        os.kill(inner, signal.SIGHUP)
        os.kill(inner, signal.SIGCONT)
        gone(inner)
        t.owned_by(t.pid)
        t.alive()


UNSHARE = ('/usr/bin/unshare', '-Urpf', '--mount-proc', '--kill-child')


@case('as process 1 of a namespace: Ctrl-C, Ctrl-Z, fg, strangers are reaped, exit')
def _():
    probe = run('-c', ' '.join(UNSHARE) + ' true')
    if probe.status != 0:
        return
    with Terminal(*UNSHARE[1:], SWISH, '-i', shell=UNSHARE[0], name='unshare') as t:
        t.check('echo $$', '1\n')
        t.type('echo nev')
        t.expect('echo nev')
        t.interrupt()
        t.line('sleep 100')
        t.foreground()
        t.interrupt()
        t.line('sleep 100 | cat')
        child = t.foreground()
        t.control('z')
        t.expect('[1] + Stopped (SIGTSTP)  sleep 100 | cat\n' + PS1)
        stopped(child.pid)
        t.line('fg')
        t.foreground()
        t.interrupt()
        t.check('kill -TERM $$; kill -INT $$; echo on', '\n')
        t.check('echo $?', '130\n')
        t.run("(sh -c 'sleep 100 & :')")
        stranger = t.process('sleep')
        os.kill(stranger.pid, signal.SIGKILL)
        t.run('true & wait')
        until('it is reaped', lambda: state_of(stranger.pid) == 'X')
        t.check('suspend -f; kill -STOP $$; echo on', 'on\n')
        t.line('exit 5')
        t.ended(5)
