# Strips a quoted prefix of N characters from a string little longer, 20 times.
N=${N:-5000}
s=0123456789
while [ "${#s}" -lt "$N" ]; do
    s=$s$s
done
long=${s}rest
i=0
while [ "$i" -lt 20 ]; do
    a=${long#"$s"}
    b=${long%"$a"}
    i=$((i + 1))
done
echo "$a ${#b}"
