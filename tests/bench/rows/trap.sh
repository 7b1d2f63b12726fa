# Sets traps and takes signals.
N=${N:-8000}
n=0
trap 'n=$((n + 1))' USR1
i=0
while [ "$i" -lt "$N" ]; do
    kill -USR1 "$$"
    trap 'echo never' TERM
    trap - TERM
    i=$((i + 1))
done
echo "$n"
