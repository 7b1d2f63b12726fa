"""measure.py -- what the benchmark knows about shells and rows: times, answers, memory, growth.

Each round runs a row under every shell, in turn there and back, so that what else the machine does hits all alike;
what counts is the median of the ratios within the rounds, with an interval of 95 % by bootstrap. A shell whose
output differs from that of dash and bash, or which takes too long, does not count on that row.
"""
import glob
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import counts
import rows

PEERS = ('dash', 'ksh93', 'busybox', 'mksh', 'bash')
ALIASES = {'busybox': 'ash', 'bash': 'sh'}
LIMIT = 1.03  # of the fastest peer, at most
STEEP = 1.25  # exponents above this are no longer N log N
FLOOR = os.path.join(counts.BUILD, 'bench-floor')

# How a shell tells its version: a command, or what it evaluates itself.
VERSIONS = {
    'dash': ('dpkg-query', '-W', '-f', '${Version}', 'dash'), 'ksh93': 'echo "${.sh.version}"', 'mksh': 'echo "$KSH_VERSION"',
    'busybox': ('busybox', '--help'), 'bash': 'echo "$BASH_VERSION"', 'yash': 'echo "$YASH_VERSION"',
}


class Shell:
    def __init__(self, name, path):
        self.name = name
        self.path = path

    def version(self):
        how = VERSIONS.get(self.name)
        if not how:
            return ''
        text = counts.output_of(*([self.path, '-c', how] if isinstance(how, str) else how))
        return (text.splitlines() or [''])[0].partition(' multi-call')[0]


def work_directory():
    """Below build/, where whatever a killed benchmark left is swept away by the next."""
    os.makedirs(counts.BUILD, exist_ok=True)
    for left in glob.glob(os.path.join(counts.BUILD, 'bench-work-*')):
        if not os.path.exists('/proc/' + left.split('-')[-2]):
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=f'bench-work-{os.getpid()}-', dir=counts.BUILD)


def find_shells(asked, directory):
    """swish first. busybox gets a name by which it knows that it is a shell, bash one that makes it keep to POSIX."""
    shells = [Shell('swish', counts.SWISH)]
    for name in asked or PEERS:
        path = shutil.which(name)
        if not path:
            print(f'bench: no {name} here', file=sys.stderr)
            continue
        name = os.path.basename(name)
        if name in ALIASES:
            link = os.path.join(directory, ALIASES[name])
            os.symlink(os.path.realpath(path), link)
            path = link
        taken = any(shell.name == name for shell in shells)  # another build of swish: its folder tells
        shells.append(Shell('/'.join(os.path.abspath(path).split('/')[-2:]) if taken else name, os.path.abspath(path)))
    return shells


def ordered(shells):
    """There and back, without end."""
    while True:
        yield shells
        yield shells[::-1]


def interval(ratios):
    """Bounds of the median by bootstrap; the same for the same ratios."""
    source = random.Random(len(ratios))
    medians = sorted(statistics.median(source.choices(ratios, k=len(ratios))) for _ in range(1000))
    return medians[25], medians[974]


def geometric_mean(values):
    return math.exp(statistics.fmean(math.log(value) for value in values)) if values else math.nan


class Measured:
    """What came of one row: seconds of each shell by round, its peak, and who gave a wrong answer. The seconds of
    `floor` are those of a C program that only starts the same programs."""

    def __init__(self, row):
        self.row = row
        self.seconds = {}
        self.peaks = {}
        self.wrong = {}

    def add_round(self, results, late):
        right = expected(results)
        for name, result in results.items():
            self.seconds.setdefault(name, []).append(max(result.seconds, 1e-6))
            if result.answer != right or name in late:
                self.wrong[name] = result

    def counts(self, name):
        return name in self.seconds and name not in self.wrong

    def ratios(self, name, base):
        return [a / b for a, b in zip(self.seconds[name], self.seconds[base])]

    def ratio(self, name, base):
        return statistics.median(self.ratios(name, base))

    def best(self):
        """The peer that is fastest among those with the right answer."""
        peers = [name for name in self.seconds if name not in ('swish', 'floor') and name not in self.wrong]
        return min(peers, key=lambda name: statistics.median(self.seconds[name]), default=None)

    def bounds(self):
        """Median and interval of the ratio to the fastest peer, or None."""
        if not self.counts('swish') or not self.best():
            return None
        ratios = self.ratios('swish', self.best())
        return (statistics.median(ratios), *interval(ratios))

    def slow(self):
        """Surely slower than the limit allows?"""
        bounds = self.bounds()
        return bool(bounds) and bounds[0] > LIMIT and bounds[1] > LIMIT


