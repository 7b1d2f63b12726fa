# Runs an empty subshell.
# processes
N=${N:-200}
i=0
while [ "$i" -lt "$N" ]; do
    (:)
    i=$((i + 1))
done
echo "$i"
