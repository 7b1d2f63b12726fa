# Fibonacci numbers by recursion.
N=${N:-80}
fibonacci()
{
    if [ "$1" -lt 2 ]; then
        result=$1
        return
    fi
    fibonacci $(($1 - 1))
    set -- "$1" "$result"
    fibonacci $(($1 - 2))
    result=$(($2 + result))
}
i=0
while [ "$i" -lt "$N" ]; do
    fibonacci 10
    i=$((i + 1))
done
echo "$result"
