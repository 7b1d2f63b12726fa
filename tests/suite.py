"""suite.py -- what the suites written in Python share: cases, running the shell, counting.

A suite decorates functions with @case('title') and ends with finish('NAME'). Each case runs in a process and
an empty directory of its own, a few at once; what it leaves running is killed. Arguments of the suite: parts of
the titles to run. KEEP=1 shows what was printed by the cases that hold, too.
"""
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.abspath(os.environ.get('BUILD', os.path.join(TOP, 'build')))
SWISH = os.path.abspath(os.environ.get('SWISH', os.path.join(BUILD, 'swish')))
JOBS = os.cpu_count() or 2
CASE_SECONDS = 60

cases = []


class Failure(Exception):
    """The case does not hold; its text says what differs."""


class Result:
    def __init__(self, out, err, status):
        self.out = out
        self.err = err
        self.status = status  # as a shell sees it: 128+n for a signal

    def text(self):
        return f'status {self.status}\n  out {short(self.out)}\n  err {short(self.err)}'


def short(value):
    text = repr(value)
    return text if len(text) < 700 else text[:400] + ' ... ' + text[-250:]


def case(title, alone=False):
    """alone: nothing else may run meanwhile (it measures)."""

    def add(function):
        cases.append((title, function, alone))
        return function

    return add


def expect(condition, message):
    if not condition:
        raise Failure(message)


def equal(got, wanted, what='result'):
    if got != wanted:
        if isinstance(got, str) and isinstance(wanted, str) and len(got) + len(wanted) > 1000:
            pairs = zip(got.splitlines(), wanted.splitlines())
            differ = [f'\n  got    {ours}\n  wanted {theirs}' for ours, theirs in pairs if ours != theirs][:3]
            raise Failure(f'{what}: {len(got)} and {len(wanted)} bytes' + ''.join(differ))
        raise Failure(f'{what}\n  got    {short(got)}\n  wanted {short(wanted)}')


def as_bytes(value):
    return value.encode('utf-8', 'surrogateescape') if isinstance(value, str) else value


def environment(extra=None):
    base = {'PATH': '/usr/bin:/bin', 'LC_ALL': 'C', 'HOME': '/', 'SWISH': SWISH}
    base.update(extra or {})
    return {name: value for name, value in base.items() if value is not None}


def run(*args, stdin=b'', env=None, seconds=30, before=None, shell=None, decode=True, **how):
    """Runs the shell with these arguments: Result. `before` is called in the child before exec."""

    def prepare():
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        if before:
            before()

    if stdin is None or isinstance(stdin, (bytes, str)):
        how['stdin' if stdin is None else 'input'] = subprocess.DEVNULL if stdin is None else as_bytes(stdin)
    else:
        how['stdin'] = stdin
    how.setdefault('stdout', subprocess.PIPE)
    how.setdefault('stderr', subprocess.PIPE)
    try:
        done = subprocess.run([shell or SWISH, *args], env=environment(env), timeout=seconds,
                              preexec_fn=prepare, close_fds=how.pop('close_fds', True), **how)
    except subprocess.TimeoutExpired as late:
        raise Failure(f'not done after {seconds} s; out {short(late.stdout)} err {short(late.stderr)}') from None
    status = done.returncode if done.returncode >= 0 else 128 - done.returncode
    out, err = done.stdout, done.stderr
    if decode:
        out = out.decode('utf-8', 'backslashreplace') if out is not None else None
        err = err.decode('utf-8', 'backslashreplace') if err is not None else None
    return Result(out, err, status)


def check(script, out='', err=None, status=0, args=(), options=(), **how):
    """Runs `swish OPTIONS -c SCRIPT ARGS` and compares; err: exact, or None for empty, or True for anything,
    or a function of the text."""
    result = run(*options, '-c', script, *args, **how)
    same = result.out == out and result.status == status
    if callable(err):
        same = same and err(result.err)
    elif err is not True:
        same = same and result.err == (err or '')
    if not same:
        raise Failure(f'{short(script)}\n  got {result.text()}\n  wanted status {status}\n  out {short(out)}'
                      + ('' if err is True or callable(err) else f'\n  err {short(err or "")}'))
    return result


def one_message(part):
    """One line of the shell that holds the text."""
    return lambda text: text.count('\n') == 1 and text.startswith('swish: ') and part in text


