# Reads N lines with backslashes from a file.
# prepare: awk -v n="$N" 'BEGIN { while (i < n) print "a\\ b c\\\\d " ++i "\\x  " }' >data
N=${N:-6000}
n=0
while read first second; do
    n=$((n + ${#first} + ${#second}))
done <data
echo "$n"
