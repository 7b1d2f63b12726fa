#!/bin/sh
# What printers get wrong.

echo a\
b
e\
cho x; i\
f a; t\
hen b; f\
i
echo "$x"\
"$y" $x\
y
echo	tabs	between	words
a&&b||c;d&e
(a)|(b);(c)&
{ a;}
if a;then b;fi>x
case a in(a)b;;esac
for a in b;do c;done
while a;do b;done
f(){ a;}
f()(a)
a;#comment
a #comment
#comment
: '#' "#" \# a#

x='multi
line' y="multi
$line"
echo 'tab	inside' "tab	inside"
echo "\\" '\' \\ "\\\\" '\\'
echo "a
b" | { read -r x
read -r y; echo "$x$y"
}
echo $(echo a
echo b) `echo a
echo b`
echo "$(a)$(b)" $(a)$(b) "$(a)"$(b)
[ a = b ] && [ "$a" != "$b" ] || [ -n "$x" -a ! -f "$y" ]
test a -nt b; : ${x?}
. ./file; exec cmd "$@"
set -- a b; shift; eval "$x"
alias x='y z' 'a=b'
export a b=c d="$e" f=~/g
readonly x=1
unset -f f; unset -v x
break; continue 2; return; exit 3
trap - INT; trap '' HUP; trap
echo 100% 50%% a=b=c =a a= :a a: ,a +a -a @a ^a
echo é ü '€' "日本" 日本
echo $1$2 "$1$2" $1'$2' ${1}0 $10
echo "$x$" "$x\$" "$x"$ $x$
echo a"b"c'd'e\f$g"h$i"'j'
x=a"b"c'd'e\f$g"h$i"'j'
echo ! a; ! echo !
echo }; echo {; echo { }
echo $\a $"b" $'c' $"$e" "$"f
cat <<E\
OF
a\
b \\
\
EOF
EOF
