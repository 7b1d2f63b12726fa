# Splits fields by IFS.
N=${N:-8000}
line='root:x:0:0:The Super User:/root:/bin/sh'
text='  several words of   a sentence with	tabs in it  '
i=0
while [ "$i" -lt "$N" ]; do
    IFS=:
    set -- $line
    IFS=' 	
'
    n=$#
    set -- $text
    n=$((n + $#))
    i=$((i + 1))
done
echo "$n $1 $8"
