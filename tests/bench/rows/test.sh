# Tests strings, numbers and files.
N=${N:-12000}
i=0
n=0
while [ "$i" -lt "$N" ]; do
    [ -n "$i" ] && [ "$i" != x ] && n=$((n + 1))
    if test "$i" -ge 10 -a "$i" -le 2000 || [ ! "$i" = 5 ]; then
        n=$((n + 2))
    fi
    [ -d / ] && n=$((n + 3))
    [ -e /nonexistent ] || n=$((n + 4))
    i=$((i + 1))
done
echo "$n"
