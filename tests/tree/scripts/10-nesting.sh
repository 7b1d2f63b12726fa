#!/bin/sh
# Constructs inside constructs.

if while read -r x; do case $x in a) (b) ;; *) { c; } ;; esac; done; then
    for i in $(if a; then echo b; fi); do
        until case $i in x) true ;; *) false ;; esac; do
            f() { g "$(h "$(i "`j`")")"; }
        done
    done
elif { ( { ( a ) } ) }; then
    b
else
    c | while read -r y; do d; done | { e; f; } | (g | h)
fi
echo "$(echo "$(case "$(a "${x:-"$(b)"}")" in "c") d ;; esac)")"
echo "${a:-${b:-${c:-"$(d "${e:-f}")"}}}" ${a#"${b%"${c##"$d"}"}"}
echo $(($(($((1)) + $(echo 2))) + ${x:-$((3))}))
eval "$(printf '%s' "echo \"\$x\"")"
trap 'rm -f "$tmp"; exit 1' INT TERM
( ( a; b ) | ( c; d ) ) && { { e; f; } || { g; h; }; } &
{
    (
        {
            (
                a
            )
        }
    )
}
x=$( { a; (b); } | c ) y=$( (a; b) ) z=`(a)`
cat <<A | while read -r l; do cat <<B; done
$(cat <<C
${x:-`echo "c"`}
C
)
A
"$l"
B
