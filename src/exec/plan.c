/* plan.c -- redirections of an external command: opened here, moved in the child (semantics 4). */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/number.h"
#include "base/out.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/input.h"
#include "exec/private.h"
#include "exec/redir.h"
#include "exec/redir_open.h"
#include "expand/expand.h"
#include "os/fd.h"
#include "state/shell.h"
#include "syntax/tree.h"

void plan_move(struct shell *sh, struct plan *plan, int from, int to)
{
    if (plan->count == plan->capacity) {
        size_t room = plan->capacity == 0 ? 8 : plan->capacity * 2;
        struct launch_move *moves = arena_alloc(&sh->scratch, room * sizeof *moves);
        if (plan->count > 0) {
            memcpy(moves, plan->moves, plan->count * sizeof *moves);
        }
        plan->moves = moves;
        plan->capacity = room;
    }
    plan->moves[plan->count].from = from;
    plan->moves[plan->count].to = to;
    plan->count++;
}

static int highest_target(const struct redirect *list)
{
    int highest = 2;
    for (const struct redirect *r = list; r != NULL; r = r->next) {
        highest = r->fd > highest ? r->fd : highest;
    }
    return highest;
}

static void keep_open(struct shell *sh, struct plan *plan, int fd)
{
    int *list = arena_alloc(&sh->scratch, (plan->opened_count + 1) * sizeof *list);
    if (plan->opened_count > 0) {
        memcpy(list, plan->opened, plan->opened_count * sizeof *list);
    }
    list[plan->opened_count++] = fd;
    plan->opened = list;
}

void plan_close(struct shell *sh, struct plan *plan)
{
    (void)sh;
    for (size_t i = 0; i < plan->opened_count; i++) {
        fd_close(plan->opened[i]);
    }
    plan->opened_count = 0;
}

/* Where the child's descriptor will come from after the moves planned so far; -1: it will be
 * closed. */
static int planned_source(const struct plan *plan, int fd)
{
    for (size_t i = plan->count; i-- > 0;) {
        if (plan->moves[i].to == fd) {
            fd = plan->moves[i].from;
        }
    }
    return fd;
}

/* Messages go to what descriptor 2 is after the moves done so far. */
static enum flow print_there(struct shell *sh, const struct plan *plan, struct diag *d)
{
    int fd = planned_source(plan, 2);
    if (fd == 2) {
        return error_report(sh, d, false);
    }
    int saved = fd_copy(2);
    struct buf *captured = sh->captured[2];
    sh->captured[2] = NULL;
    if (fd >= 0) {
        fd_move(fd, 2);
    } else {
        fd_close(2);
    }
    enum flow flow = error_report(sh, d, false);
    if (saved >= 0) {
        fd_move(saved, 2);
    } else {
        fd_close(2);
    }
    fd_close(saved);
    sh->captured[2] = captured;
    return flow;
}

/* Opened for an earlier redirection of this command: closed for the user, whatever its number. */
static bool is_opened_here(const struct plan *plan, int fd)
{
    for (size_t i = 0; i < plan->opened_count; i++) {
        if (plan->opened[i] == fd) {
            return true;
        }
    }
    return false;
}

static bool plan_copy(struct shell *sh, struct plan *plan, const struct target *target,
                      struct diag *d)
{
    struct target source = *target;
    source.fd = planned_source(plan, target->fd);
    bool ours = source.fd != target->fd && source.fd >= 0;
    if (source.fd < 0 || (!ours && is_opened_here(plan, source.fd))) {
        char what[24];
        diag_errno(d, DIAG_REDIRECTION, number_text(target->fd, what, NULL), EBADF);
        return false;
    }
    if (!ours && !redir_may_copy(sh, &source, d)) {
        return false;
    }
    int access = fd_access(source.fd);
    if (ours && access >= 0 && (target->for_output ? access == O_RDONLY : access == O_WRONLY)) {
        diag_set(d, DIAG_REDIRECTION, "%d: not open for %s", target->fd,
                 target->for_output ? "writing" : "reading");
        return false;
    }
    plan_move(sh, plan, target->fd, target->to);
    return true;
}

