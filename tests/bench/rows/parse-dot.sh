# Reads a small file with the dot command, N times.
# prepare: "$BENCH/lines" 20 >library
N=${N:-600}
i=0
while [ "$i" -lt "$N" ]; do
    . ./library >/dev/null
    i=$((i + 1))
done
echo "$i"
