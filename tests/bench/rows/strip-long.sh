# Looks in a string of N characters for what is not there, 20 times.
N=${N:-5000}
s=0123456789
while [ "${#s}" -lt "$N" ]; do
    s=$s$s
done
i=0
while [ "$i" -lt 20 ]; do
    a=${s#*z}
    b=${s%z*}
    i=$((i + 1))
done
echo "${#a} ${#b}"
