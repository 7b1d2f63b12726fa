# Reads a script of N lines without running it.
# prepare: "$BENCH/lines" "$N" >script
N=${N:-50000}
exec "$SHELL" -n script
