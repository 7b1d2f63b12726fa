# Sorts N numbers by merging.
N=${N:-1200}
# sort COUNT: sorts the first of $input; the rest stays there.
sort_numbers()
{
    if [ "$1" = 1 ]; then
        sorted="${input%% *} "
        input=${input#* }
        return
    fi
    sort_numbers $(($1 / 2))
    set -- "$1" "$sorted"
    sort_numbers $(($1 - $1 / 2))
    left=$2
    right=$sorted
    sorted=
    while [ -n "$left" ] && [ -n "$right" ]; do
        a=${left%% *}
        b=${right%% *}
        if [ "$a" -le "$b" ]; then
            sorted="$sorted$a "
            left=${left#* }
        else
            sorted="$sorted$b "
            right=${right#* }
        fi
    done
    sorted=$sorted$left$right
}
input=
x=1
i=0
while [ "$i" -lt "$N" ]; do
    x=$(((x * 1103 + 12345) % 65537))
    input="$input$x "
    i=$((i + 1))
done
sort_numbers "$N"
echo "$sorted"
