# Substitutes the contents of a small file by way of cat.
# processes
# prepare: echo 'one line' >small
# floor: N cat small
N=${N:-60}
i=0
while [ "$i" -lt "$N" ]; do
    x=$(cat small)
    i=$((i + 1))
done
echo "$x"
