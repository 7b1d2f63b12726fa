# Parses options.
N=${N:-5000}
i=0
while [ "$i" -lt "$N" ]; do
    OPTIND=1
    n=0
    while getopts ab:cd: option -ab value -c -d -dvalue operand; do
        case $option in
            a | c) n=$((n + 1)) ;;
            b | d) n=$((n + ${#OPTARG})) ;;
        esac
    done
    i=$((i + 1))
done
echo "$n $OPTIND"
