# Assigns.
N=${N:-20000}
i=0
while [ "$i" -lt "$N" ]; do
    a=literal
    b=$a
    c="$a and $b"
    d=$c e=$d f=
    a=$e
    i=$((i + 1))
done
echo "$a $b $c $d $e $f"
