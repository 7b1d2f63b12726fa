# Loops in loops, left early.
N=${N:-250}
i=0
n=0
while [ "$i" -lt "$N" ]; do
    i=$((i + 1))
    for a in 1 2 3 4 5 6 7 8 9 10; do
        for b in 1 2 3 4 5 6 7 8 9 10; do
            [ "$b" = "$a" ] && continue 2
            n=$((n + b))
        done
    done
done
echo "$n"
