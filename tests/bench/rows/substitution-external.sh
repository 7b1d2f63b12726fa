# Substitutes the output of a program.
# processes
# floor: N /bin/echo 1
N=${N:-60}
i=0
while [ "$i" -lt "$N" ]; do
    x=$(/bin/echo "$i")
    i=$((x + 1))
done
echo "$x"
