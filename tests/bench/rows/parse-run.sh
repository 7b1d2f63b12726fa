# Runs a script of N lines that was never seen before.
# prepare: "$BENCH/lines" "$N" >script
# arguments: script
N=${N:-50000}
