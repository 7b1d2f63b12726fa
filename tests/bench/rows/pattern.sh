# Matches patterns with stars and brackets.
N=${N:-10000}
i=0
n=0
while [ "$i" -lt "$N" ]; do
    name=file-$i.tar.gz
    case $name in
        *.zip | *.[ch] | *.tar.bz2) n=$((n + 1)) ;;
        *[!a-z0-9.-]*) n=$((n + 2)) ;;
        f*-*5*.tar.*) n=$((n + 3)) ;;
        *9?tar?gz) n=$((n + 4)) ;;
        file-[0-9]*[02468].tar.gz) n=$((n + 5)) ;;
        [[:alpha:]]*-[[:digit:]]*) n=$((n + 6)) ;;
    esac
    i=$((i + 1))
done
echo "$n"
