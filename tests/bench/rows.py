"""rows.py -- reads tests/bench/rows/NAME.sh and runs one of them under one shell.

A row is a script for any POSIX shell. It prints what it found, and takes the size of its work from N. The
comment at its top says what it measures and may hold settings:

    # how: -c | stdin         the shell gets the text so, not as a file
    # arguments: -n script    the shell gets these arguments; the text is only a comment and N
    # runs: 60                one measurement is N (here 60 unless told otherwise) runs of the whole shell
    # environment: 1000       this many exported variables
    # locale: C.UTF-8         instead of C
    # needs: autoconf m4      without these programs there is no such row
    # prepare: COMMAND        sh runs it once for each N, in the directory where all shells run after it
    # without: mksh (WHY)     is not run under this shell
    # floor: N cat            the work of the system alone: floor.c runs this pipeline N times (or: 1 PROGRAM | ...)
    # processes               shells start processes for it: instruction counts of one process say little

All that a measurement writes is below the directory that the caller names, and gone when it ends, also by
SIGINT, SIGTERM or SIGHUP once end_by_signals() was called; so are the processes.
"""
import contextlib
import os
import re
import shutil
import signal
import sys
import tempfile

BENCH = os.path.dirname(os.path.abspath(__file__))
ROWS = os.path.join(BENCH, 'rows')
PATH = '/usr/local/bin:/usr/bin:/bin'

# What the memory of a shell came to, asked of the shell itself: ru_maxrss of a child of ours would count us, too.
PEAK = 'while read -r key value rest; do case $key in VmHWM:) echo "$value" >&9 ;; esac; done </proc/$$/status'


class Row:
    def __init__(self, name):
        self.name = name
        self.path = os.path.join(ROWS, name + '.sh')
        with open(self.path, encoding='utf-8') as source:
            self.text = source.read()
        top = re.match(r'(?:#.*\n)*', self.text).group()
        self.about = top.partition('\n')[0][2:]
        settings = dict(re.findall(r'^# (how|arguments|runs|environment|locale|needs|prepare|without|floor): (.*)', top, re.M))
        self.how = settings.get('how', 'file')
        self.arguments = settings.get('arguments', '').split()
        self.repeated = 'runs' in settings
        self.environment = int(settings.get('environment', 0))
        self.locale = settings.get('locale', 'C')
        self.needs = settings.get('needs', '').split()
        self.prepare = settings.get('prepare')
        self.without = settings.get('without', '').partition(' ')[0]
        self.floor = settings.get('floor')
        self.processes = '# processes\n' in top
        found = re.search(r'^N=\$\{N:-(\d+)\}', self.text, re.M)
        self.size = int(settings['runs'] if self.repeated else found.group(1) if found else 0)

    def missing(self):
        return [program for program in self.needs if not shutil.which(program)]


def all_rows():
    return [Row(name[:-3]) for name in sorted(os.listdir(ROWS)) if name.endswith('.sh')]


class Result:
    def __init__(self, out, err, status, seconds):
        self.out = out
        self.err = err
        self.status = status
        self.seconds = seconds  # user and system, with children
        self.answer = (out, status)


ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_by_signals():
    """From now on these signals end us by an exception, so that everything is cleaned up on the way."""

    def end(number, _):
        for other in ENDING:
            signal.signal(other, signal.SIG_IGN)
        sys.exit(128 + number)

    for number in ENDING:
        signal.signal(number, end)


class Place:
    """A directory below `parent`, prepared for one row and one N; a shell runs in it."""

    def __init__(self, row, size, parent, limit=120):
        self.row = row
        self.size = size
        self.limit = limit
        self.top = tempfile.mkdtemp(prefix='place-', dir=os.path.realpath(parent))
        self.work = os.path.join(self.top, 'work')
        self.late = False  # the last one that ran took longer than the limit

    def __enter__(self):
        try:
            os.mkdir(self.work)
            if self.row.prepare:
                done = self.start(['/bin/sh', '-c', self.row.prepare], '/bin/sh')
                if done.status != 0:
                    raise SystemExit(f'bench: {self.row.name}: cannot prepare: {done.err.decode(errors="replace")}')
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        os.chdir('/')
        shutil.rmtree(self.top, ignore_errors=True)

    def environment(self, shell):
        made = {'PATH': PATH, 'LC_ALL': self.row.locale, 'HOME': '/', 'SHELL': shell, 'N': str(self.size), 'BENCH': BENCH,
                'TMPDIR': self.top}
        made.update((f'BENCH_{i}', f'value {i} of the environment') for i in range(self.row.environment))
        return made

    def command(self, shell):
        if self.row.arguments:
            return [shell, *self.row.arguments]
        if self.row.how == 'stdin':
            return [shell]
        return [shell, '-c', self.row.text] if self.row.how == '-c' else [shell, self.row.path]

    def run(self, shell):
        """One measurement: the CPU time and the answer."""
        result = self.start(self.command(shell), shell)
        for _ in range(self.size - 1 if self.row.repeated else 0):
            again = self.start(self.command(shell), shell)
            if again.answer != result.answer:
                return again
            result.seconds += again.seconds
        return result

    def peak(self, shell):
        """Kilobytes that the shell held at most; None where it cannot be asked after its work."""
        if '-n' in self.row.arguments:
            return None
        ask = f'exec 9>{self.top}/peak\n{PEAK}'
        text = ask if self.row.repeated else f'. "$0"\n{ask}'
        script = os.path.join(self.work, self.row.arguments[-1]) if self.row.arguments else self.row.path
        self.start([shell, '-c', text, script], shell)
        with open(os.path.join(self.top, 'peak'), encoding='ascii') as source:
            return int(source.read())

    def start(self, command, shell, environment=None):
        out, err = os.path.join(self.top, 'out'), os.path.join(self.top, 'err')
        source = self.row.path if self.row.how == 'stdin' else '/dev/null'
        create = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        files = [(os.POSIX_SPAWN_OPEN, 0, source, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, out, create, 0o600),
                 (os.POSIX_SPAWN_OPEN, 2, err, create, 0o600)]
        os.chdir(self.work)
        held = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        self.pid = os.posix_spawn(command[0], command, environment or self.environment(shell), file_actions=files,
                                  setpgroup=0, setsigmask=[], setsigdef=[signal.SIGPIPE, signal.SIGXFSZ])
        status, usage = self.wait(held)
        with open(out, 'rb') as got_out, open(err, 'rb') as got_err:
            return Result(got_out.read(), got_err.read(), os.waitstatus_to_exitcode(status),
                          usage.ru_utime + usage.ru_stime)

    def wait(self, held):
        """Waits for self.pid. When that takes too long, or something ends us meanwhile, its group is killed."""

        def expire(*_):
            self.late = True
            os.killpg(self.pid, signal.SIGKILL)

        self.late = False
        before = signal.signal(signal.SIGALRM, expire)
        left = signal.alarm(self.limit)
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
            _, status, usage = os.wait4(self.pid, 0)
        except BaseException:
            with contextlib.suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
                os.wait4(self.pid, 0)
            raise
        finally:
            signal.signal(signal.SIGALRM, before)
            signal.alarm(left)
        return status, usage
