# A loop that reads N lines at the end of a pipeline.
# processes
# prepare: awk -v n="$N" 'BEGIN { while (i < n) print "line", ++i, "of the data" }' >data
N=${N:-15000}
cat data | {
    n=0
    while read -r word number rest; do
        n=$((n + number))
    done
    echo "$n $rest"
}
