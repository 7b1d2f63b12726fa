# Runs a small configure script of autoconf.
# processes
# needs: autoconf m4
# prepare: cp "$BENCH/configure.ac" . && echo '@SED@ @AWK@ @prefix@' >settings.in && autoconf 2>/dev/null
rm -rf config.log config.status settings
CONFIG_SHELL=$SHELL "$SHELL" ./configure --prefix=/usr
cat settings
