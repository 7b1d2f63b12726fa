#!/bin/sh
# Every way of quoting, alone and joined.

echo plain 'single' "double" back\slash
echo 'it'\''s' "it's" it\'s "a \"quoted\" word" 'a "quoted" word'
echo "" '' ""'' a''b a""b ''a "a"'b'c\d"e"
echo "dollar \$HOME and \\ and \`" '$HOME \ `'
echo \* \? \[ab] '*' "[a]" a\*b [!a]* ?x* a[b
echo \~ "~" '~'/x ~/bin ~root/x a~b ~"x" ~$USER ~+/x
echo \# a#b "#" # a comment
echo $'tab\there' $'quote\'s' $'\101\x42\cA' $'new
line'
echo "two
lines" 'and
again' con\
tinued "con\
tinued" 'not\
continued'
echo "a\b" "a\\b" 'a\b' a\\b "\a\$\"\`"
echo $ $. a$ "$" "$." a$'b' "$"'x' $"localized"
echo { } ! {a,b} {} a{ }b if then fi in esac
echo x=1 'x'=1 x'=1' "x=1" \x=1
'if' \then "else" fi\
x
'!' x
\{ x; "}" y
a='b c' b=\  c="" d='' e= cmd arg
path=~/bin:~root/bin:'~':\~:"$HOME":~ more=a~b
export lib=~/lib:~/x other=$x
echo ";" \; '&&' \&\& "|" \| \< \> '(' \)
printf '%s\n' "$@" "$*" '$@'
