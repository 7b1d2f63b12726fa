/* jobs.c -- jobs, fg, bg, suspend, disown and wait (XCU 2.11). */
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/number.h"
#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "exec/job.h"
#include "state/mark.h"
#include "state/shell.h"

enum { NO_CHILD = 127 };

/* ---- jobs ---- */

static void show(struct call *c, const struct job_marks *marks, const struct job *job, int form)
{
    if (form == 'p') {
        out_addf(c->out, "%d\n", (int)(job->group > 0 ? job->group : job->stages[0].pid));
        return;
    }
    struct buf line = {0};
    pid_t shown = job->group > 0 ? job->group : job_pid(job);
    job_line(marks, job, form == 'l' ? shown : 0, &line);
    out_add(c->out, line.data, line.length);
    buf_free(&line);
}

/* What `jobs` has told is told; an ended job goes (its status stays for wait). A subshell only
 * looks. */
static void told(struct shell *sh, struct job *job, int form)
{
    if (form == 'p' || sh->mark != NULL) {
        return;
    }
    job->changed = false;
    if (job_state(job) == JOB_DONE) {
        job_forget(sh, job);
    }
}

static void show_all(struct call *c, int form)
{
    struct job_marks marks = job_marks(c->sh);
    for (struct job *job = jobs_first(c->sh); job != NULL; job = job->next) {
        show(c, &marks, job, form);
    }
    struct job *next = NULL;
    for (struct job *job = jobs_first(c->sh); job != NULL; job = next) {
        next = job->next;
        told(c->sh, job, form);
    }
}

int builtin_jobs(struct call *c)
{
    int form = 0;
    char **specs = operand_first(c, "lp", &form);
    if (specs == NULL) {
        return 2;
    }
    jobs_update(c->sh);
    if (*specs == NULL) {
        show_all(c, form);
        return 0;
    }
    int status = 0;
    for (; *specs != NULL; specs++) {
        struct job *job = operand_job(c, *specs);
        if (job == NULL) {
            status = 1;
            continue;
        }
        struct job_marks marks = job_marks(c->sh);
        show(c, &marks, job, form);
        told(c->sh, job, form);
    }
    return status;
}

/* ---- fg and bg ---- */

static int to_foreground(struct call *c, struct job *job)
{
    struct buf line = {0};
    job_command_text(job, &line);
    buf_putc(&line, '\n');
    out_add(c->out, line.data, line.length);
    out_flush(c->out);
    buf_free(&line);
    c->flow = job_foreground(c->sh, job);
    return c->sh->status;
}

static int to_background(struct call *c, struct job *job)
{
    if (job_state(job) == JOB_DONE) {
        return call_warn(c, "job %d has ended", job->number);
    }
    job_background(c->sh, job);
    struct buf line = {0};
    buf_addf(&line, "[%d] ", job->number);
    job_command_text(job, &line);
    buf_puts(&line, " &\n");
    out_add(c->out, line.data, line.length);
    buf_free(&line);
    return 0;
}

static int each_job(struct call *c, int (*act)(struct call *c, struct job *job))
{
    char **specs = operand_first(c, "", NULL);
    if (specs == NULL) {
        return 2;
    }
    if (!call_door(c)) {
        return 0;
    }
    if (!c->sh->exec->monitor) {
        return call_fail(c, "no job control");
    }
    jobs_update(c->sh);
    if (specs[0] == NULL) {
        struct job *job = job_current(c->sh);
        return job == NULL ? call_fail(c, "no current job") : act(c, job);
    }
    int status = 0;
    for (; *specs != NULL && c->flow == FLOW_NEXT; specs++) {
        struct job *job = operand_job(c, *specs);
        status = job == NULL ? 1 : act(c, job);
    }
    return status;
}

int builtin_fg(struct call *c)
{
    return each_job(c, to_foreground);
}

int builtin_bg(struct call *c)
{
    return each_job(c, to_background);
}

/* ---- suspend ---- */

int builtin_suspend(struct call *c)
{
    struct call_scan scan = {0};
    bool forced = false;
    int letter = 0;
    while ((letter = call_option(c, &scan, "f")) != -1) {
        if (letter == '?') {
            return 2;
        }
        forced = true;
    }
    if (c->argv[scan.index] != NULL) {
        return call_usage(c, "too many operands");
    }
    if (!forced && !c->sh->exec->monitor) {
        return call_warn(c, "no job control");
    }
    if (!forced && ((c->sh->settings.options & OPT_LOGIN) != 0 || getsid(0) == getpid())) {
        return call_warn(c, "nobody could continue a login shell");
    }
    if (call_door(c)) {
        out_flush(c->out);
        jobs_suspend(c->sh);
    }
    return 0;
}

/* ---- disown ---- */

enum which { WHICH_NAMED, WHICH_ALL, WHICH_RUNNING };

