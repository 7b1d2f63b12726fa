# Moves N blocks of 64 KB through a pipeline.
# processes
# floor: 1 dd if=/dev/zero bs=65536 count=N status=none | cat | cat | wc -c
N=${N:-1500}
dd if=/dev/zero bs=65536 count="$N" 2>/dev/null | cat | cat | wc -c
