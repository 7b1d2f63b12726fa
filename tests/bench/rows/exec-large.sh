# Runs an external program from a shell that holds 64 MB.
# processes
# floor: N /bin/true
N=${N:-30}
s=0123456789abcdef0123456789abcdef
while [ "${#s}" -lt 67108864 ]; do
    s=$s$s
done
i=0
while [ "$i" -lt "$N" ]; do
    /bin/true
    i=$((i + 1))
done
echo "${#s}"
