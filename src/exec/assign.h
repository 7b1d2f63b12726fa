/* assign.h -- the assignments in front of a command (XCU 2.9.1). */
#ifndef SWISH_EXEC_ASSIGN_H
#define SWISH_EXEC_ASSIGN_H

#include <stdbool.h>

struct diag;
struct node;
struct scope;
struct shell;

/* In the current environment, in order. False with `d` set. */
bool assign_all(struct shell *sh, const struct node *node, struct diag *d);

/* For the duration of one command: in its scope frame, exported. */
bool assign_prefix(struct shell *sh, const struct node *node, struct scope *scope, struct diag *d);

#endif
