# Starts N jobs, then waits for each.
# processes
N=${N:-150}
i=0
pids=
while [ "$i" -lt "$N" ]; do
    (exit $((i % 7))) &
    pids="$pids $!"
    i=$((i + 1))
done
sum=0
for pid in $pids; do
    wait "$pid"
    sum=$((sum + $?))
done
echo "$sum"
