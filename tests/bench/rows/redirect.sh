# Opens a file for each line.
N=${N:-6000}
i=0
: >out
while [ "$i" -lt "$N" ]; do
    echo "line $i of the file" >>out
    : >/dev/null 2>&1
    i=$((i + 1))
done
tail -n 1 out
echo "$i"
