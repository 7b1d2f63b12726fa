#!/bin/sh
# Functions.

f() { a; }
f () { a; }
f()
{
    a
    b
}
f() ( a; b )
f() if a; then b; fi
f() while a; do b; done
f() for x in a; do b; done
f() for x do b; done
f() case x in x) y ;; esac
f() { g() { h; }; g; }
f() { a; } >out
f() { return 1; }; f && g
f() { local x=1 y; x=$1; echo "$x"; }
f() { cat <<EOF; }
body $1
EOF
f() {
    while [ $# -gt 0 ]; do
        case $1 in
            -a) shift ;;
            --) shift; break ;;
            -*) echo "bad option $1" >&2; return 2 ;;
            *) break ;;
        esac
    done
    g "$@" | h
}
if f; then f() { a; }; else f() { b; }; fi
x() { y; } | z() { w; }
a && f() { b; } && c
f() { a; } & g() { b; }
(f() { a; }; f)
