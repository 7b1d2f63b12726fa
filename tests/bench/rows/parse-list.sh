# Reads and runs a list of N commands joined by &&.
# prepare: awk -v n="$N" 'BEGIN { while (i < n) printf "x=%d && ", ++i; print "echo \"$x\"" }' >script
# arguments: script
N=${N:-8000}
