# Counts the words of a text of N lines.
# prepare: awk -v n="$N" 'BEGIN { split("the cat sat on a mat and saw that dog run", w, " "); while (i < n) { ++i; print w[i % 11 + 1], w[i * 3 % 11 + 1], w[i * 5 % 7 + 1] "er,", w[i % 4 + 1] "s", w[i % 5 + 2] "." } }' >text
N=${N:-2500}
words=
while read -r line; do
    for word in $line; do
        word=${word%[.,]}
        eval "count=\${count_$word:-0}"
        [ "$count" = 0 ] && words="$words $word"
        eval "count_$word=$((count + 1))"
    done
done <text
for word in $words; do
    eval "printf '%6d %s\n' \"\$count_$word\" $word"
done
