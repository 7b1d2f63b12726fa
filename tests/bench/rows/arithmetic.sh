# Computes.
N=${N:-15000}
i=0
x=1
while [ "$i" -lt "$N" ]; do
    x=$(((x * 1103 + 12345) % 65537))
    y=$(((x >> 3) ^ (i & 255) | (x << 2)))
    z=$((x > y ? (x - y) / 3 : (y - x) % 1000))
    : $((sum = (sum + z) % 1000000))
    i=$((i + 1))
done
echo "$x $y $z $sum"
