# Substitutes the output of pwd after a cd.
# processes
N=${N:-200}
i=0
while [ "$i" -lt "$N" ]; do
    x=$(cd / && pwd)
    i=$((i + 1))
done
echo "$x"
