# Starts with a script of one line, N times.
# runs: 60
:
