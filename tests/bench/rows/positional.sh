# Sets N positional parameters and shifts them away.
# prepare: awk -v n="$N" 'BEGIN { while (i < n) print ++i }' >data
N=${N:-6000}
set -- $(cat data)
sum=0
while [ "$#" -gt 0 ]; do
    sum=$(((sum + $1) % 10007))
    shift
done
set -- $(cat data) 1 2 3 4 5 6 7 8 9 10
for x do
    sum=$(((sum + x + ${10}) % 10007))
done
echo "$sum"
