# Takes words one by one from a string of N words.
N=${N:-1500}
s=
i=0
while [ "$i" -lt "$N" ]; do
    s="${s}word$i "
    i=$((i + 1))
done
n=0
while [ -n "$s" ]; do
    word=${s%% *}
    s=${s#* }
    n=$((n + ${#word}))
done
echo "$n"
