# Substitutes the contents of a small file by way of cat.
# processes
N=${N:-60}
echo 'one line' >small
i=0
while [ "$i" -lt "$N" ]; do
    x=$(cat small)
    i=$((i + 1))
done
echo "$x"
