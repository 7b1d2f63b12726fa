# Chooses values by ${x:-y} and its like.
N=${N:-15000}
set=value
empty=
i=0
while [ "$i" -lt "$N" ]; do
    a=${set:-other}${unset:-other}${empty:-"$i"}
    b=${set-other}${unset-other}${empty-other}
    c=${set:+there}${unset:+there}${empty+there}
    unset d
    : "${d:=$i}"
    i=$((i + 1))
done
echo "$a $b $c $d"
