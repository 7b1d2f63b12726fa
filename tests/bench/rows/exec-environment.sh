# Runs an external program while 1,000 variables are exported.
# processes
# environment: 1000
# floor: N /bin/true
N=${N:-60}
i=0
while [ "$i" -lt "$N" ]; do
    BENCH_5=$i /bin/true
    i=$((i + 1))
done
echo "$BENCH_5"