/* Above every number that a later move writes to. */
static int lift(int fd, int highest)
{
    if (fd > highest) {
        return fd;
    }
    int lifted = fcntl(fd, F_DUPFD_CLOEXEC, highest + 1);
    int reason = errno;
    fd_close(fd);
    errno = reason;
    return lifted;
}

static enum plan_result plan_open(struct shell *sh, struct plan *plan, const struct redirect *r,
                                  const struct target *target, struct diag *d)
{
    int fd = redir_open(sh, r, target, d);
    if (fd >= 0 && (fd = lift(fd, plan->highest)) < 0) {
        diag_errno(d, DIAG_REDIRECTION, target->path != NULL ? target->path : "here-document",
                   errno);
    }
    if (fd < 0) {
        return PLAN_FAILED;
    }
    keep_open(sh, plan, fd);
    if (r->kind != REDIRECT_IN && r->kind != REDIRECT_HERE) {
        input_opened(sh, fd, r->kind);
    }
    plan_move(sh, plan, fd, r->fd);
    return PLAN_DONE;
}

/* One of ours may stand at a number that the command names: the moves planned follow it. */
static void make_way(struct shell *sh, struct plan *plan, int fd)
{
    int moved = private_make_way(sh, fd);
    for (size_t i = 0; moved >= 0 && i < plan->count; i++) {
        if (plan->moves[i].from == fd) {
            plan->moves[i].from = moved;
        }
    }
}

static enum plan_result plan_one(struct shell *sh, struct plan *plan, const struct redirect *r,
                                 struct diag *d)
{
    struct target target;
    if (!redir_target(sh, r, &target, d)) {
        return PLAN_FAILED;
    }
    make_way(sh, plan, r->fd);
    switch (target.kind) {
    case TARGET_CLOSE:
        plan_move(sh, plan, LAUNCH_CLOSE, r->fd);
        return PLAN_DONE;
    case TARGET_COPY:
        return plan_copy(sh, plan, &target, d) ? PLAN_DONE : PLAN_FAILED;
    case TARGET_FILE:
    case TARGET_HERE:
        return plan_open(sh, plan, r, &target, d);
    }
    return PLAN_DONE;
}

bool redir_acts(const struct redirect *list)
{
    for (; list != NULL; list = list->next) {
        if ((list->target->traits & (WORD_RUNS | WORD_EFFECTS)) != 0) {
            return true;
        }
    }
    return false;
}

/* A first look before anything is opened: opening twice would do the work twice. A target that does
   not expand ends the shell (XCU 2.8.1): this process must meet it. */
static bool wants_fork(struct shell *sh, const struct redirect *list)
{
    bool forks = false;
    for (const struct redirect *r = list; r != NULL; r = r->next) {
        if (r->kind == REDIRECT_HERE || r->kind == REDIRECT_DUP_IN || r->kind == REDIRECT_DUP_OUT) {
            continue;
        }
        struct diag d = {0};
        size_t length = 0;
        const char *path = expand_string(sh, r->target, &length, &d);
        diag_clear(&d);
        if (path == NULL) {
            return false;
        }
        forks = forks || redir_is_device_path(path) || redir_may_block(path);
    }
    return forks;
}

enum plan_result redir_plan(struct shell *sh, const struct redirect *list, struct plan *plan)
{
    plan->highest = highest_target(list);
    if (list != NULL && wants_fork(sh, list)) {
        return PLAN_FORK;
    }
    struct diag d = {0};
    for (const struct redirect *r = list; r != NULL; r = r->next) {
        enum plan_result result = plan_one(sh, plan, r, &d);
        if (result != PLAN_DONE) {
            if (result == PLAN_FAILED) {
                plan->flow = print_there(sh, plan, &d);
            }
            plan_close(sh, plan);
            return result;
        }
    }
    return PLAN_DONE;
}
