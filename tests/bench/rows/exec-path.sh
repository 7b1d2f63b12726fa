# Finds an external program at the end of a long PATH.
# processes
# prepare: mkdir -p 1 2 3 4 5 6 7 8 9; ln -sf /bin/true 9/nothing
# floor: N 9/nothing
N=${N:-80}
PATH=$PWD/1:$PWD/2:$PWD/3:$PWD/4:$PWD/5:$PWD/6:$PWD/7:$PWD/8:$PWD/9:$PATH
i=0
while [ "$i" -lt "$N" ]; do
    nothing "$i"
    i=$((i + 1))
done
echo "$?"
