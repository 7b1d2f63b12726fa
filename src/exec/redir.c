/* redir.c -- apply redirections in this process, and take them back. */
#include "exec/redir.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/number.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/input.h"
#include "exec/level.h"
#include "exec/private.h"
#include "exec/redir_open.h"
#include "os/fd.h"
#include "state/mark.h"
#include "state/shell.h"
#include "syntax/tree.h"

enum { HERE_IN_PIPE = 4096 }; /* fd_from_text makes a pipe for so much */

enum redir_result {
    REDIR_DONE,
    REDIR_FAILED, /* the diag is set */
    REDIR_HANDED, /* the door was taken: this is the parent, unwind */
};

static bool is_virtual(const struct shell *sh, int fd)
{
    return (fd == 1 || fd == 2) && sh->captured[fd] != NULL;
}

static bool any_virtual(const struct shell *sh)
{
    return sh->captured[1] != NULL || sh->captured[2] != NULL;
}

struct saved_fd *redir_saved(const struct frame *frame, int fd)
{
    for (struct saved_fd *s = frame->saved; s != NULL; s = s->next) {
        if (s->fd == fd) {
            return s;
        }
    }
    return NULL;
}

/* Notes the descriptor in the frame, once; the real one is copied when it is about to change. */
static struct saved_fd *note(struct shell *sh, struct frame *frame, int fd)
{
    struct saved_fd *s = redir_saved(frame, fd);
    if (s == NULL) {
        s = arena_zero(&sh->scratch, sizeof *s);
        s->next = frame->saved;
        s->fd = fd;
        s->copy = -1;
        s->captured = fd == 1 || fd == 2 ? sh->captured[fd] : NULL;
        s->serial = mark_fd_serial(sh, fd);
        frame->saved = s;
        /* What exec does to it inside this frame is undone by the frame, not by the mark. */
        mark_fd_set_serial(sh, fd, sh->serial);
    }
    return s;
}

bool redir_save(struct shell *sh, struct frame *frame, int fd, struct diag *d)
{
    struct saved_fd *s = note(sh, frame, fd);
    if (s->touched) {
        return true;
    }
    s->copy = fd_copy(fd);
    if (s->copy < 0 && errno != EBADF) {
        char what[24];
        diag_errno(d, DIAG_REDIRECTION, number_text(fd, what, NULL), errno);
        return false;
    }
    private_add(sh, &s->copy);
    s->touched = true;
    return true;
}

/* Room is made for a change of the real descriptor: saved in the frame, or logged for the mark. */
static bool before_change(struct shell *sh, struct frame *frame, int fd, struct diag *d)
{
    if (frame != NULL) {
        return redir_save(sh, frame, fd, d);
    }
    if (!mark_save_fd(sh, fd)) {
        char what[24];
        diag_errno(d, DIAG_REDIRECTION, number_text(fd, what, NULL), errno);
        return false;
    }
    return true;
}

/* The descriptor stops being virtual (or was not); the frame remembers. */
static void make_real(struct shell *sh, struct frame *frame, int fd)
{
    if (is_virtual(sh, fd)) {
        if (frame != NULL) {
            note(sh, frame, fd);
        }
        sh->captured[fd] = NULL;
    }
}

static bool put(struct shell *sh, struct frame *frame, int from, int to, struct diag *d)
{
    if (!before_change(sh, frame, to, d)) {
        return false;
    }
    input_changed(sh, to);
    if (!fd_move(from, to)) {
        char what[24];
        diag_errno(d, DIAG_REDIRECTION, number_text(to, what, NULL), errno);
        return false;
    }
    make_real(sh, frame, to);
    return true;
}

static bool close_fd(struct shell *sh, struct frame *frame, int fd, struct diag *d)
{
    if (!before_change(sh, frame, fd, d)) {
        return false;
    }
    input_changed(sh, fd);
    make_real(sh, frame, fd);
    fd_close(fd);
    return true;
}

static bool copy_fd(struct shell *sh, struct frame *frame, const struct target *target,
                    struct diag *d)
{
    int from = target->fd;
    int to = target->to;
    if (is_virtual(sh, from)) { /* only 1 and 2 come here: the others took the door */
        if (frame != NULL) {
            note(sh, frame, to);
        }
        sh->captured[to] = sh->captured[from];
        return true;
    }
    if (!redir_may_copy(sh, target, d)) {
        return false;
    }
    input_shared(sh, from);
    if (from == to && !is_virtual(sh, to)) {
        return true;
    }
    return put(sh, frame, from, to, d);
}

