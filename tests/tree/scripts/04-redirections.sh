#!/bin/sh
# Redirections of every kind, in every place.

cat <in >out
cat < in > out 2> err
cat <in >|out 2>>err 3<>both
cmd 2>&1 >/dev/null 1>&2 <&3 >&- <&- 5>&1- 0<x
cmd >"$file" <'a b' >>a\ b >~/x >$x >${x:-y} >$(name) >*.c
>only
<in >out
>first cmd arg >second more
2>err x=1 >out cmd 3>three
x=1 >out
>out if
>out 'if' a
>a b>c d >e
cmd 2 >out
cmd 2>out
cmd 22>out
cmd x2>out
cmd "2">out
{ a; b; } >out 2>&1
( a; b ) <in
if a; then b; fi >out
while read -r x; do echo "$x"; done <in >out
until a; do b; done 2>/dev/null
for x in 1 2; do a; done >out
case x in x) a ;; esac <in >out
f() { a; } >out 2>&1
g() ( a ) <in
h() for x; do y; done >z
a <b | c >d | { e; } 2>f
a >b && c <d || e 3>&1 &
exec 3<in 4>out 5<>rw
exec 3<&- 4>&-
