# Gives here-documents to a program.
# processes
# floor: N cat
N=${N:-50}
i=0
while [ "$i" -lt "$N" ]; do
    cat <<END
The number is $i,
and this is the second line.
END
    i=$((i + 1))
done
