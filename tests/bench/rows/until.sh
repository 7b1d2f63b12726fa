# Counts down with until.
N=${N:-50000}
until [ "$N" = 0 ]; do
    N=$((N - 1))
done
echo "$N"
