# Expands pathnames among N files.
# prepare: mkdir -p files && cd files && awk -v n="$N" 'BEGIN { while (i < n) print "file" ++i ".c" }' | xargs touch
N=${N:-20000}
set -- files/*
echo "$#"
set -- files/*7.c
echo "$#"
set -- files/file?[13579]*.c
echo "$# $1"
set -- f*/none*
echo "$# $1"
