# Formats N lines.
# without: mksh (there it is a program)
N=${N:-8000}
i=0
while [ "$i" -lt "$N" ]; do
    printf '%s: %5d %-10s|%04x %c\n' name "$i" left "$i" letter
    i=$((i + 1))
done >out
tail -n 1 out
echo "$i"
