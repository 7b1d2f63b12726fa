/* substitute.h -- command substitution (XCU 2.6.3). */
#ifndef SWISH_EXEC_SUBSTITUTE_H
#define SWISH_EXEC_SUBSTITUTE_H

#include <stdbool.h>

struct buf;
struct diag;
struct part;
struct shell;

/* The hook of struct shell: see state/shell.h. */
bool substitute_run(struct shell *sh, const struct part *part, struct buf *out, struct diag *d);

#endif
