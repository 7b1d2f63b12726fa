/* substitute.h -- command substitution (XCU 2.6.3). */
#ifndef SWISH_EXEC_SUBSTITUTE_H
#define SWISH_EXEC_SUBSTITUTE_H

#include <stdbool.h>

#include "exec/flow.h"

struct buf;
struct capture;
struct diag;
struct node;
struct part;
struct shell;

/* The hook of struct shell: see state/shell.h. */
bool substitute_run(struct shell *sh, const struct part *part, struct buf *out, struct diag *d);

/* Runs the body in this process under a mark; sh->captured[1] is `capture`, which then holds all
   that it wrote, its children too. */
enum flow substitute_inline(struct shell *sh, const struct node *body, struct capture *capture,
                            unsigned how);

#endif
