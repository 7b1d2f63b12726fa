#!/bin/sh
# Every form of parameter expansion.

echo $x ${x} "$x" "${x}" $1 ${1} ${10} $10 $@ $* "$@" "$*" $# $? $- $$ $! $0
echo ${x-} ${x-a} ${x:-a b} ${x=} ${x:=y} ${x?} ${x:?gone wrong} ${x+} ${x:+"set"}
echo "${x-}" "${x-a b}" "${x:-'single stays'}" "${x-\}}" "${x:-"inner"}" "${x:+a\"b\\c\$d}"
echo ${x#a} ${x##*/} ${x%.*} ${x%%[!0-9]*} "${x#'*'}" "${x%"$y"}" "${x##\*}" ${x#\#}
echo ${#} ${#x} ${#1} ${#-} ${#?} ${##} ${#-x} ${#:-none} ${#%} ${###} ${##1} ${#@} ${#*}
echo ${x-${y-${z-deep}}} "${x-${y-"${z-deep}"}}" ${x:-$(echo a; echo b)} ${x:-$((1 + 2))}
echo ${x-~} ${x-~/a} ${x:=~root/b} "${x-~}" ${x-a~}
echo ${x-a
b} ${x-;&|()<>} "${x-;&|()<>}" ${x-'}'} ${x-\}} ${x-"}"}
echo a${x}b a$x.b ${x}_y "${x}y" "$x"y "$x"'y' "$x""$y" "$x$y" "$@$x" "$@""$x" ''"$@" "$@"''
echo "$x"'y'"z$w" 'a'"b$x" "a"'b'"$x" "$x"a'b'"c"
echo "a${x}b${y-c}d$(e)f$((1))g"
echo $_x $x_1 ${x_1}2 $1a $#a $?a "$-x"
: ${a:=1} ${b:="2 3"} ${c='4'}
echo ${x:-\$y} ${x:-'$y'} "${x:-\$y}" "${x:-\`y\`}"
echo ${unknown/a/b} "${array[0]}" ${x:1:2} "${x^^}" ${!x}
set -- "$@" "${1+"$@"}" ${1+"$@"}
