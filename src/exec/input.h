/* input.h -- what `read` has buffered, and when it must be given back (semantics 7). */
#ifndef SWISH_EXEC_INPUT_H
#define SWISH_EXEC_INPUT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct shell;

/* The descriptor is about to get another meaning (redirected, restored, closed): its buffer goes.
 */
void input_changed(struct shell *sh, int fd);

/* A second descriptor is about to share its offset (dup): nothing may stay buffered from now on. */
void input_shared(struct shell *sh, int fd);

/* A redirection has just opened a file here. `kind`: enum redirect_kind. For input this shell is
   now the sole holder; for output, buffers of the same file are dropped. */
void input_opened(struct shell *sh, int fd, int kind);

/* The descriptor is now a pipe of ours that nobody else reads. `text`: all that it holds and ever
   will (a here-document); NULL: what others write into it. */
void input_piped(struct shell *sh, int fd, const char *text, size_t length);

/* Somebody else may look at the descriptors now (a child, exec, exit): gives everything back. */
void input_give_back(struct shell *sh);

/* A child goes on beside us: no buffer may be lazy any more. */
void input_forked(struct shell *sh);

/* How far one `read` goes. */
struct input_limits {
    char delimiter;
    size_t most;       /* bytes; SIZE_MAX: no limit */
    long milliseconds; /* -1: no limit */
};

/* One line for the `read` utility, up to the delimiter (left out) appended to `line`. */
enum input_result {
    INPUT_LINE,  /* the delimiter was met */
    INPUT_END,   /* end of file, possibly after some bytes */
    INPUT_ERROR, /* errno */
    INPUT_TRAP,  /* a trapped signal came: see signal_take */
    INPUT_TIME,  /* the time limit was reached */
};
enum input_result input_line(struct shell *sh, int fd, const struct input_limits *limits,
                             struct buf *line);

void input_free(struct shell *sh);

#endif
