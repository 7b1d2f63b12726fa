# Substitutes the output of a function.
# processes
N=${N:-200}
double()
{
    twice=$(($1 * 2))
    printf '%s\n' "$twice"
}
i=0
while [ "$i" -lt "$N" ]; do
    x=$(double "$i")
    i=$((i + 1))
done
echo "$x $twice"
