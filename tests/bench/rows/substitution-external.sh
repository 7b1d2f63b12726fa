# Substitutes the output of a program.
# processes
N=${N:-60}
i=0
while [ "$i" -lt "$N" ]; do
    x=$(/bin/echo "$i")
    i=$((x + 1))
done
echo "$x"
