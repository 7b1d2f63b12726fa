# Passes "$@" on.
N=${N:-15000}
count()
{
    n=$((n + $#))
}
pass()
{
    count "$@" "$*"
}
set -- one 'two words' three '' five six seven eight
i=0
while [ "$i" -lt "$N" ]; do
    pass "$@"
    i=$((i + 1))
done
echo "$n"
