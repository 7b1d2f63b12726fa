# Reads N lines from a file.
# prepare: awk -v n="$N" 'BEGIN { while (i < n) print "line " ++i " of the data, as it comes" }' >data
N=${N:-6000}
n=0
while IFS= read -r line; do
    n=$((n + ${#line}))
done <data
echo "$n"
