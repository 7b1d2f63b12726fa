# Builds strings of several parts.
N=${N:-20000}
dir=/usr/share/doc
name=readme
i=0
while [ "$i" -lt "$N" ]; do
    path="$dir/package-$i/$name.txt"
    quoted="'$path' \"$name\" \$HOME"
    line=$path:$i:${quoted}:${#path}
    i=$((i + 1))
done
echo "$line"