static void disown(struct call *c, struct job *job, enum which which, bool keeps)
{
    enum job_state state = job_state(job);
    if (which == WHICH_RUNNING && state != JOB_RUNNING) {
        return;
    }
    if (keeps) {
        job->spared = true;
        return;
    }
    if (state == JOB_STOPPED) {
        call_warn(c, "job %d stays stopped", job->number);
    }
    job_forget(c->sh, job);
}

static void disown_all(struct call *c, enum which which, bool keeps)
{
    struct job *next = NULL;
    for (struct job *job = jobs_first(c->sh); job != NULL; job = next) {
        next = job->next;
        disown(c, job, which, keeps);
    }
}

static int disown_some(struct call *c, char **specs, enum which which, bool keeps)
{
    int status = 0;
    for (; *specs != NULL; specs++) {
        struct job *job = operand_job(c, *specs);
        if (job == NULL) {
            status = 1;
        } else {
            disown(c, job, which, keeps);
        }
    }
    return status;
}

int builtin_disown(struct call *c)
{
    struct call_scan scan = {0};
    enum which which = WHICH_NAMED;
    bool keeps = false;
    int letter = 0;
    while ((letter = call_option(c, &scan, "ahr")) != -1) {
        if (letter == '?') {
            return 2;
        }
        keeps |= letter == 'h';
        which = letter == 'a' ? WHICH_ALL : letter == 'r' ? WHICH_RUNNING : which;
    }
    if (!call_door(c)) { /* a subshell has jobs of its own */
        return 0;
    }
    jobs_update(c->sh);
    char **specs = c->argv + scan.index;
    if (specs[0] != NULL) {
        return disown_some(c, specs, which, keeps);
    }
    if (which != WHICH_NAMED) {
        disown_all(c, which, keeps);
        return 0;
    }
    struct job *job = job_current(c->sh);
    if (job == NULL) {
        return call_warn(c, "no current job");
    }
    disown(c, job, which, keeps);
    return 0;
}

/* ---- wait ---- */

/* False with a message: it does not look like one. */
static bool is_pid(struct call *c, const char *operand, unsigned long *pid)
{
    if (*operand == '\0' || operand[strspn(operand, "0123456789")] != '\0') {
        call_usage(c, "%s: neither a process nor a job", operand);
        return false;
    }
    if (!number_parse(operand, 0x7fffffff, pid)) {
        *pid = 0; /* no child has such a number */
    }
    return true;
}

/* In a subshell no job is a child. */
static struct job *find_child_job(struct call *c, const char *operand)
{
    struct job *job = c->sh->mark != NULL ? NULL : job_find(c->sh, operand, NULL);
    if (job == NULL) {
        call_warn(c, "%s: no such job", operand);
    }
    return job;
}

static int wait_for(struct call *c, const char *operand, bool *interrupted)
{
    int status = NO_CHILD;
    unsigned long pid = 0;
    if (*operand == '%') {
        jobs_update(c->sh);
        struct job *job = find_child_job(c, operand);
        return job == NULL ? NO_CHILD : job_wait(c->sh, job, interrupted);
    }
    if (!is_pid(c, operand, &pid)) {
        return 2;
    }
    if (pid == 0 || !job_wait_pid(c->sh, (pid_t)pid, &status, interrupted)) {
        return NO_CHILD;
    }
    return status;
}

/* Operands that name no child are left out; only such ones: 127. */
static int wait_for_one(struct call *c, char **operands)
{
    bool interrupted = false;
    size_t count = 0;
    size_t given = 0;
    while (operands[given] != NULL) {
        given++;
    }
    pid_t *pids = mem_zero((given + 1) * sizeof *pids);
    bool good = true;
    jobs_update(c->sh);
    for (size_t i = 0; i < given && good; i++) {
        unsigned long pid = 0;
        if (*operands[i] == '%') {
            struct job *job = find_child_job(c, operands[i]);
            pid = job == NULL ? 0 : (unsigned long)job_pid(job);
        } else {
            good = is_pid(c, operands[i], &pid);
        }
        pids[count] = (pid_t)pid;
        count += pid != 0;
    }
    int status = NO_CHILD;
    if (good && (count > 0 || given == 0)) {
        status = job_wait_any(c->sh, pids, count, &interrupted);
    }
    mem_free(pids);
    return good ? status : 2;
}

int builtin_wait(struct call *c)
{
    int any = 0;
    char **operands = operand_first(c, "n", &any);
    if (operands == NULL) {
        return 2;
    }
    if (any != 0) {
        return wait_for_one(c, operands);
    }
    bool interrupted = false;
    int status = 0;
    if (*operands == NULL) {
        job_wait_pid(c->sh, 0, &status, &interrupted);
        return status;
    }
    for (; *operands != NULL && !interrupted; operands++) {
        status = wait_for(c, *operands, &interrupted);
    }
    return status;
}
