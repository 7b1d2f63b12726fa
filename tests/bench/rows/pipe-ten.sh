# A pipeline of ten stages.
# processes
# floor: N cat | cat | cat | cat | cat | cat | cat | cat | cat
N=${N:-8}
i=0
while [ "$i" -lt "$N" ]; do
    echo "$i" | cat | cat | cat | cat | cat | cat | cat | cat | cat
    i=$((i + 1))
done
