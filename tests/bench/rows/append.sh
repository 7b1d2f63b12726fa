# Appends to a string N times.
N=${N:-8000}
s=
i=0
while [ "$i" -lt "$N" ]; do
    s=$s.$i
    i=$((i + 1))
done
echo "${#s}"
