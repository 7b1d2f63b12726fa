/* simple.h -- parts of a simple command: assignments, xtrace, functions, processes. */
#ifndef SWISH_EXEC_SIMPLE_H
#define SWISH_EXEC_SIMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "exec/flow.h"
#include "state/shell.h"

struct diag;
struct frame;
struct function;
struct node;
struct plan;
struct scope;
struct shell;
struct start;
struct symbol;

/* Starts the node as a process without forking this shell, when it is a simple command that turns
   out to be external and whose words can be expanded here unnoticed (under a mark). False: nothing
   was done, fork. */
bool simple_start(struct shell *sh, const struct node *node, struct plan *plan,
                  struct start *start);

/* The assignments in front, in the current environment, in order. False with `d` set. */
bool assign_all(struct shell *sh, const struct node *node, struct diag *d);

/* For the duration of one command: in its scope frame, exported. */
bool assign_prefix(struct shell *sh, const struct node *node, struct scope *scope, struct diag *d);

/* argv[0] is the name; the texts must live until the call returns. */
enum flow function_call(struct shell *sh, struct function *function, char **argv, size_t argc,
                        unsigned how);

void trace_write(struct shell *sh, const struct node *node, char **fields,
                 const struct frame *frame);

/* Under set -x one line for a simple command whose assignments, if any, are made: PS4,
   NAME=value... and the fields (NULL: none), to what descriptor 2 is outside the command's
   redirections (NULL: not applied). */
static inline void trace_simple(struct shell *sh, const struct node *node, char **fields,
                                const struct frame *frame)
{
    if ((sh->settings.options & OPT_XTRACE) != 0) {
        trace_write(sh, node, fields, frame);
    }
}

#endif
