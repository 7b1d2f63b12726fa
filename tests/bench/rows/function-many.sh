# Defines N functions and calls each.
N=${N:-5000}
i=0
while [ "$i" -lt "$N" ]; do
    eval "function_$i() { n=\$((n + 1)); }"
    i=$((i + 1))
done
i=0
while [ "$i" -lt "$N" ]; do
    "function_$i"
    i=$((i + 1))
done
echo "$n"
