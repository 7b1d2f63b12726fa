# Interprets a Brainfuck program N times.
N=${N:-12}
program='++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.'
length=0
depth=0
while [ -n "$program" ]; do
    rest=${program#?}
    c=${program%"$rest"}
    program=$rest
    eval "code_$length=\$c"
    case $c in
        '[')
            eval "open_$depth=$length"
            depth=$((depth + 1))
            ;;
        ']')
            depth=$((depth - 1))
            eval "start=\$open_$depth"
            eval "jump_$length=$start jump_$start=$length"
            ;;
    esac
    length=$((length + 1))
done
turn=0
while [ "$turn" -lt "$N" ]; do
    cell_0=0 cell_1=0 cell_2=0 cell_3=0 cell_4=0 cell_5=0 cell_6=0
    at=0
    ip=0
    while [ "$ip" -lt "$length" ]; do
        eval "c=\$code_$ip"
        case $c in
            '>') at=$((at + 1)) ;;
            '<') at=$((at - 1)) ;;
            +) eval "cell_$at=\$(((cell_$at + 1) & 255))" ;;
            -) eval "cell_$at=\$(((cell_$at - 1) & 255))" ;;
            .) eval "printf '%d ' \$cell_$at" ;;
            '[') eval "[ \$cell_$at != 0 ] || ip=\$jump_$ip" ;;
            ']') eval "[ \$cell_$at = 0 ] || ip=\$jump_$ip" ;;
        esac
        ip=$((ip + 1))
    done
    echo
    turn=$((turn + 1))
done
