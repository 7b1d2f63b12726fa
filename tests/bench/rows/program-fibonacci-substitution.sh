# Fibonacci numbers by recursion through substitutions.
# processes
N=${N:-4}
fibonacci()
{
    if [ "$1" -lt 2 ]; then
        echo "$1"
    else
        echo $(($(fibonacci $(($1 - 1))) + $(fibonacci $(($1 - 2)))))
    fi
}
i=0
while [ "$i" -lt "$N" ]; do
    fibonacci 8
    i=$((i + 1))
done
