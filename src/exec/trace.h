/* trace.h -- set -x: what runs, quoted so that it reads back. */
#ifndef SWISH_EXEC_TRACE_H
#define SWISH_EXEC_TRACE_H

#include <stddef.h>

struct assignment;
struct shell;
struct symbol;

/* One line on descriptor 2: PS4, then NAME=value... and the fields. */
void trace_command(struct shell *sh, char **fields, size_t count);
void trace_assignment(struct shell *sh, struct symbol *name);

#endif
