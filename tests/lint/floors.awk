# floors.awk -- a file includes from its own floor or a lower one. First argument: src/FLOORS.

FNR == 1 {
    files++
    split(FILENAME, path, "/")
    floor = path[2]
}

files == 1 {
    if ($1 ~ /^[0-9]+$/)
        rank[$2] = $1
    next
}

FNR == 1 && !(floor in rank) {
    print FILENAME ": " floor " is no floor of src/FLOORS"
    bad = 1
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    parts = split(quoted[2], step, "/")
    if (parts != 2 || !(step[1] in rank)) {
        printf "%s:%d: \"%s\" does not name floor and header\n", FILENAME, FNR, quoted[2]
        bad = 1
    } else if (rank[step[1]] + 0 > rank[floor] + 0) {
        printf "%s:%d: %s includes %s, which is above it\n", FILENAME, FNR, floor, quoted[2]
        bad = 1
    }
}

END { exit bad }
