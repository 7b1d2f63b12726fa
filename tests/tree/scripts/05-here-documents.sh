#!/bin/sh
# Here-documents.

cat <<EOF
plain $x ${y:-z} $(date) `date` $((1 + 2))
escaped \$x \\ \` "quotes" 'single' \" \x
EOF
cat <<'EOF'
literal $x ${y} $(date) `date` \ \\ " '
EOF
cat <<"E O F"
delimiter with blanks $x
E O F
cat <<\EOF
also literal $x
EOF
cat <<-EOF
	tabs go away
		all of them $x
	EOF
cat <<-'EOF'
	literal	tab
	EOF
cat <<A; cat <<B
first
A
second
B
cat <<A <<B 3<<C
one
A
two
B
three
C
cat <<EOF | grep x && echo yes
piped
EOF
cat <<EOF
EOF
cat <<''

cat <<--
	delimiter is a dash
	-
cat << -E
delimiter begins with a dash
-E
if true; then
    cat <<EOF
inside $x
EOF
    cat <<EOF2
more
EOF2
fi
f() {
    cat <<EOF >&2
in a function: $1
EOF
}
x=$(cat <<EOF
in a substitution
EOF
)
while read -r line; do
    echo "$line"
done <<EOF
loop input
$x
EOF
cat <<EOF
"${x:-"quoted"}" "${x#'a'}" ${x:-a b} ${x:-'q'} ${x-\}}
long \
line
$(cat <<INNER
nested
INNER
)
EOF
{ cat <<EOF; } && (cat <<EOF2
one
EOF
two
EOF2
)
case x in
    x) cat <<EOF ;;
in case
EOF
esac
cat <<EOF &
background
EOF
! cat <<EOF
negated
EOF
