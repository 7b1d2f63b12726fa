# Gives a here-document of 128 KB to a program, N times.
# processes
# floor: N wc -c
N=${N:-20}
s='0123456789abcdefghijklmnopqrstuvwxyz 0123456789 abcdefghijklmno
'
s=$s$s$s$s$s$s$s$s$s$s$s$s$s$s$s$s
s=$s$s$s$s$s$s$s$s$s$s$s$s$s$s$s$s
s=$s$s$s$s$s$s$s$s
i=0
while [ "$i" -lt "$N" ]; do
    wc -c <<END
$s
END
    i=$((i + 1))
done
