# A pipeline of a built-in and a program.
# processes
# floor: N cat
N=${N:-50}
i=0
while [ "$i" -lt "$N" ]; do
    echo "$i" | cat
    i=$((i + 1))
done
