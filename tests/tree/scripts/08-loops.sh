#!/bin/sh
# for, while, until.

for x in a b c; do echo $x; done
for x in a b c
do
    echo "$x"
done
for x; do a; done
for x
do a; done
for x in; do a; done
for x in
do a; done
for x do a; done
for x in "$@" $* *.c [a-z]* ~/x 'a b' $(list) `list` $((1)) ${y:-z}; do a; done
for do in do done; do echo $do; done
for in in in; do :; done
while a; do b; done
while a; b; do c; d; done
while
    a
    b
do
    c &
done
until a; do b; done
until ! a && b; do c || break; done
while :; do while :; do while :; do break 3; done; done; done
while read -r a b; do case $a in x) continue ;; esac; echo "$b"; done <file | sort
for i in 1 2 3; do
    for j in a b; do
        if test $i = 1; then
            continue 2
        fi
        echo "$i$j"
    done
done
while { a; b; }; do c; done
while (a); do c; done
while a & do c & done
for x in a; do { b; (c); } & done
i=0; while [ $i -lt 10 ]; do i=$((i + 1)); done
