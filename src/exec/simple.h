/* simple.h -- simple commands for the starter of pipelines. */
#ifndef SWISH_EXEC_SIMPLE_H
#define SWISH_EXEC_SIMPLE_H

#include <stdbool.h>

struct node;
struct plan;
struct shell;
struct start;

/* Starts the node as a process without forking this shell, when it is a simple command that turns
   out to be external and whose words can be expanded here unnoticed (under a mark). False: nothing
   was done, fork. */
bool simple_start(struct shell *sh, const struct node *node, struct plan *plan,
                  struct start *start);

#endif
