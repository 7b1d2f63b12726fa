/* describe.h -- what `command -v`, `command -V` and `type` say about a name. */
#ifndef SWISH_BUILTIN_DESCRIBE_H
#define SWISH_BUILTIN_DESCRIBE_H

#include <stdbool.h>

struct call;

/* Writes the answer; false when the name means nothing (with a message when verbose). `flags`: enum
   run_flag, RUN_DEFAULT_PATH for command -p. */
bool describe_command(struct call *c, const char *name, unsigned flags, bool verbose);

#endif
