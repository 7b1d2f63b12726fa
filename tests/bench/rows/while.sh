# Counts with while.
N=${N:-50000}
i=0
while [ "$i" -lt "$N" ]; do
    i=$((i + 1))
done
echo "$i"
