# Assigns for one command.
N=${N:-20000}
f()
{
    last=$a$b
}
i=0
while [ "$i" -lt "$N" ]; do
    a=$i b=x f
    IFS=: true
    i=$((i + 1))
done
echo "$last"
