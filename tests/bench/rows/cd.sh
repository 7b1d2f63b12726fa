# Changes the directory.
# prepare: mkdir -p one/two
N=${N:-4000}
top=$PWD
i=0
while [ "$i" -lt "$N" ]; do
    cd one/two
    cd ..
    cd "$top"
    i=$((i + 1))
done
[ "$PWD" = "$top" ] && echo "$i"
