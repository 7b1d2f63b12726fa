# Takes a string apart by characters.
N=${N:-300}
text='The quick brown fox jumps over the lazy dog, and nobody knows what for.'
i=0
n=0
while [ "$i" -lt "$N" ]; do
    s=$text
    while [ -n "$s" ]; do
        rest=${s#?}
        c=${s%"$rest"}
        case $c in
            [aeiou]) n=$((n + 1)) ;;
        esac
        s=$rest
    done
    i=$((i + 1))
done
echo "$n"
