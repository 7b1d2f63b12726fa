# Substitutes 1 MB, N times.
# processes
# prepare: awk 'BEGIN { while (i < 20000) print "a line of some fifty characters, as text is", 100000 + ++i }' >data
# floor: N cat data
N=${N:-12}
i=0
while [ "$i" -lt "$N" ]; do
    x=$(cat data)
    i=$((i + 1))
done
echo "${#x}"
