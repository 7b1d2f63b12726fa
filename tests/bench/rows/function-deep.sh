# Calls functions 200 deep.
N=${N:-150}
down()
{
    if [ "$1" -gt 0 ]; then
        down $(($1 - 1))
    fi
    n=$((n + 1))
}
i=0
while [ "$i" -lt "$N" ]; do
    down 200
    i=$((i + 1))
done
echo "$n"
