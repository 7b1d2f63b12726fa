# Takes lengths of strings that are not ASCII, in a locale of UTF-8; dash counts bytes, so that no sum is shown.
# locale: C.UTF-8
N=${N:-8000}
s=äöüßéñçøåæ
s=$s$s$s$s$s$s$s$s$s$s
i=0
n=0
while [ "$i" -lt "$N" ]; do
    [ "${#s}" -ge 100 ] && n=$((n + 1))
    i=$((i + 1))
done
echo "$n"
