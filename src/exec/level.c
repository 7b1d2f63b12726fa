/* level.c -- inline bodies under a mark, and the door. */
#include "exec/level.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/mem.h"
#include "base/number.h"
#include "exec/builtin.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/input.h"
#include "exec/job.h"
#include "exec/private.h"
#include "exec/redir.h"
#include "exec/trap.h"
#include "os/fd.h"
#include "os/launch.h"
#include "os/signals.h"
#include "syntax/tree.h"

void level_open(struct shell *sh, struct level *level, struct capture *capture)
{
    struct exec *ex = sh->exec;
    level->outer = ex->level;
    level->capture = capture;
    level->frame = ex->frame;
    level->private_count = ex->private_count;
    level->handed = 0;
    level->real = false;
    level->exiting = false;
    level->loop_depth = ex->loop_depth;
    level->trap_depth = ex->trap_depth;
    level->line = sh->line;
    ex->level = level;
    ex->loop_depth = 0;
    ex->trap_depth = 0;
    mark_open(sh, &level->mark);
    if (!ex->catches_pipe && ex->traps[SIGPIPE] == NULL && !signal_ignored_on_entry(SIGPIPE)) {
        /* A write into a broken pipe must end this level, not the whole shell. */
        ex->catches_pipe = true;
        signal_set(SIGPIPE, SIGNAL_SWALLOW);
    }
}

/* The EXIT action that was set inside runs in the subshell's own environment. */
static void run_exit_action(struct shell *sh, struct level *level)
{
    char *action = level->mark.exit_action;
    if (action != NULL) {
        level->mark.exit_action = NULL;
        level->exiting = true;
        int status = sh->status;
        enum flow flow = trap_run_text(sh, action);
        if (flow != FLOW_EXIT && flow != FLOW_HANDED) {
            sh->status = status;
        }
        mem_free(action);
    }
}

/* What `read` buffered belongs to the files that go away now. */
static void forget_inputs(struct shell *sh, const struct mark *mark)
{
    for (size_t i = 0; i < mark->count; i++) {
        if (mark->entries[i].kind == MARK_FD) {
            input_changed(sh, mark->entries[i].fd.fd);
        }
    }
}

static void leave(struct shell *sh, struct level *level)
{
    struct exec *ex = sh->exec;
    forget_inputs(sh, &level->mark);
    if (!mark_close(sh, &level->mark)) {
        char room[24];
        error_print(sh, "cannot return to %s: %s", sh->directory == NULL ? "." : sh->directory,
                    error_text(errno, room));
        _exit(2);
    }
    ex->level = level->outer;
    ex->loop_depth = level->loop_depth;
    ex->trap_depth = level->trap_depth;
    sh->line = level->line;
}

enum flow level_close(struct shell *sh, struct level *level, enum flow flow)
{
    if (level->real) {
        exec_exit(sh);
    }
    if (flow != FLOW_HANDED && flow != FLOW_INTERRUPT) {
        run_exit_action(sh, level);
        if (level->real) { /* the action itself took the door */
            exec_exit(sh);
        }
    }
    sh->status &= 0xff;
    pid_t handed = level->handed;
    leave(sh, level);
    if (handed > 0 && level->capture == NULL) {
        sh->status = foreground_wait(sh, handed, false);
    }
    if (flow == FLOW_INTERRUPT) {
        return FLOW_INTERRUPT;
    }
    struct exec *ex = sh->exec;
    bool goes_on = ex->death != 0 || (ex->unwinding && sh->mark != NULL);
    ex->unwinding = goes_on && ex->unwinding;
    return goes_on ? FLOW_EXIT : FLOW_NEXT;
}

bool level_only_writes(const struct node *body)
{
    if (body->kind == NODE_LIST || body->kind == NODE_AND_OR) {
        size_t i = 0;
        while (i < body->list.count && level_only_writes(body->list.items[i].node)) {
            i++;
        }
        return i == body->list.count;
    }
    if (body->kind != NODE_SIMPLE || body->simple.word_count == 0) {
        return false;
    }
    const struct symbol *name = body->simple.words[0]->symbol;
    return name != NULL && name->function == NULL && name->builtin != NULL &&
           (name->builtin->traits & BUILTIN_BOUNDED) != 0;
}

bool level_must_fork(const struct shell *sh, const struct node *body, bool capture)
{
    const struct exec *ex = sh->exec;
    unsigned traits = body->traits;
    if ((sh->settings.options & OPT_NOINLINE) != 0 || (traits & (TRAIT_ASYNC | TRAIT_FORKS)) != 0) {
        return true;
    }
    if (ex->traps[SIGCHLD] != NULL || (ex->monitor && !(capture && level_only_writes(body)))) {
        return true;
    }
    return (capture || sh->captured[1] != NULL || sh->captured[2] != NULL) &&
           (traits & TRAIT_DEVICE) != 0;
}

