/* redir_open.h -- what a redirection means, and opening its target. */
#ifndef SWISH_EXEC_REDIR_OPEN_H
#define SWISH_EXEC_REDIR_OPEN_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct redirect;
struct shell;

enum target_kind { TARGET_FILE, TARGET_HERE, TARGET_COPY, TARGET_CLOSE };

struct target {
    enum target_kind kind;
    const char *path; /* FILE; scratch arena */
    const char *text; /* HERE */
    size_t length;
    bool stored; /* HERE: the text is a spool's */
    int fd;      /* COPY: the source */
    int to;
    bool for_output; /* COPY by >& */
};

/* Expands the target word (XCU 2.7). False with `d` set (DIAG_EXPANSION or DIAG_REDIRECTION). */
bool redir_target(struct shell *sh, const struct redirect *r, struct target *target,
                  struct diag *d);

/* A private descriptor of the opened file or here-document; -1 with `d` set. */
int redir_open(struct shell *sh, const struct redirect *r, const struct target *target,
               struct diag *d);

/* COPY: is the source open, the user's, and open for this direction? */
bool redir_may_copy(struct shell *sh, const struct target *target, struct diag *d);

/* Does the name lead to a descriptor (/dev/fd, /dev/std*, /proc)? */
bool redir_is_device_path(const char *path);

/* May opening it block? (neither absent, regular, a directory nor /dev/null) */
bool redir_may_block(const char *path);

#endif
