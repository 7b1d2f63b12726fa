/* script.h -- whole scripts: a file, standard input, a -c text, and a file without #! (ENOEXEC). */
#ifndef SWISH_EXEC_SCRIPT_H
#define SWISH_EXEC_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "exec/flow.h"

struct buf;
struct shell;

/* Takes a file whole, however it changes afterwards; false with errno and no text. */
bool script_load(const char *path, struct buf *text);

/* A new file of nobody else's with the text; its name goes to `path`. False and errno. */
bool script_store(struct shell *sh, const struct buf *text, struct buf *path);

bool script_is_binary(const struct buf *text);

/* Runs the file as a script; its first line was checked: 126 with a message when it is no text. */
enum flow script_run_fd(struct shell *sh, int fd, const char *name);

/* A text: -c, or a file taken whole. */
enum flow script_run_text(struct shell *sh, const char *text, size_t length);

/* Standard input, byte-exact: a command that runs finds the rest of it. */
enum flow script_run_stdin(struct shell *sh);

/* A file that exec refused with ENOEXEC: this process becomes a new shell that runs it. Returns
   when it cannot be read or is no text (message printed by the caller with ENOEXEC). */
void script_replace(struct shell *sh, const char *path, char **argv);

#endif