/* ---- children of the shell ---- */

/* What every forked child of the shell does first: forgets what belongs to the parent. */
static void child_start(struct shell *sh, size_t privates_to_close)
{
    struct exec *ex = sh->exec;
    private_close_below(sh, privates_to_close);
    mark_forget_all(sh);
    sh->captured[1] = NULL;
    sh->captured[2] = NULL;
    for (struct level *level = ex->level; level != NULL; level = level->outer) {
        level->handed = 0;
    }
    ex->level = NULL;
    ex->frame = NULL;
    ex->terminal = -1;
    sh->is_subshell = true;
    ex->running_exit = false;
    ex->trap_depth = 0;
    jobs_inherit(sh);
    input_forked(sh);
    trap_enter_subshell(sh);
}

pid_t child_fork(struct shell *sh, struct launch *launch)
{
    struct exec *ex = sh->exec;
    size_t privates = ex->private_count;
    trap_before_child(sh);
    input_give_back(sh);
    pid_t pid = launch_fork(launch);
    if (pid < 0) {
        char room[24];
        error_print(sh, "cannot fork: %s", error_text(errno, room));
        sh->status = 2;
        return -1;
    }
    if (pid == 0) {
        ex->monitor = false;
        child_start(sh, privates);
        return 0;
    }
    input_forked(sh);
    return pid;
}

/* ---- the door ---- */

bool door_option(struct shell *sh, const char *name)
{
    unsigned long at = 0;
    if (strncmp(name, "door=", 5) != 0 || !number_parse(name + 5, 1000000000, &at)) {
        return false;
    }
    sh->exec->door_at = (int)at;
    return true;
}

/* In the child: what was virtual becomes the pipe, here and in every frame that will unwind. */
static void become_real(struct shell *sh, const struct level *level)
{
    for (int fd = 1; fd <= 2; fd++) {
        if (sh->captured[fd] != NULL) {
            fd_move(capture_of(sh->captured[fd])->write_end, fd);
            sh->captured[fd] = NULL;
        }
    }
    for (struct frame *frame = sh->exec->frame; frame != level->frame; frame = frame->outer) {
        for (struct saved_fd *s = frame->saved; s != NULL; s = s->next) {
            if (s->captured != NULL) {
                private_close(sh, &s->copy);
                s->copy = fd_copy(capture_of(s->captured)->write_end);
                private_add(sh, &s->copy);
                s->touched = true;
                s->captured = NULL;
            }
        }
    }
}

static void close_captures(struct shell *sh, struct level *level)
{
    for (; level != NULL; level = level->outer) {
        if (level->capture != NULL) {
            private_close(sh, &level->capture->read_end);
            private_close(sh, &level->capture->write_end);
        }
    }
}

static bool pipes_ready(struct shell *sh)
{
    for (struct level *l = sh->exec->level; l != NULL; l = l->outer) {
        if (l->capture != NULL && !l->real && !capture_pipe(sh, l->capture)) {
            return false;
        }
    }
    return true;
}

static void through_the_door(struct shell *sh, struct level *level)
{
    struct exec *ex = sh->exec;
    char *exit_action = level->mark.exit_action;
    bool traps_shown = level->mark.traps_shown;
    struct frame *frame = ex->frame;
    become_real(sh, level);
    child_start(sh, level->private_count);
    close_captures(sh, level);
    ex->frame = frame; /* they unwind in this process, too */
    ex->running_exit = level->exiting;
    ex->level = level;
    level->outer = NULL;
    level->real = true;
    level->mark.outer = NULL;
    level->mark.exit_action = NULL;
    if (!traps_shown) {
        trap_set(sh, 0, exit_action);
    }
    mem_free(exit_action);
}

bool door_take(struct shell *sh)
{
    struct level *level = sh->exec->level;
    if (level == NULL || level->real) {
        return true;
    }
    struct launch launch;
    launch_init(&launch);
    trap_before_child(sh);
    input_give_back(sh);
    pid_t pid = pipes_ready(sh) ? launch_fork(&launch) : -1;
    if (pid < 0) {
        char room[24];
        error_print(sh, "cannot fork: %s", error_text(errno, room));
        sh->status = 2;
        return false;
    }
    if (pid > 0) {
        level->handed = pid;
        input_forked(sh);
        return false;
    }
    through_the_door(sh, level);
    return true;
}

bool level_fits(struct shell *sh, unsigned traits)
{
    return (traits & TRAIT_PARENT) == 0 || door_take(sh);
}
