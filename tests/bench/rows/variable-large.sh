# Builds a variable of N MB and copies from it.
N=${N:-32}
s=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde/
while [ "${#s}" -lt 1048576 ]; do
    s=$s$s
done
large=
i=0
while [ "$i" -lt "$N" ]; do
    large=$large$s
    i=$((i + 1))
done
echo "${#large} ${large##*/}"
