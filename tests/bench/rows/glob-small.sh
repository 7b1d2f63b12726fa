# Expands pathnames in a small directory.
# prepare: mkdir -p d && touch d/a.c d/b.c d/c.h d/d.o d/e.txt
N=${N:-2500}
i=0
while [ "$i" -lt "$N" ]; do
    set -- d/*.c d/*.h
    i=$((i + 1))
done
echo "$*"
