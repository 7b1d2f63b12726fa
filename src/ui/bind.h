/* bind.h -- commands of the user that a key runs, and the line they may change. */
#ifndef SWISH_UI_BIND_H
#define SWISH_UI_BIND_H

#include <stddef.h>

#include "base/buf.h"
#include "exec/flow.h"

struct shell;

/* The line that is typed, places in bytes. */
struct edited {
    struct buf text;
    size_t point;
    size_t mark;
};

/* Runs the command with the line in READLINE_LINE, READLINE_POINT and READLINE_MARK, and takes it
   back from there. $? stays, unless the shell ends. */
enum flow bind_run(struct shell *sh, const char *command, struct edited *line);

#endif
