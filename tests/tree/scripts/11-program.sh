#!/bin/sh
# A small program as people write them: counts words, keeps a stack, prints a report.
set -eu

prog=${0##*/}
verbose=
limit=10
tmp=${TMPDIR:-/tmp}/$prog.$$

usage()
{
    cat >&2 <<EOF
usage: $prog [-v] [-n limit] [file ...]
  -v    say what is done
  -n    print at most limit words (default: $limit)
EOF
    exit 2
}

say()
{
    [ -z "$verbose" ] || printf '%s: %s\n' "$prog" "$*" >&2
}

while getopts 'vn:' opt; do
    case $opt in
        v) verbose=yes ;;
        n) case $OPTARG in
               '' | *[!0-9]*)
                   echo "$prog: bad number: $OPTARG" >&2
                   usage
                   ;;
           esac
           limit=$OPTARG
           ;;
        *) usage ;;
    esac
done
shift $((OPTIND - 1))

trap 'status=$?; rm -f "$tmp"; exit $status' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT

push() { stack="$1${stack:+ $stack}"; }
pop()
{
    top=${stack%% *}
    case $stack in
        *' '*) stack=${stack#* } ;;
        *) stack= ;;
    esac
}

stack=
for file in "${@:--}"; do
    if [ "$file" != - ] && ! [ -r "$file" ]; then
        echo "$prog: cannot read $file" >&2
        continue
    fi
    push "$file"
done

while [ -n "$stack" ]; do
    pop
    say "reading $top"
    if [ "$top" = - ]; then cat; else cat <"$top"; fi
done |
    tr -cs '[:alpha:]' '[\n*]' |
    sort | uniq -c | sort -rn >"$tmp" || exit

n=0
while read -r count word && [ "$n" -lt "$limit" ]; do
    n=$((n + 1))
    printf '%4d %-20s %s\n' "$count" "$word" "$(
        i=0
        while [ $i -lt $count ] && [ $i -lt 40 ]; do
            printf '#'
            i=$((i + 1))
        done
    )"
done <"$tmp"
say "$n words" && exit 0
