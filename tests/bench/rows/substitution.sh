# Substitutes the output of a built-in.
# processes
N=${N:-200}
i=0
while [ "$i" -lt "$N" ]; do
    x=$(echo "$i")
    i=$((x + 1))
done
echo "$x"
