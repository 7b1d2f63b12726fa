# A pipeline without any program.
# processes
N=${N:-150}
i=0
while [ "$i" -lt "$N" ]; do
    echo "line $i" | { read -r word number; echo "$number $word"; }
    i=$((i + 1))
done
