#!/bin/sh
# if and case.

if a; then b; fi
if a; then b; else c; fi
if a; then b; elif c; then d; elif e; then f; else g; fi
if a
then
    b
    c
elif d
    e
then
    f &
else
    g; h
fi
if a && b || ! c; then d; fi
if a; b; c & then d; fi
if { a; b; }; then c; fi
if (a); then c; fi
if if a; then b; fi; then if c; then d; fi; fi
if a | b; then c | d; fi
case x in esac
case $x in
    a) ;;
    b) c ;;
    (d) e; f;;
    g | h | "i j" | 'k' | \l) m & ;;
    [a-z]* | ?[!0-9] | *) n
esac
case "$x" in (esac) a;; (if|then) b;; in) c ;; esac
case $x in a) b ;& c) d ;& *) e ;; esac
case in in in) :;; esac
case a"b"'c'\d$x$(e)$((1)) in
    $y) a ;;
    "$y"*) b ;;
    ${z:-w}) c ;;
    $(pattern)) d ;;
    \*|'*'|"*") e ;;
    '') f ;;
    ~) g ;;
    ~/x) h ;;
    a\)b | "a)b") i ;;
esac
case $x in
    # comment
    a) # comment
        case $y in
            b) case $z in c) d ;; esac ;;
        esac
        ;;
esac
case x in
x) if a; then b; fi ;;
y) (a; b) ;;
z) { a; } >x ;;
w) for i do j; done
esac
