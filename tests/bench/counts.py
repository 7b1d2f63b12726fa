#!/usr/bin/python3
"""counts.py -- instruction counts of core rows, by callgrind, and the file INSTRUCTIONS that keeps them.

Usage: counts.py        rewrites the file (make bench-counts)

Between the same compiler, flags and libc a count tells exactly whether a row became slower: tests/bench/run fails
when one is more than 5 % above the file. Made otherwise, swish is only compared with dash in the same run.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import rows  # noqa: E402 (the line above must come first)

FILE = os.path.join(rows.BENCH, 'INSTRUCTIONS')
TOP = os.path.dirname(os.path.dirname(rows.BENCH))
BUILD = os.path.abspath(os.environ.get('BUILD', os.path.join(TOP, 'build')))
SWISH = os.path.abspath(os.environ.get('SWISH', os.path.join(BUILD, 'swish')))
RISE = 1.05
RISE_OF_RATIO = 1.3  # between two compilers or two libcs
HEAD = '''# Instructions of the shell's own process, by callgrind. `make bench-counts` writes this file; a change
# that makes a row dearer by more than 5 % brings the new file along, and tells why (tests/bench/run checks).
'''

# N for each: enough to drown the start, little enough for a second under callgrind.
CORE = {
    'start-c': 1, 'while': 1000, 'arithmetic': 250, 'assignment': 400, 'test': 250, 'case': 400, 'pattern': 250, 'strip': 250,
    'default': 250, 'split': 200, 'append': 800, 'function': 500, 'positional-pass': 150, 'parse-only': 700, 'parse-eval': 250,
    'read': 500, 'printf': 250, 'substitution': 200, 'subshell-state': 100, 'variables': 300,
}


def put(place, shell):
    """A copy of the shell beside the working directory, without what old valgrinds cannot read of a new compiler's
    debugging information; a symbolic link to the row. Their names from there are the same wherever the project lies."""
    copy = os.path.join(place.top, os.path.basename(shell))
    if not os.path.exists(copy):
        subprocess.run(['strip', '-o', copy, os.path.realpath(shell)], stderr=subprocess.DEVNULL, check=False)
        if not os.path.exists(copy):
            os.symlink(os.path.realpath(shell), copy)
    if not os.path.lexists(os.path.join(place.top, 'row')):
        os.symlink(place.row.path, os.path.join(place.top, 'row'))
    return '../' + os.path.basename(shell)


def count(place, shell):
    """Instructions of the shell's own process, without those of its children; None when callgrind did not tell.
    The environment, too, is always the same."""
    shell = put(place, shell)
    environment = {name: value for name, value in place.environment(shell).items() if name not in ('BENCH', 'TMPDIR')}
    command = ['../row' if word == place.row.path else word for word in place.command(shell)]
    log = os.path.join(place.top, 'log')
    tool = [shutil.which('valgrind') or 'valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', f'--log-file={log}.%p']
    place.start([*tool, *command], shell, environment)
    with open(f'{log}.{place.pid}', encoding='ascii', errors='replace') as source:
        found = re.search(r'Collected : (\d+)', source.read())
    return int(found.group(1)) if found and not place.late else None


def count_row(name, shells, parent):
    """The counts of one core row under each of these shells."""
    with rows.Place(rows.Row(name), CORE[name], parent) as place:
        return [count(place, shell) for shell in shells]


def output_of(*command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
    except OSError:
        return ''
    return done.stdout.decode(errors='replace')


def libc():
    """What the shell is linked with; a program of ours without an interpreter has musl in it."""
    if 'INTERP' in output_of('readelf', '-lW', SWISH):
        return output_of('getconf', 'GNU_LIBC_VERSION').strip() or 'unknown'
    loaders = [name for name in os.listdir('/lib') if name.startswith('ld-musl-')]
    found = re.search(r'Version (\S+)', output_of(f'/lib/{loaders[0]}')) if loaders else None
    return f'musl {found.group(1)}, static' if found else 'unknown, static'


def made_with():
    """Compiler, flags that matter for speed, libc."""
    comment = output_of('readelf', '-p', '.comment', SWISH)
    compilers = sorted(set(re.findall(r'\] +(.*\S)', comment)))
    with open(os.path.join(BUILD, 'flags'), encoding='utf-8') as source:
        words = source.read().split()  # test programs say -fno-lto when the shell is linked with it
    flags = dict.fromkeys(word for word in words if re.match(r'-(O|f|m|D_FORTIFY)', word))
    return {'compiler': '; '.join(compilers) or 'unknown', 'flags': ' '.join(flags), 'libc': libc()}


def load():
    """What the file says: how swish was made, and for each row its N, its count and the ratio to dash."""
    made, kept = {}, {}
    with open(FILE, encoding='utf-8') as source:
        for line in source:
            name, _, rest = line.strip().partition(': ')
            fields = rest.split()
            if rest and name in ('compiler', 'flags', 'libc'):
                made[name] = rest
            elif name in CORE:
                kept[name] = int(fields[0]), int(fields[1]), float(fields[2])
    return made, kept


def judge(name, kept, before, parent):
    """Why the row fails, or None. `before`: how the shell was made that the kept counts are from."""
    made = made_with()
    if name not in kept:
        return f'{FILE} lacks it: make bench-counts'
    size, instructions, ratio = kept[name]
    if size != CORE[name]:
        return f'{FILE} has N {size}: make bench-counts'
    if made == before:
        now = count_row(name, [SWISH], parent)[0]
        if not now or now > instructions * RISE:
            return f'{now} instructions, {instructions} before. Make it cheaper, or run make bench-counts and tell why'
        if now * RISE < instructions:
            print(f'  {now} instructions, {instructions} before: make bench-counts keeps the gain')
        return None
    if name.startswith('start') and made['libc'] != before['libc']:
        return None  # that is the libc's start
    now, dash = count_row(name, [SWISH, '/bin/dash'], parent)
    if not now or not dash or now / dash > ratio * RISE_OF_RATIO:
        return f'{now} instructions, {dash} in dash; the ratio was {ratio} elsewhere'
    return None


def rewrite():
    rows.end_by_signals()
    os.makedirs(BUILD, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix='counts-', dir=BUILD) as parent:
        lines = [f'{name}: {text}\n' for name, text in made_with().items()]
        lines.append(f'\n# row: N, instructions, ratio to dash {output_of("dpkg-query", "-W", "-f", "${Version}", "dash")}\n')
        for name in sorted(CORE):
            swish, dash = count_row(name, [SWISH, '/bin/dash'], parent)
            if not swish or not dash:
                raise SystemExit(f'counts: no count of {name}')
            lines.append(f'{name}: {CORE[name]} {swish} {swish / dash:.3f}\n')
            print(lines[-1], end='', flush=True)
    with open(FILE + '.new', 'w', encoding='utf-8') as to:
        to.write(HEAD + ''.join(lines))
    os.rename(FILE + '.new', FILE)


if __name__ == '__main__':
    rewrite()
