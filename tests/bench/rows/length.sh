# Takes lengths of short and long strings.
N=${N:-20000}
s=0123456789
long=$s$s$s$s$s$s$s$s$s$s
long=$long$long$long$long$long$long$long$long$long$long
i=0
n=0
while [ "$i" -lt "$N" ]; do
    n=$((n + ${#s} + ${#long} + ${#i} + ${#unset}))
    i=$((i + 1))
done
echo "$n"
