/* job.c -- the table of jobs: made, updated, found, waited for. */
#include "exec/job.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "base/number.h"
#include "exec/exec.h"
#include "exec/job_table.h"
#include "exec/known.h"
#include "exec/start.h"
#include "os/children.h"
#include "os/signals.h"
#include "state/shell.h"
#include "syntax/print.h"
#include "syntax/program.h"

/* Ended jobs of a script that nobody asked about: their records go, their statuses stay known. */
enum { JOBS_KEPT = 512 };

int wait_status(int exit_status)
{
    return (exit_status & 0xff) << 8;
}

static void append_job(struct exec *ex, struct job *job)
{
    job->number = ex->last_job == NULL ? 1 : ex->last_job->number + 1;
    job->previous = ex->last_job;
    if (ex->last_job == NULL) {
        ex->jobs = job;
    } else {
        ex->last_job->next = job;
    }
    ex->last_job = job;
    ex->job_count++;
}

void job_forget(struct shell *sh, struct job *job)
{
    struct exec *ex = sh->exec;
    if (job->number > 0) {
        *(job->previous == NULL ? &ex->jobs : &job->previous->next) = job->next;
        *(job->next == NULL ? &ex->last_job : &job->next->previous) = job->previous;
        ex->job_count--;
    }
    known_detach(ex, job);
    program_release(job->program);
    mem_free(job->stages);
    mem_free(job->modes);
    mem_free(job);
}

void job_waited(struct shell *sh, struct job *job)
{
    pid_t pid = job_pid(job);
    job_forget(sh, job);
    known_forget(sh->exec, known_find(sh->exec, pid));
}

void jobs_drop_ended(struct shell *sh)
{
    struct job *next = NULL;
    for (struct job *job = sh->exec->jobs; job != NULL; job = next) {
        next = job->next;
        if (job_state(job) == JOB_DONE) {
            job_forget(sh, job);
        }
    }
}

/* Nothing is freed: in a child that is work, and copies the pages it is done on. */
void jobs_inherit(struct shell *sh)
{
    known_abandon(sh->exec);
    sh->exec->jobs_inherited = true;
}

static void abandon_inherited(struct exec *ex)
{
    ex->jobs = NULL;
    ex->last_job = NULL;
    ex->job_count = 0;
    ex->jobs_inherited = false;
}

struct job *job_make(struct shell *sh, const struct start *start)
{
    struct exec *ex = sh->exec;
    if (ex->jobs_inherited) {
        abandon_inherited(ex);
    }
    struct job *job = mem_zero(sizeof *job);
    job->group = start->group;
    job->count = start->count;
    job->stages = mem_zero(start->count * sizeof *job->stages);
    job->program = ex->program == NULL ? NULL : program_hold(ex->program);
    job->node = start->node;
    job->pipefail = (sh->settings.options & OPT_PIPEFAIL) != 0;
    job->used = ++ex->job_clock;
    for (size_t i = 0; i < start->count; i++) {
        job->stages[i].pid = start->pids[i];
        job->stages[i].ended = start->pids[i] == 0;
        job->stages[i].status = wait_status(start->statuses[i]);
        if (start->pids[i] > 0) {
            known_add(ex, start->pids[i], job, i);
        }
    }
    return job;
}

void job_enter(struct shell *sh, struct job *job)
{
    struct exec *ex = sh->exec;
    if (job->number == 0) {
        if (!sh->interactive && ex->job_count >= JOBS_KEPT) {
            jobs_drop_ended(sh);
        }
        append_job(ex, job);
    }
}

/* ---- what happened to the children ---- */

void jobs_update(struct shell *sh)
{
    struct child_change change;
    /* The last stage of a pipeline may be running here: the others are waited for by their own
     * pids. */
    while (sh->mark == NULL && children_next(&change)) {
        job_note(sh, change.pid, change.status);
    }
}

void job_note(struct shell *sh, pid_t pid, int status)
{
    struct exec *ex = sh->exec;
    struct known *known = known_find(ex, pid);
    if (known == NULL) {
        return; /* nobody's business: adopted, or of a job that was disowned */
    }
    struct job *job = known->job;
    struct job_stage *stage = job == NULL ? NULL : &job->stages[known->stage];
    if (WIFCONTINUED(status)) {
        if (stage != NULL) {
            stage->stopped = false;
        }
        return;
    }
    if (stage != NULL) {
        stage->status = status;
        stage->stopped = WIFSTOPPED(status);
        stage->ended = !stage->stopped;
        job->changed = job_state(job) != JOB_RUNNING;
        if (stage->stopped) {
            job->used = ++ex->job_clock;
        }
    }
    if (!WIFSTOPPED(status)) {
        known_ended(ex, known, status);
    }
}

struct job *jobs_first(struct shell *sh)
{
    return sh->exec->jobs;
}

enum job_state job_state(const struct job *job)
{
    bool stopped = false;
    bool running = false;
    for (size_t i = 0; i < job->count; i++) {
        running |= !job->stages[i].ended && !job->stages[i].stopped;
        stopped |= !job->stages[i].ended && job->stages[i].stopped;
    }
    return running ? JOB_RUNNING : stopped ? JOB_STOPPED : JOB_DONE;
}