def expected(results):
    """What dash and bash agree on, or None when they differ. Who was killed (a deep recursion, say) has no answer."""
    answers = {results[name].answer for name in ('dash', 'bash') if name in results and results[name].status >= 0}
    if len(answers) > 1:
        return None
    return answers.pop() if answers else next(iter(results.values())).answer


def size_of(row):
    return int(os.environ.get('N') or row.size)


def measure(row, shells, rounds, parent):
    measured = Measured(row)
    shells = [shell for shell in shells if shell.name != row.without]
    with rows.Place(row, size_of(row), parent) as place:
        measured.peaks = peaks(place, shells)
        for turn, _ in zip(ordered(shells), range(rounds)):
            results, late = {}, set()
            for shell in turn:
                results[shell.name] = place.run(shell.path)
                if place.late:
                    late.add(shell.name)
            measured.add_round(results, late)
            if row.floor and os.path.exists(FLOOR):
                measured.seconds.setdefault('floor', []).append(run_floor(place))
    return measured


def run_floor(place):
    """CPU seconds of the C program that starts the same programs as the row."""
    words = re.sub(r'\bN\b', str(place.size), place.row.floor).split()
    result = place.start([FLOOR, *words], FLOOR)
    if result.status != 0:
        raise SystemExit(f'bench: {place.row.name}: floor: {result.err.decode(errors="replace")}')
    return max(result.seconds, 1e-6)


def peaks(place, shells):
    """Largest resident size of each shell, in KB."""
    found = {}
    for shell in shells:
        try:
            found[shell.name] = place.peak(shell.path)
        except (OSError, ValueError):
            found[shell.name] = None
    return found


def instructions(row, shells, parent):
    """Instructions of each shell for a tenth of the work, in which start-up still drowns."""
    size = size_of(row) if row.repeated else max(size_of(row) // 10, min(size_of(row), 10))
    with rows.Place(row, size, parent, 300) as place:
        return {shell.name: counts.count(place, shell.path) for shell in shells if shell.name != row.without}


WRONG = 'wrong'
LONG = 'too long'


def growth(row, shells, parent):
    """For each shell the exponents from N to 4 N and on to 16 N, or why there is none: WRONG, LONG."""
    taken = {shell.name: [] for shell in shells if shell.name != row.without}
    for factor in (1, 4, 16):
        going = [shell for shell in shells if shell.name in taken and not isinstance((taken[shell.name] or [0])[-1], str)]
        with rows.Place(row, size_of(row) * factor, parent, 40) as place:
            for name, time in times_at(place, going).items():
                taken[name].append(time)
    return {name: exponents(times) for name, times in taken.items()}


def exponents(times):
    if isinstance(times[0], str):
        return times
    return [after if isinstance(after, str) else math.log(after / before, 4) for before, after in zip(times, times[1:])]


def times_at(place, shells):
    """Seconds of each shell at this N: the best of three runs for swish, one run for the others."""
    seconds, results = {}, {}
    for shell in shells:
        runs = [place.run(shell.path) for _ in range(3 if shell.name == 'swish' else 1)]
        seconds[shell.name] = LONG if place.late else max(min(result.seconds for result in runs), 1e-4)
        results[shell.name] = runs[-1]
    right = expected(results) if results else None
    return {name: WRONG if time != LONG and results[name].answer != right else time for name, time in seconds.items()}


def steep(exponents):
    """Grows faster than N log N? One step alone may be noise."""
    return len(exponents) == 2 and not isinstance(exponents[1], str) and exponents[1] > STEEP and sum(exponents) / 2 > 1.1


def machine():
    with open('/proc/cpuinfo', encoding='utf-8') as source:
        model = re.search(r'^model name\s*: (.*)', source.read(), re.M)
    return f'{model.group(1) if model else os.uname().machine}, {os.cpu_count()} processors, Linux {os.uname().release}'


def versions(shells):
    """A line for each shell: what it is and, for swish, how it was made."""
    commit = subprocess.run(['git', '-C', counts.TOP, 'describe', '--always', '--dirty'], stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, check=False).stdout.decode().strip()
    made = ', '.join(counts.made_with().values())
    return [f'swish {commit} ({made})', *(f'{shell.name} {shell.version()}'.strip() for shell in shells[1:])]
