# Runs an external program.
# processes
# floor: N /bin/true
N=${N:-80}
i=0
while [ "$i" -lt "$N" ]; do
    /bin/true
    i=$((i + 1))
done
echo "$?"
