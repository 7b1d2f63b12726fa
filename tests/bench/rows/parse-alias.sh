# Defines N aliases and uses each once.
N=${N:-4000}
i=0
while [ "$i" -lt "$N" ]; do
    alias "name$i=sum=\$((sum + 1)) last=$i;"
    i=$((i + 1))
done
i=0
while [ "$i" -lt "$N" ]; do
    eval "name$i :"
    i=$((i + 1))
done
echo "$sum $last"
