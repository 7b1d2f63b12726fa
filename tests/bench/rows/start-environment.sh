# Starts with 1,000 variables in the environment, N times.
# how: -c
# runs: 40
# environment: 1000
echo "$BENCH_999"
