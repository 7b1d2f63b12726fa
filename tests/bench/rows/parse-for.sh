# Reads a script whose loop walks over N literal words, and runs it.
# prepare: awk -v n="$N" 'BEGIN { printf "for word in"; while (i < n) printf " word%d", ++i; print "; do last=$word; done; echo \"$last\"" }' >script
# arguments: script
N=${N:-8000}
