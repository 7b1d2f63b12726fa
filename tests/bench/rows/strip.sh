# Strips prefixes and suffixes of short strings.
N=${N:-12000}
i=0
while [ "$i" -lt "$N" ]; do
    path=/usr/share/doc/package-$i/readme.txt.gz
    base=${path##*/}
    dir=${path%/*}
    stem=${base%%.*}
    ext=${base#*.}
    tail=${path#/usr/share/}
    none=${path%.Z}
    i=$((i + 1))
done
echo "$base $dir $stem $ext $tail $none"
