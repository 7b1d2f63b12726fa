# Walks over N words.
# prepare: awk -v n="$N" 'BEGIN { while (i < n) print "word" ++i }' >data
N=${N:-40000}
words=$(cat data)
n=0
for word in $words; do
    n=$((n + 1))
    last=$word
done
echo "$n $last"
