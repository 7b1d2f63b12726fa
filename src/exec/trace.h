/* trace.h -- set -x: what runs, quoted so that it reads back. */
#ifndef SWISH_EXEC_TRACE_H
#define SWISH_EXEC_TRACE_H

struct frame;
struct node;
struct shell;

/* Under set -x one line for a simple command whose assignments, if any, are made: PS4,
   NAME=value... and the fields (NULL: none), to what descriptor 2 is outside the command's
   redirections (NULL: not applied). */
void trace_simple(struct shell *sh, const struct node *node, char **fields,
                  const struct frame *frame);

#endif
