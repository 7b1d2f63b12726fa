# Starts a job and waits for it.
# processes
N=${N:-150}
i=0
while [ "$i" -lt "$N" ]; do
    : &
    wait "$!"
    i=$((i + 1))
done
echo "$?"
