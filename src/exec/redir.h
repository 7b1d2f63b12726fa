/* redir.h -- redirections (XCU 2.7): in this process with a way back, or planned for a child. */
#ifndef SWISH_EXEC_REDIR_H
#define SWISH_EXEC_REDIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exec/flow.h"
#include "os/launch.h"

struct buf;
struct diag;
struct redirect;
struct shell;

/* One descriptor as it was before; lives in the scratch arena. */
struct saved_fd {
    struct saved_fd *next; /* older */
    int fd;
    int copy;             /* private, -1: it was closed or is virtual and untouched */
    bool touched;         /* the real descriptor was changed */
    struct buf *captured; /* what sh->captured[fd] was (1 and 2) */
    uint64_t serial;
};

/* A scope frame's descriptors; lives in the C function that opens it. */
struct frame {
    struct frame *outer;
    struct saved_fd *saved; /* newest first */
};

/* Opens the frame (also for an empty list) and applies the list in order. Without a frame it is for
   good, as exec does it; the open mark then logs each descriptor once. False: the error was
   reported (as that of a special built-in if so told) or the door was taken, and *flow says where
   that leads; what was done before is still in place. */
bool redir_apply(struct shell *sh, const struct redirect *list, struct frame *frame, bool special,
                 enum flow *flow);

/* `>file`, `>>file` or `>|file`, alone and without effects. */
bool redir_is_output(const struct redirect *list);

/* Opens such a file for a built-in that only writes, and leaves descriptor 1 alone. *fd is to be
   closed; -1: it has to be applied after all. False as in redir_apply. */
bool redir_direct(struct shell *sh, const struct redirect *r, bool special, int *fd,
                  enum flow *flow);

/* Puts everything back, newest first, and closes the frame. */
void redir_restore(struct shell *sh, struct frame *frame);

/* Saves the real descriptor in the frame; the caller changes it then (pipelines: descriptor 0). */
bool redir_save(struct shell *sh, struct frame *frame, int fd, struct diag *d);

/* The descriptor as the frame has saved it; NULL: it did not touch that. */
struct saved_fd *redir_saved(const struct frame *frame, int fd);

/* What a child will do, computed here (semantics 4). */
struct plan {
    struct launch_move *moves; /* scratch arena */
    size_t count;
    size_t capacity;
    int *opened; /* private descriptors to close in the parent afterwards; scratch arena */
    size_t opened_count;
    int highest;    /* greatest target number */
    enum flow flow; /* what the error of PLAN_FAILED leads to */
};

enum plan_result {
    PLAN_DONE,
    PLAN_FAILED, /* `d` is set and already printed on the command's own descriptor 2 */
    PLAN_FORK,   /* an open might block or depends on moves: redirect inside a forked child */
};

/* Does expanding a target do more than give its text? Then once, and here: redir_apply. */
bool redir_acts(const struct redirect *list);

/* Opens the targets in order and adds the moves. `base` moves (pipe ends, captures) may stand in
   the plan already. On PLAN_FORK and PLAN_FAILED nothing stays open. */
enum plan_result redir_plan(struct shell *sh, const struct redirect *list, struct plan *plan);

void plan_move(struct shell *sh, struct plan *plan, int from, int to);
void plan_close(struct shell *sh, struct plan *plan);

#endif
