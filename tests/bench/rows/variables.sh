# Sets and reads N variables.
N=${N:-10000}
i=0
while [ "$i" -lt "$N" ]; do
    eval "variable_$i=$i"
    i=$((i + 1))
done
sum=0
while [ "$i" -gt 0 ]; do
    i=$((i - 1))
    eval "sum=\$(((sum + variable_$i) % 10007))"
done
echo "$sum"
