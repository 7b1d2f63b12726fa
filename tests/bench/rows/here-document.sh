# Reads from small here-documents.
N=${N:-4000}
i=0
while [ "$i" -lt "$N" ]; do
    read -r a b <<END
first $i
END
    i=$((i + 1))
done
echo "$a $b"