int status_of_wait(int status)
{
    if (WIFSTOPPED(status)) {
        return 128 + WSTOPSIG(status);
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int job_status(const struct job *job)
{
    int status = status_of_wait(job->stages[job->count - 1].status);
    if (job_state(job) == JOB_STOPPED) {
        for (size_t i = 0; i < job->count; i++) {
            if (job->stages[i].stopped && !job->stages[i].ended) {
                return status_of_wait(job->stages[i].status);
            }
        }
    }
    for (size_t i = job->count; job->pipefail && status == 0 && i-- > 0;) {
        status = status_of_wait(job->stages[i].status);
    }
    return status;
}

pid_t job_pid(const struct job *job)
{
    return job->stages[job->count - 1].pid;
}

/* ---- finding one ---- */

/* Most recently used: stopped ones before running ones (XCU 2.11: %+ is the current job). */
static struct job *most_recent(const struct shell *sh, const struct job *except)
{
    struct job *best = NULL;
    for (struct job *job = sh->exec->jobs; job != NULL; job = job->next) {
        enum job_state state = job_state(job);
        if (job == except || state == JOB_DONE) {
            continue;
        }
        bool stopped = state == JOB_STOPPED;
        bool best_stopped = best != NULL && job_state(best) == JOB_STOPPED;
        if (best == NULL || (stopped && !best_stopped) ||
            (stopped == best_stopped && job->used > best->used)) {
            best = job;
        }
    }
    for (struct job *job = sh->exec->last_job; best == NULL && job != NULL; job = job->previous) {
        best = job == except ? NULL : job;
    }
    return best;
}

struct job *job_current(struct shell *sh)
{
    return most_recent(sh, NULL);
}

struct job *job_previous(struct shell *sh)
{
    struct job *current = job_current(sh);
    return current == NULL ? NULL : most_recent(sh, current);
}

static bool text_matches(const struct job *job, const char *text, bool anywhere)
{
    struct buf command = {0};
    job_command_text(job, &command);
    const char *have = buf_text(&command);
    bool hit = anywhere ? strstr(have, text) != NULL : strncmp(have, text, strlen(text)) == 0;
    buf_free(&command);
    return hit;
}

static struct job *by_text(const struct shell *sh, const char *text, bool anywhere, bool *ambiguous)
{
    struct job *found = NULL;
    for (struct job *job = sh->exec->jobs; job != NULL; job = job->next) {
        if (text_matches(job, text, anywhere)) {
            if (found != NULL && ambiguous != NULL) {
                *ambiguous = true;
                return NULL;
            }
            found = job;
        }
    }
    return found;
}

static struct job *by_number(const struct shell *sh, unsigned long number)
{
    for (struct job *job = sh->exec->jobs; job != NULL; job = job->next) {
        if ((unsigned long)job->number == number) {
            return job;
        }
    }
    return NULL;
}

struct job *job_find(struct shell *sh, const char *spec, bool *ambiguous)
{
    unsigned long number = 0;
    if (ambiguous != NULL) {
        *ambiguous = false;
    }
    if (*spec != '%') {
        struct known *known =
            number_parse(spec, 0x7fffffff, &number) ? known_find(sh->exec, (pid_t)number) : NULL;
        return known == NULL ? NULL : known->job;
    }
    spec++;
    if (*spec == '\0' || strcmp(spec, "%") == 0 || strcmp(spec, "+") == 0) {
        return job_current(sh);
    }
    if (strcmp(spec, "-") == 0) {
        struct job *previous = job_previous(sh);
        return previous != NULL ? previous : job_current(sh);
    }
    if (number_parse(spec, 0x7fffffff, &number)) {
        return by_number(sh, number);
    }
    return *spec == '?' ? by_text(sh, spec + 1, true, ambiguous)
                        : by_text(sh, spec, false, ambiguous);
}

/* ---- texts ---- */

void job_command_text(const struct job *job, struct buf *to)
{
    print_node(to, job->node, PRINT_SHORT);
}

static void add_ended(const struct job *job, struct buf *to)
{
    int status = job->stages[job->count - 1].status;
    char room[32];
    if (WIFSIGNALED(status)) {
        buf_puts(to, signal_text(WTERMSIG(status), room));
        if (WCOREDUMP(status)) {
            buf_puts(to, " (core dumped)");
        }
    } else if (job_status(job) == 0) {
        buf_puts(to, "Done");
    } else {
        buf_addf(to, "Done(%d)", job_status(job));
    }
}

void job_state_text(const struct job *job, struct buf *to)
{
    char room[32];
    switch (job_state(job)) {
    case JOB_RUNNING:
        buf_puts(to, "Running");
        break;
    case JOB_STOPPED:
        buf_addf(to, "Stopped (SIG%s)", signal_name(job_status(job) - 128, room));
        break;
    case JOB_DONE:
        add_ended(job, to);
        break;
    }
}

struct job_marks job_marks(struct shell *sh)
{
    return (struct job_marks){.current = job_current(sh), .previous = job_previous(sh)};
}

void job_line(const struct job_marks *marks, const struct job *job, pid_t pid, struct buf *to)
{
    buf_addf(to, "[%d] ", job->number);
    buf_puts(to, job == marks->current ? "+ " : job == marks->previous ? "- " : "  ");
    if (pid != 0) {
        buf_addf(to, "%d ", (int)pid);
    }
    job_state_text(job, to);
    buf_puts(to, "  ");
    job_command_text(job, to);
    buf_putc(to, '\n');
}

/* ---- all of them ---- */

bool jobs_any_stopped(struct shell *sh)
{
    jobs_update(sh);
    for (struct job *job = sh->exec->jobs; job != NULL; job = job->next) {
        if (job_state(job) == JOB_STOPPED) {
            return true;
        }
    }
    return false;
}
