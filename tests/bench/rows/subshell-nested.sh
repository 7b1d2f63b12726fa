# Substitutions and subshells inside each other.
# processes
N=${N:-60}
i=0
while [ "$i" -lt "$N" ]; do
    x=$(echo "$(echo "$(echo "$i")")")
    (x=1; (x=2; (x=3)))
    i=$((x + 1))
done
echo "$x"
