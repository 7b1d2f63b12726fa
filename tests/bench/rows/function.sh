# Calls a function with arguments.
N=${N:-30000}
add()
{
    sum=$((sum + $1 + $2))
}
sum=0
i=0
while [ "$i" -lt "$N" ]; do
    add 1 "$i"
    sum=$((sum % 1000))
    i=$((i + 1))
done
echo "$sum"
