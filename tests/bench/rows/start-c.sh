# Starts with -c, N times.
# how: -c
# runs: 60
:
