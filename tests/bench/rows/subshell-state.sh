# Changes the state of a subshell in several ways.
# processes
N=${N:-200}
x=outer
i=0
while [ "$i" -lt "$N" ]; do
    (
        x=inner
        cd /
        set -- a b c
        IFS=:
        umask 077
        f() { :; }
        f "$x"
    )
    i=$((i + 1))
done
case $(umask) in *077) x=leaked ;; esac
echo "$x $#"
