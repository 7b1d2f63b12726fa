# Primes below N by the sieve.
N=${N:-8000}
count=0
i=2
while [ "$i" -lt "$N" ]; do
    eval "composite=\${composite_$i-}"
    if [ -z "$composite" ]; then
        count=$((count + 1))
        j=$((i * i))
        [ "$i" -gt 1000 ] && j=$N
        while [ "$j" -lt "$N" ]; do
            eval "composite_$j=1"
            j=$((j + i))
        done
    fi
    i=$((i + 1))
done
echo "$count"
