# Reads a script of N lines without running it.
# prepare: "$BENCH/lines" "$N" >script
# arguments: -n script
N=${N:-50000}
