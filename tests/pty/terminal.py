"""terminal.py -- a shell on a terminal of its own: typed at, read from, and watched in /proc.

Nothing here sleeps for a while and hopes: every wait polls for output, or for what the kernel says of a process
(state, group), of the terminal (owner, modes), or of a file.
"""
import errno
import fcntl
import os
import pty
import select
import signal
import sys
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from suite import SWISH, Failure, as_bytes, environment, is_sanitized, read, short, until  # noqa: E402

SECONDS = 30 if is_sanitized() else 15
PS1, PS2 = '<1>', '<2>'


class Stat:
    """What /proc/PID/stat tells; state X: there is none."""

    def __init__(self, pid):
        self.pid = pid
        self.name, self.state, self.parent, self.group, self.session = '', 'X', 0, 0, 0
        try:
            text = read(f'/proc/{pid}/stat').decode()
        except OSError:
            return
        self.name = text[text.index('(') + 1:text.rindex(')')]
        fields = text[text.rindex(')') + 2:].split()
        self.state, self.parent, self.group, self.session = fields[0], *map(int, fields[1:4])


def processes():
    return [Stat(int(name)) for name in os.listdir('/proc') if name.isdigit()]


def state_of(pid):
    return Stat(pid).state


def stopped(pid):
    return until(f'{pid} stops', lambda: state_of(pid) == 'T')


def sleeps(pid):
    return until(f'{pid} sleeps', lambda: state_of(pid) == 'S')


def gone(pid):
    return until(f'{pid} ends', lambda: state_of(pid) in 'XZ')


class Terminal:
    """`with Terminal() as t`: swish at a terminal; waits for the first prompt unless prompt=False."""

    def __init__(self, *args, env=None, name='swish', shell=None, prompt=True, before=None):
        self.output = ''  # not yet looked at
        self.log = ''
        self.held = b''
        self.status = None
        settings = {'PS1': PS1, 'PS2': PS2, 'TERM': 'dumb', 'HOME': os.getcwd(), **(env or {})}
        shell = shell or SWISH
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            for number in range(1, signal.SIGRTMAX + 1):
                if number not in (signal.SIGKILL, signal.SIGSTOP):
                    try:
                        signal.signal(number, signal.SIG_DFL)
                    except (OSError, ValueError):
                        pass
            try:
                if before:
                    before()
                os.execve(shell, [name, *args], environment(settings))
            finally:
                os._exit(99)
        if prompt:
            self.expect(PS1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.hang_up()
        for _ in range(3):
            for process in processes():
                if process.session == self.pid and process.state not in 'XZ':
                    try:
                        os.kill(process.pid, signal.SIGKILL)
                    except OSError:
                        pass
        if self.status is None:
            os.waitpid(self.pid, 0)

    def hang_up(self):
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    # ---- what is on the screen ----

    def pump(self, seconds):
        """Takes what the terminal has; False: it is closed."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError as error:
            if error.errno == errno.EIO:
                return False
            raise
        data = self.held + data
        kept = data.rstrip(b'\r')  # the newline may come with the next piece
        self.held = data[len(kept):]
        text = kept.decode('utf-8', 'replace').replace('\r\r\n', '\n').replace('\r\n', '\n')
        self.output += text
        self.log += text
        return True

    def expect(self, text):
        """Waits for the text (or compiled pattern); returns what came before it."""
        end = time.monotonic() + SECONDS
        while True:
            if isinstance(text, str):
                at = self.output.find(text)
                match = None if at < 0 else (at, at + len(text))
            else:
                found = text.search(self.output)
                match = found and found.span()
            if match:
                before, self.output = self.output[:match[0]], self.output[match[1]:]
                return before
            if time.monotonic() > end or not self.pump(0.05):
                raise Failure(f'expected {text!r}, screen: {short(self.log)}')

    def type(self, text):
        data = as_bytes(text)
        while data:
            data = data[os.write(self.fd, data):]

    def line(self, text):
        """Types a line, and sees its echo."""
        self.type(text + '\n')
        self.expect(text + '\n')

    def run(self, text):
        """Runs a command; what it printed."""
        self.line(text)
        return self.expect(PS1)

    def run_in(self, text, prompt):
        """The same in a shell with another prompt."""
        self.line(text)
        return self.expect(prompt)

    def check(self, text, wanted):
        got = self.run(text)
        if got != wanted:
            raise Failure(f'{text}\n  got    {got!r}\n  wanted {wanted!r}\n  screen {short(self.log)}')

    def alive(self):
        self.check('echo alive', 'alive\n')

    def control(self, letter):
        self.type(chr(ord(letter.upper()) & 31))

    def interrupt(self, status=130):
        """Ctrl-C brings the prompt back, with this status."""
        self.control('c')
        before = self.expect(PS1)
        self.check('echo $?', f'{status}\n')
        return before

    # ---- what the kernel says ----

    def owner(self):
        return int.from_bytes(fcntl.ioctl(self.fd, termios.TIOCGPGRP, b'\0' * 4), sys.byteorder)

    def owned_by(self, group):
        until(f'{group} owns the terminal', lambda: self.owner() == group)

    def modes(self):
        return termios.tcgetattr(self.fd)

    def session(self):
        """Its processes."""
        return [p for p in processes() if p.session == self.pid and p.state not in 'XZ']

    def named(self, name):
        """Those with the name."""
        return [p for p in self.session() if p.name == name]

    def process(self, name):
        """The one process with the name, as soon as it sleeps or is stopped."""
        def look():
            found = [p for p in self.named(name) if p.state in 'ST']
            return found and found[0]
        return until(f'a process {name}', look)

    def foreground(self, name='sleep'):
        """The process with the name in the group that owns the terminal, when it sleeps."""
        def look():
            owner = self.owner()
            found = [p for p in self.named(name) if p.group == owner and p.state == 'S']
            return owner != self.pid and found and found[0]
        return until(f'{name} in the foreground', look)

    def suspend(self, name='sleep'):
        """Ctrl-Z on the process; sees the notice and the prompt."""
        process = self.foreground(name)
        self.control('z')
        stopped(process.pid)
        self.expect('Stopped')
        self.expect(PS1)
        self.owned_by(self.pid)
        return process

    def reading(self):
        """The shell sleeps."""
        sleeps(self.pid)

    def end(self):
        """The shell's exit status, 128+n for a signal."""
        def ended():
            if self.fd >= 0:
                self.pump(0)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            return pid
        until(f'the shell ends; screen {short(self.log)}', ended)
        return self.status if self.status >= 0 else 128 - self.status

    def ended(self, wanted):
        status = self.end()
        if status != wanted:
            raise Failure(f'the shell ended with {status}, not {wanted}; screen {short(self.log)}')

