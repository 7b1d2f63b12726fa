# Draws N lines of the Mandelbrot set in whole numbers.
N=${N:-16}
y=0
while [ "$y" -lt "$N" ]; do
    ci=$((y * 2 * 4096 / N - 4096))
    line=
    x=0
    while [ "$x" -lt 40 ]; do
        cr=$((x * 3 * 4096 / 40 - 2 * 4096))
        a=0
        b=0
        n=0
        while [ "$n" -lt 20 ]; do
            aa=$((a * a / 4096))
            bb=$((b * b / 4096))
            if [ $((aa + bb)) -gt 16384 ]; then
                break
            fi
            b=$((2 * a * b / 4096 + ci))
            a=$((aa - bb + cr))
            n=$((n + 1))
        done
        case $n in
            20) line="$line#" ;;
            [0-2]) line="$line " ;;
            *) line=$line. ;;
        esac
        x=$((x + 1))
    done
    echo "$line"
    y=$((y + 1))
done
