/* job_wait.c -- wait: for all jobs, for one of them, for a process (XCU wait). */
#include "exec/exec.h"
#include "exec/job.h"
#include "exec/job_table.h"
#include "exec/known.h"
#include "exec/trap.h"
#include "os/children.h"
#include "os/signals.h"
#include "state/shell.h"

enum { NO_CHILD = 127 };

/* An inline subshell has a job table of its own, which is empty. */
static bool hidden(const struct shell *sh)
{
    return sh->mark != NULL;
}

static int pending_signal(const struct shell *sh)
{
    for (int i = 1; i < SIGNALS_MAX; i++) {
        if (signal_is_pending(i) && (i != SIGCHLD || trap_is_caught(sh, SIGCHLD))) {
            return i;
        }
    }
    return 0;
}

/* Until something has happened to a child. False: a signal came instead, and gave the status. */
static bool keep_waiting(struct shell *sh, int *status, bool *interrupted)
{
    int number = signal_any_pending() ? pending_signal(sh) : 0;
    if (number == 0) {
        children_sleep();
        jobs_update(sh);
        return true;
    }
    *interrupted = true;
    *status = 128 + number;
    return false;
}

/* What is stopped may stay so for ever: `wait` does not wait for it. */
static bool any_runs(const struct exec *ex)
{
    const struct job *job = ex->known_running > 0 ? ex->jobs : NULL;
    while (job != NULL && job_state(job) != JOB_RUNNING) {
        job = job->next;
    }
    return job != NULL;
}

static void wait_all(struct shell *sh, int *status, bool *interrupted)
{
    *status = 0;
    while (any_runs(sh->exec)) {
        if (!keep_waiting(sh, status, interrupted)) {
            return;
        }
    }
    jobs_drop_ended(sh);
    known_forget_ended(sh->exec);
}

/* $! stands for the whole pipeline: as in most shells, its other stages are waited for. */
static bool stands_for_job(const struct known *known)
{
    return known->job != NULL && job_pid(known->job) == known->pid;
}

static bool is_over(const struct known *known)
{
    bool others_run = stands_for_job(known) && job_state(known->job) == JOB_RUNNING;
    return known->ended && !others_run;
}

/* Its status, which can be had once. */
static int take_status(struct shell *sh, struct known *known)
{
    int status = status_of_wait(known->status);
    pid_t pid = known->pid;
    if (stands_for_job(known) && job_state(known->job) == JOB_DONE) {
        status = job_status(known->job);
        job_forget(sh, known->job);
    }
    known_forget(sh->exec, known_find(sh->exec, pid));
    return status;
}

bool job_wait_pid(struct shell *sh, pid_t pid, int *status, bool *interrupted)
{
    struct exec *ex = sh->exec;
    *interrupted = false;
    if (hidden(sh)) {
        *status = 0;
        return pid == 0;
    }
    children_watch(ex->monitor);
    jobs_update(sh);
    if (pid == 0) {
        wait_all(sh, status, interrupted);
        return true;
    }
    for (;;) {
        struct known *known = known_find(ex, pid);
        if (known == NULL) {
            return false;
        }
        if (is_over(known)) {
            *status = take_status(sh, known);
            return true;
        }
        if (known->job != NULL && job_state(known->job) == JOB_STOPPED) {
            *status = job_status(known->job);
            return true;
        }
        if (!keep_waiting(sh, status, interrupted)) {
            return true;
        }
    }
}

/* ---- wait -n ---- */

/* The first that ended of all whose end was not told yet. */
static struct known *first_ended(const struct shell *sh)
{
    struct known *known = sh->exec->known_oldest;
    while (known != NULL &&
           !(known->job == NULL ? !sh->interactive : stands_for_job(known) && is_over(known))) {
        known = known->newer;
    }
    return known;
}

/* One of these that is over; *may_end: one of them runs. */
static struct known *one_ended(const struct shell *sh, const pid_t *pids, size_t count,
                               bool *may_end)
{
    *may_end = false;
    for (size_t i = 0; i < count; i++) {
        struct known *known = known_find(sh->exec, pids[i]);
        if (known != NULL && is_over(known)) {
            return known;
        }
        *may_end |= known != NULL && known->job != NULL && job_state(known->job) == JOB_RUNNING;
    }
    return NULL;
}

int job_wait_any(struct shell *sh, const pid_t *pids, size_t count, bool *interrupted)
{
    int status = NO_CHILD;
    *interrupted = false;
    if (hidden(sh)) {
        return status;
    }
    children_watch(sh->exec->monitor);
    jobs_update(sh);
    do {
        bool may_end = any_runs(sh->exec);
        struct known *known = count == 0 ? first_ended(sh) : one_ended(sh, pids, count, &may_end);
        if (known != NULL) {
            return take_status(sh, known);
        }
        if (!may_end) {
            return NO_CHILD;
        }
    } while (keep_waiting(sh, &status, interrupted));
    return status;
}

/* ---- wait %job ---- */

int job_wait(struct shell *sh, struct job *job, bool *interrupted)
{
    int status = NO_CHILD;
    *interrupted = false;
    if (sh->exec->jobs_inherited) { /* no child of ours */
        return status;
    }
    children_watch(sh->exec->monitor);
    jobs_update(sh);
    while (job_state(job) == JOB_RUNNING) {
        if (!keep_waiting(sh, &status, interrupted)) {
            return status;
        }
    }
    status = job_status(job);
    if (job_state(job) == JOB_DONE) {
        job_waited(sh, job);
    }
    return status;
}
