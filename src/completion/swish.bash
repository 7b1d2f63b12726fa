# swish.bash -- completion of swish for bash: its options, names behind -o, else files.

_swish()
{
    local word=$2 first=0 names
    while ((++first < COMP_CWORD)); do
        case ${COMP_WORDS[first]} in
            - | --) return ;;
            --rcfile) ((++first < COMP_CWORD)) || return ;;
            --*) ;;
            [-+]*o*) ((++first)) ;;
            [-+]*) ;;
            *) return ;;
        esac
    done
    if ((first > COMP_CWORD)); then
        names=$(command swish -c 'set -o' 2>/dev/null | cut -d ' ' -f 1)
        COMPREPLY=($(compgen -W "$names" -- "$word"))
        return
    fi
    case $word in
        -*)
            names='-a -b -C -c -e -f -H -h -i -l -m -n -o -p -s -u -v -x'
            names="$names --help --login --noprofile --norc --rcfile --version"
            ;;
        +*) names='+a +b +C +e +f +H +h +i +m +n +o +p +u +v +x' ;;
        *) return ;;
    esac
    COMPREPLY=($(compgen -W "$names" -- "$word"))
}

# With nothing of ours bash completes names of files.
complete -o default -F _swish swish