def write(path, content, mode=0o644):
    with open(path, 'wb') as to:
        to.write(as_bytes(content))
    os.chmod(path, mode)
    return os.path.abspath(path)


def read(path):
    with open(path, 'rb') as source:
        return source.read()


def children_of(pid):
    """(pid, state) of every child, zombies too."""
    found = []
    for name in os.listdir('/proc'):
        if not name.isdigit():
            continue
        try:
            fields = read(f'/proc/{name}/stat').rpartition(b')')[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append((int(name), fields[0].decode()))
    return found


def until(what, test, seconds=20):
    """Polls until the test gives something true, which it returns."""
    end = time.monotonic() + seconds
    pause = 0.0005
    while True:
        found = test()
        if found:
            return found
        if time.monotonic() > end:
            raise Failure(f'not within {seconds} s: {what}')
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)


# In a script: waits until the shell sleeps in a system call.
ASLEEP = 'until read a b s r </proc/$$/stat; [ "$s" = S ]; do :; done'


def compiled(name, source, *flags):
    """Path of a small C program of the tests, built once into BUILD/NAME."""
    target = os.path.join(BUILD, 'tests-python', name)
    if not os.path.exists(target) or os.path.getmtime(target) < os.path.getmtime(source):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        compiler = os.environ.get('CC') or 'cc'
        partial = f'{target}.{os.getpid()}'
        subprocess.run([*compiler.split(), '-O1', '-D_GNU_SOURCE', *flags, '-o', partial, source], check=True)
        os.rename(partial, target)
    return target


def is_static():
    """Made with musl, without an interpreter?"""
    shown = subprocess.run(['readelf', '-lW', SWISH], stdout=subprocess.PIPE, check=True).stdout
    return b'INTERP' not in shown


def is_sanitized():
    return b'__asan_init' in read(SWISH)


def is_covered():
    return b'__gcov_' in read(SWISH)


def child_seconds(function):
    """User and system CPU time that children used while the function ran."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    function()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def kill_survivors(session):
    """Everything that still belongs to the session of the case."""
    for _ in range(3):
        for name in os.listdir('/proc'):
            if name.isdigit() and int(name) != session:
                try:
                    if os.getsid(int(name)) == session:
                        os.kill(int(name), signal.SIGKILL)
                except OSError:
                    pass


def run_case(function, log):
    """In a child: 0 when the case holds."""
    os.setsid()
    directory = tempfile.mkdtemp(prefix='swish-case-')
    os.chdir(directory)
    os.dup2(log, 1)
    os.dup2(log, 2)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.alarm(CASE_SECONDS)
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Failure(f'{CASE_SECONDS} s are over')))
    status = 1
    try:
        function()
        status = 0
    except Failure as failure:
        print(f'  {failure}')
    except BaseException:
        traceback.print_exc()
    signal.alarm(0)
    kill_survivors(os.getpid())
    os.chdir('/')
    subprocess.run(['chmod', '-R', 'u+rwx', directory], stderr=subprocess.DEVNULL, check=False)
    shutil.rmtree(directory, ignore_errors=True)
    sys.stdout.flush()
    return status


def start_case(title, function):
    log = os.memfd_create('log')
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            status = run_case(function, log)
        finally:
            os._exit(status)
    return pid, (title, log, time.time())


def end_case(running, counts):
    pid, wait_status = os.wait()
    title, log, began = running.pop(pid)
    good = wait_status == 0
    counts[0 if good else 1] += 1
    size = os.lseek(log, 0, os.SEEK_END)
    text = os.pread(log, size, 0).decode('utf-8', 'replace')
    os.close(log)
    if not good or text:
        print(f'{"held" if good else "FAILED"}: {title}\n{text}', end='')
    if 'TIMES' in os.environ:
        print(f'{time.time() - began:8.2f} s  {title}')


def finish(name):
    wanted = sys.argv[1:]
    chosen = [row for row in cases if not wanted or any(part in row[0] for part in wanted)]
    counts = [0, 0]
    running = {}
    for title, function, alone in sorted(chosen, key=lambda row: row[2]):
        while len(running) >= (1 if alone else JOBS):
            end_case(running, counts)
        pid, row = start_case(title, function)
        running[pid] = row
    while running:
        end_case(running, counts)
    print(f'{name}: {counts[0]} passed, {counts[1]} failed')
    sys.exit(1 if counts[1] else 0)
