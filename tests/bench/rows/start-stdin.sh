# Starts with a script on its standard input, N times.
# how: stdin
# runs: 60
:
