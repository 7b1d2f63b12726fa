/* run.h -- text and files run as commands: eval, dot, traps, scripts, -c. */
#ifndef SWISH_EXEC_RUN_H
#define SWISH_EXEC_RUN_H

#include <stdbool.h>

#include "exec/flow.h"

struct buf;
struct shell;
struct source;

/* Parses and runs one complete command after the other until the end of the source. Sets sh->status
   (0 when there was no command). Syntax errors are reported; a non-interactive shell then leaves
   with FLOW_EXIT and status 2. `how`: enum exec_how for the last command when the source knows its
   end. */
enum flow run_source(struct shell *sh, struct source *source, unsigned how);

/* eval, trap actions: the text's first line counts as `line`. */
enum flow run_text(struct shell *sh, const char *text, int line, unsigned how);

/* The `.` utility: takes the whole file, then runs it with `return` ending it. `path` is opened as
   it is. False with errno when it cannot be opened or read. */
bool run_file(struct shell *sh, const char *path, unsigned how, enum flow *flow);

/* The same with the file's text, which stays the caller's. */
enum flow run_loaded(struct shell *sh, const char *path, struct buf *text, unsigned how);

/* A command by its fields, as `command` and `exec` run it. */
enum run_flag {
    RUN_NO_FUNCTIONS = 1 << 0,
    RUN_DEFAULT_PATH = 1 << 1, /* command -p */
    RUN_REPLACE = 1 << 2,      /* exec: replace this process (or end the mark with it) */
};
enum flow run_fields(struct shell *sh, char **argv, unsigned flags, unsigned how);

#endif
