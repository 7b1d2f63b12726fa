/* line.h -- one line from the terminal, with an eye on signals and jobs. */
#ifndef SWISH_EXEC_LINE_H
#define SWISH_EXEC_LINE_H

#include <stdbool.h>

#include "base/buf.h"
#include "exec/flow.h"

struct shell;

struct line;

/* An editor that draws the line itself is told what goes on around it. */
struct line_events {
    void (*idle)(struct line *line);  /* the prompt stands; nothing was typed yet */
    void (*woken)(struct line *line); /* a signal came: the window may have another size */
    void (*leave)(struct line *line); /* something else is about to be printed */
    void (*again)(struct line *line); /* that is over: show prompt and line below it */
    void (*ready)(struct line *line); /* `wake` can be read: to be done before the next wait */
};

/* Zeroed but for `sh`, `events` and `wake`; kept for all lines of a session. */
struct line {
    struct shell *sh;
    const struct line_events *events; /* or NULL */
    struct buf text;                  /* what was read, with its newline */
    struct buf prompt;                /* as it is shown */
    bool starts;                      /* a complete command begins here: PS1 */
    bool cut;                         /* the line ended with the input, not with a newline */
    int wake;                         /* a descriptor that the editor waits for, too, or -1 */
    unsigned limit;                   /* seconds without input that end the line; 0: none */
    enum flow flow;                   /* of a trap action that ran while reading */
    bool hung_up;                     /* a HUP came, and its trap let the shell go on */
    int status;                       /* what the shell ends with when that is FLOW_EXIT */
};

/* Shows the prompt and reads up to a newline or the end of the input (then the text may be empty).
   False and errno: EINTR when the line is abandoned (Ctrl-C; line->flow), EIO after a hangup,
   ETIMEDOUT after `limit` seconds. */
bool line_read(struct line *line);

/* Sleeps until descriptor 0 has something to read. False and errno: the line is abandoned. Signals,
   `set -b` and `wake` are looked after meanwhile. */
bool line_wait(struct line *line);

/* Looks after pending signals and jobs now. False: the line is abandoned. */
bool line_attend(struct line *line);

/* A read of the terminal found its end, or `failed` with errno: was it a hangup? Then errno is
   EINTR or EIO as above. */
bool line_is_hung_up(struct line *line, bool failed);

#endif
