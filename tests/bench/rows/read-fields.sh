# Reads N lines of fields from a file.
# prepare: awk -v n="$N" 'BEGIN { while (i < n) { ++i; print "user" i ":x:" i ":100:User " i ":/home/user" i ":/bin/sh" } }' >data
N=${N:-4000}
n=0
while IFS=: read -r name password uid gid full home rest; do
    n=$(((n + uid + ${#home}) % 10007))
done <data
echo "$n $name $full $rest"
