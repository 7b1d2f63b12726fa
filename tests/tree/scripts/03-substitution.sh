#!/bin/sh
# Command substitution in both spellings, and arithmetic.

echo $(date) `date` "$(date)" "`date`" $() `` $( ) "$(
)"
a=$(b) c=`d` e="$(f)" g="`h`"
echo $(echo $(echo $(echo deep))) `echo \`echo deep\`` "$(echo "$(echo "deep")")"
echo "`echo \"quoted\"`" `echo \\$x` "`echo '$x' \\\\`"
echo $( (a) ) $( (a); b) $( (a) | b) $((a) ; b)
echo $(case x in x) echo y;; (z) ;; esac) $(if a; then b; fi)
echo $(a & b &) $(a;) $(a # comment )
)
echo $(cat <<E
body $x
E
) after
x=$(
    first
    second | third
    { fourth; }
)
f() { echo $(g "$(h)") "`i`"; }
echo $((1 + 2)) $((x)) $(($x + ${y:-1})) $(( (1 + 2) * 3 )) $(((1) + (2)))
echo "$((1 << 4 | 0x1f & ~3))" $((a ? b : c)) $((a = b, c += 1)) $((x++ + --y))
echo $(($(echo 1) + `echo 2`)) $(("1" + 1)) $((\$x)) $((
    1 +
    2
))
echo $((1+)) $((08)) "$(( $(( 1 )) + 1 ))"
echo $((a > b && c < d || !e)) $((a == b != c >= d <= e))
echo "$(echo ')')" $(echo "(" ')' \))
echo "${x:-$(echo "}")}" $(echo ${x:-'}'})
