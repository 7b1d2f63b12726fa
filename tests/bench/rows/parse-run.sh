# Runs a script of N lines that was never seen before.
# prepare: "$BENCH/lines" "$N" >script
N=${N:-50000}
exec "$SHELL" script
