/* first_stage.h -- a first stage that needs no process (semantics 3). */
#ifndef SWISH_EXEC_FIRST_STAGE_H
#define SWISH_EXEC_FIRST_STAGE_H

#include <stdbool.h>

#include "exec/flow.h"

struct node;
struct shell;
struct start;

/* Is the first stage of a foreground pipeline one built-in whose output can be written into the
   fresh pipe before anybody reads from it? */
bool first_stage_writes(const struct shell *sh, const struct node *stage);

/* Runs it under a mark, writes what it said into the empty pipe, through a process only when the
   pipe cannot hold it, and notes the stage in `start`. */
enum flow first_stage_run(struct shell *sh, const struct node *stage, struct start *start,
                          int pipe_end, unsigned how);

#endif
