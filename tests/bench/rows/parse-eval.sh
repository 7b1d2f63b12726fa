# Evaluates a line of its own in each turn.
N=${N:-12000}
i=0
while [ "$i" -lt "$N" ]; do
    eval "sum=\$((sum + $i)); last='$i'; if [ \$sum -gt 100000 ]; then sum=0; fi"
    i=$((i + 1))
done
echo "$sum $last"