/* Inside a capture most uses of its virtual descriptors need real ones (semantics 2). */
static bool needs_door(const struct shell *sh, const struct frame *frame, const struct redirect *r,
                       const struct target *target)
{
    if (!any_virtual(sh)) {
        return false;
    }
    if (target->kind == TARGET_COPY && is_virtual(sh, target->fd)) {
        return frame == NULL || (r->fd != 1 && r->fd != 2);
    }
    if (frame == NULL && is_virtual(sh, r->fd)) {
        return true;
    }
    return target->kind == TARGET_FILE && redir_is_device_path(target->path);
}

static bool open_and_put(struct shell *sh, struct frame *frame, const struct redirect *r,
                         const struct target *target, struct diag *d)
{
    int fd = redir_open(sh, r, target, d);
    if (fd == r->fd) { /* our number is the user's: what stands there is not yet saved */
        int other = fd_copy(fd);
        fd_close(fd);
        fd = other;
    }
    if (fd < 0) {
        if (!diag_is_set(d)) {
            diag_errno(d, DIAG_REDIRECTION, "descriptors", errno);
        }
        return false;
    }
    bool done = put(sh, frame, fd, r->fd, d);
    fd_close(fd);
    if (done && target->kind == TARGET_FILE) {
        input_opened(sh, r->fd, r->kind);
    } else if (done && target->length <= HERE_IN_PIPE) {
        input_piped(sh, r->fd, target->text, target->length);
    }
    return done;
}

static enum redir_result apply_one(struct shell *sh, const struct redirect *r, struct frame *frame,
                                   struct diag *d)
{
    struct target target;
    if (!redir_target(sh, r, &target, d)) {
        return REDIR_FAILED;
    }
    if (needs_door(sh, frame, r, &target) && !door_take(sh)) {
        return REDIR_HANDED;
    }
    private_make_way(sh, r->fd);
    bool done = false;
    switch (target.kind) {
    case TARGET_CLOSE:
        done = close_fd(sh, frame, r->fd, d);
        break;
    case TARGET_COPY:
        done = copy_fd(sh, frame, &target, d);
        break;
    case TARGET_HERE:
    case TARGET_FILE:
        done = open_and_put(sh, frame, r, &target, d);
        break;
    }
    return done ? REDIR_DONE : REDIR_FAILED;
}

bool redir_apply(struct shell *sh, const struct redirect *list, struct frame *frame, bool special,
                 enum flow *flow)
{
    struct diag d = {0};
    if (frame != NULL) {
        *frame = (struct frame){.outer = sh->exec->frame};
        sh->exec->frame = frame;
    }
    enum redir_result result = REDIR_DONE;
    for (const struct redirect *r = list; r != NULL && result == REDIR_DONE; r = r->next) {
        result = apply_one(sh, r, frame, &d);
    }
    if (result != REDIR_DONE) {
        *flow = result == REDIR_HANDED ? FLOW_HANDED : error_report(sh, &d, special);
    }
    return result == REDIR_DONE;
}

bool redir_is_output(const struct redirect *list)
{
    return list != NULL && list->next == NULL && list->fd == 1 &&
           (list->kind == REDIRECT_OUT || list->kind == REDIRECT_CLOBBER ||
            list->kind == REDIRECT_APPEND) &&
           (list->target->traits & (WORD_RUNS | WORD_EFFECTS)) == 0;
}

bool redir_direct(struct shell *sh, const struct redirect *r, bool special, int *fd,
                  enum flow *flow)
{
    struct diag d = {0};
    struct target target;
    *fd = -1;
    if (!redir_target(sh, r, &target, &d)) {
        *flow = error_report(sh, &d, special);
        return false;
    }
    if (any_virtual(sh) && redir_is_device_path(target.path)) {
        return true;
    }
    *fd = redir_open(sh, r, &target, &d);
    if (*fd == 0 || *fd == 2) { /* closed until now: messages must not go there */
        *fd = fd_raise(*fd);
    }
    if (*fd < 0) {
        if (!diag_is_set(&d)) {
            diag_errno(&d, DIAG_REDIRECTION, "descriptors", errno);
        }
        *flow = error_report(sh, &d, special);
        return false;
    }
    input_opened(sh, *fd, r->kind);
    return true;
}

void redir_restore(struct shell *sh, struct frame *frame)
{
    for (struct saved_fd *s = frame->saved; s != NULL; s = s->next) {
        if (s->touched) {
            input_changed(sh, s->fd);
            if (s->copy >= 0) {
                fd_move(s->copy, s->fd);
                private_close(sh, &s->copy);
            } else {
                fd_close(s->fd);
            }
        }
        if (s->fd == 1 || s->fd == 2) {
            sh->captured[s->fd] = s->captured;
        }
        mark_fd_set_serial(sh, s->fd, s->serial);
    }
    frame->saved = NULL;
    sh->exec->frame = frame->outer;
}
