# Reads the last of N positional parameters by its number, N times.
# prepare: awk -v n="$N" 'BEGIN { while (i < n) print ++i }' >data
N=${N:-4000}
set -- $(cat data)
i=0
while [ "$i" -lt "$N" ]; do
    eval "last=\${$N}"
    i=$((i + 1))
done
echo "$last"
