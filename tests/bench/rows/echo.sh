# Writes N lines to one file.
N=${N:-25000}
i=0
while [ "$i" -lt "$N" ]; do
    echo "line $i of the file"
    i=$((i + 1))
done >out
tail -n 1 out
echo "$i"
