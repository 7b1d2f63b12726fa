/* start.c -- the processes of one job: started alike, waited for together. */
#include "exec/start.h"

#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/job.h"
#include "exec/job_table.h"
#include "exec/level.h"
#include "exec/redir.h"
#include "exec/trap.h"
#include "os/children.h"
#include "state/shell.h"
#include "syntax/tree.h"

void start_init(struct shell *sh, struct start *start, const struct node *node, bool async)
{
    jobs_update(sh); /* now: between the stages it would lose the first ones' ends */
    *start = (struct start){.node = node, .async = async};
    if (async || sh->exec->monitor) {
        children_watch(sh->exec->monitor);
    }
}

void start_prepare(struct shell *sh, const struct start *start, struct launch *launch)
{
    struct exec *ex = sh->exec;
    if (ex->monitor) {
        launch->group = start->group;
        if (!start->async && ex->terminal >= 0) {
            launch->terminal = ex->terminal;
        }
    } else if (start->async) {
        /* XCU 2.11: without job control an asynchronous list ignores INT and QUIT. */
        sigaddset(&launch->ignore, SIGINT);
        sigaddset(&launch->ignore, SIGQUIT);
    }
    trap_fill_revert(sh, &launch->revert);
    if (sigismember(&launch->ignore, SIGINT) == 1) {
        sigdelset(&launch->revert, SIGINT);
        sigdelset(&launch->revert, SIGQUIT);
    }
}

static void grow(struct shell *sh, struct start *start)
{
    if (start->count == start->capacity) {
        size_t room = start->capacity == 0 ? 4 : start->capacity * 2;
        pid_t *pids = arena_alloc(&sh->scratch, room * sizeof *pids);
        int *statuses = arena_alloc(&sh->scratch, room * sizeof *statuses);
        if (start->count > 0) {
            memcpy(pids, start->pids, start->count * sizeof *pids);
            memcpy(statuses, start->statuses, start->count * sizeof *statuses);
        }
        start->pids = pids;
        start->statuses = statuses;
        start->capacity = room;
    }
}

void start_note(struct shell *sh, struct start *start, pid_t pid)
{
    grow(sh, start);
    start->pids[start->count] = pid;
    start->statuses[start->count] = 0;
    start->count++;
    if (sh->exec->monitor && start->group == 0) {
        start->group = pid;
    }
    if (!start->async && start->group == 0) { /* a job of its own gets it as a whole */
        trap_pass_interrupt(sh, pid);
    }
}

void start_note_status(struct shell *sh, struct start *start, int status)
{
    grow(sh, start);
    start->pids[start->count] = 0;
    start->statuses[start->count] = status;
    start->count++;
}

pid_t start_fork_with(struct shell *sh, struct start *start, struct launch *launch)
{
    start_prepare(sh, start, launch);
    pid_t pid = child_fork(sh, launch);
    if (pid == 0) {
        if (launch->exec_error != 0) {
            char room[24];
            error_print(sh, "%d: %s", launch->failed_fd, error_text(launch->exec_error, room));
            _exit(1);
        }
        return 0;
    }
    if (pid < 0) {
        start_note_status(sh, start, 2);
        return -1;
    }
    start_note(sh, start, pid);
    return pid;
}

pid_t start_fork(struct shell *sh, struct start *start)
{
    struct launch launch;
    launch_init(&launch);
    struct plan plan = {0};
    capture_plan(sh, &plan);
    launch.moves = plan.moves;
    launch.move_count = plan.count;
    return start_fork_with(sh, start, &launch);
}

/* ---- the end of a foreground job ---- */

static void set_result(struct shell *sh, const struct start *start)
{
    int status = start->statuses[start->count - 1];
    if ((sh->settings.options & OPT_PIPEFAIL) != 0) {
        for (size_t i = start->count; i-- > 0 && status == 0;) {
            status = start->statuses[i];
        }
    }
    sh->status = status;
}

enum flow start_wait(struct shell *sh, struct start *start, unsigned how)
{
    struct exec *ex = sh->exec;
    if (start->count == 0) {
        return FLOW_NEXT;
    }
    if (ex->monitor) {
        return job_run_foreground(sh, start);
    }
    for (size_t i = 0; i < start->count; i++) {
        if (start->pids[i] > 0) {
            bool last_act = (how & EXEC_LAST) != 0 && start->count == 1;
            start->statuses[i] = foreground_wait(sh, start->pids[i], last_act);
        }
    }
    set_result(sh, start);
    return start->flow;
}

void start_leave(struct shell *sh, struct start *start)
{
    if (start->count > 0) {
        job_run_background(sh, start);
    }
}
