# Starts, and becomes another program, N times.
# how: -c
# runs: 40
# processes
exec /bin/true
