# Leaves functions by return.
N=${N:-25000}
even()
{
    if [ $(($1 % 2)) = 0 ]; then
        return 0
    fi
    return 1
}
n=0
i=0
while [ "$i" -lt "$N" ]; do
    if even "$i"; then
        n=$((n + 1))
    fi
    i=$((i + 1))
done
echo "$n"
