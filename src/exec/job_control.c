/* job_control.c -- jobs in front of and behind the terminal (XCU 2.11). */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/out.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/job.h"
#include "exec/job_table.h"
#include "exec/known.h"
#include "exec/private.h"
#include "exec/start.h"
#include "exec/trap.h"
#include "os/children.h"
#include "os/signals.h"
#include "os/terminal.h"
#include "state/shell.h"

/* ---- notices ---- */

static void print_line(struct shell *sh, const struct buf *line)
{
    struct out out;
    error_out(sh, &out);
    out_add(&out, line->data, line->length);
    out_flush(&out);
    buf_free(&out.pending);
}

static void print_notice(struct shell *sh, const struct job_marks *marks, const struct job *job)
{
    struct buf line = {0};
    job_line(marks, job, 0, &line);
    print_line(sh, &line);
    buf_free(&line);
}

void jobs_notify(struct shell *sh)
{
    jobs_update(sh);
    struct job *next = NULL;
    struct job_marks marks = job_marks(sh);
    for (struct job *job = sh->exec->jobs; job != NULL; job = next) {
        next = job->next;
        if (job->changed) {
            job->changed = false;
            print_notice(sh, &marks, job);
            if (job_state(job) == JOB_DONE) {
                job_forget(sh, job);
            }
        }
    }
}

/* ---- foreground ---- */

static bool at_prompt(const struct shell *sh)
{
    return sh->interactive && !sh->is_subshell;
}

/* Of a signal, or of what its own child died of: then it had no time to mend the modes. */
static bool died(const struct job *job)
{
    bool signalled = job_status(job) > 128;
    for (size_t i = 0; i < job->count; i++) {
        signalled |= WIFSIGNALED(job->stages[i].status) != 0;
    }
    return signalled;
}

static void take_terminal_back(struct shell *sh, struct job *job)
{
    struct exec *ex = sh->exec;
    if (ex->terminal < 0) {
        return;
    }
    bool stopped = job_state(job) == JOB_STOPPED;
    struct termios modes;
    if (stopped && terminal_get_modes(ex->terminal, &modes)) {
        mem_free(job->modes);
        job->modes = mem_alloc(sizeof modes);
        memcpy(job->modes, &modes, sizeof modes);
    }
    terminal_give(ex->terminal, ex->shell_group);
    if ((stopped || died(job)) && ex->has_modes) {
        terminal_set_modes(ex->terminal, &ex->modes);
    } else {
        ex->has_modes = terminal_get_modes(ex->terminal, &ex->modes);
    }
}

/* A process that runs, as far as is known; NULL: all have ended or stopped. */
static struct job_stage *running_stage(struct job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        if (!job->stages[i].ended && !job->stages[i].stopped) {
            return &job->stages[i];
        }
    }
    return NULL;
}

/* Somebody else has taken its status, and no signal will come. */
static bool is_lost(pid_t pid)
{
    siginfo_t info;
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) != 0 &&
           errno == ECHILD;
}

/* Ctrl-Z stops only the stages that are there already: the others follow. */
static bool stop_the_rest(const struct job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        if (job->stages[i].stopped && WSTOPSIG(job->stages[i].status) == SIGTSTP) {
            return job->group > 0 && kill(-job->group, SIGTSTP) == 0;
        }
    }
    return false;
}

/* Until every process has ended or stopped. False when the terminal was lost meanwhile. CHLD is
   blocked except while we sleep: what the handler takes wakes us. */
static bool wait_for_stages(struct shell *sh, struct job *job)
{
    sigset_t old;
    struct job_stage *stage = NULL;
    bool hung_up = false;
    bool stops = false;
    signals_block(&old);
    for (;;) {
        jobs_update(sh);
        stage = running_stage(job);
        stops = stops || (stage != NULL && stop_the_rest(job));
        hung_up = stage != NULL && trap_hangs_up(sh);
        if (stage == NULL || hung_up) {
            break;
        }
        if (is_lost(stage->pid)) {
            job_note(sh, stage->pid, wait_status(127));
            stage->ended = true;
        } else {
            sigsuspend(&old);
        }
    }
    signals_unblock(&old);
    return !hung_up;
}

/* The processes had the terminal for themselves, so the shell has to make their interrupt its own.
 */
static enum flow interrupt(struct shell *sh)
{
    const char *action = sh->exec->traps[SIGINT];
    if (trap_is_caught(sh, SIGINT)) {
        signal_note(SIGINT);
        return FLOW_NEXT;
    }
    if (action != NULL && *action == '\0') {
        return FLOW_NEXT;
    }
    if (at_prompt(sh)) {
        return FLOW_INTERRUPT;
    }
    sh->exec->death = SIGINT;
    return FLOW_EXIT;
}

static enum flow finish_ended(struct shell *sh, struct job *job)
{
    int last = job->stages[job->count - 1].status;
    int number = WIFSIGNALED(last) ? WTERMSIG(last) : 0;
    enum flow flow = FLOW_NEXT;
    if (number == SIGINT && sh->exec->terminal >= 0) {
        flow = interrupt(sh);
    } else if (number != 0 && number != SIGINT && number != SIGPIPE && at_prompt(sh)) {
        struct buf line = {0};
        job_state_text(job, &line);
        buf_putc(&line, '\n');
        print_line(sh, &line);
        buf_free(&line);
    }
    job_waited(sh, job);
    return flow;
}

/* What follows a command that stopped is dropped: it was to run after its end. */
static enum flow finish_stopped(struct shell *sh, struct job *job)
{
    job_enter(sh, job);
    job->changed = false;
    if (!at_prompt(sh)) {
        return FLOW_NEXT;
    }
    struct job_marks marks = job_marks(sh);
    out_write_all(2, "\n", 1); /* behind the ^Z */
    print_notice(sh, &marks, job);
    return FLOW_INTERRUPT;
}

/* The shell goes, with this job among those that are told. */
static enum flow leave_hung_up(struct shell *sh, struct job *job)
{
    job_enter(sh, job);
    signal_forget(SIGHUP);
    sh->status = 128 + SIGHUP;
    sh->exec->death = SIGHUP;
    return FLOW_EXIT;
}

static enum flow finish_foreground(struct shell *sh, struct job *job)
{
    if (!wait_for_stages(sh, job)) {
        return leave_hung_up(sh, job);
    }
    take_terminal_back(sh, job);
    sh->status = job_status(job);
    int last = job->stages[job->count - 1].status;
    sh->exec->child_signal = WIFSIGNALED(last) ? WTERMSIG(last) : 0;
    return job_state(job) == JOB_STOPPED ? finish_stopped(sh, job) : finish_ended(sh, job);
}

enum flow job_run_foreground(struct shell *sh, struct start *start)
{
    bool passed = start->group > 0 && trap_pass_interrupt(sh, -start->group);
    if (passed) {
        signal_forget(SIGINT); /* now it counts if the job dies of it */
    }
    enum flow flow = finish_foreground(sh, job_make(sh, start));
    if (passed && flow == FLOW_NEXT && sh->exec->child_signal == SIGINT) {
        flow = interrupt(sh);
    }
    return start->flow == FLOW_NEXT ? flow : start->flow;
}

void job_run_background(struct shell *sh, struct start *start)
{
    struct job *job = job_make(sh, start);
    job_enter(sh, job);
    sh->last_async = job_pid(job);
    if (at_prompt(sh) && sh->last_async > 0) {
        struct buf line = {0};
        buf_addf(&line, "[%d] %d\n", job->number, (int)sh->last_async);
        print_line(sh, &line);
        buf_free(&line);
    }
}

static void resume(struct job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        job->stages[i].stopped = false;
    }
    job->changed = false;
}

static int send_to_all(const struct job *job, int number)
{
    if (job->group > 0) {
        return kill(-job->group, number) == 0 ? 0 : errno;
    }
    int error = ESRCH;
    for (size_t i = 0; i < job->count; i++) {
        if (!job->stages[i].ended && job->stages[i].pid > 0) {
            error = kill(job->stages[i].pid, number) == 0 ? 0 : errno;
        }
    }
    return error;
}

void jobs_sent(struct shell *sh, pid_t pid, int number)
{
    const struct exec *ex = sh->exec;
    if ((number != SIGCONT && number != SIGKILL) || !ex->monitor || ex->jobs_inherited) {
        return;
    }
    jobs_update(sh);
    const struct known *known = pid > 0 ? known_find(ex, pid) : NULL;
    if (known != NULL && known->job != NULL) {
        known->job->stages[known->stage].stopped = false;
    }
    for (struct job *job = pid < 0 ? ex->jobs : NULL; job != NULL; job = job->next) {
        if (job->group == -pid) {
            resume(job);
        }
    }
}

int job_signal(struct shell *sh, struct job *job, int number)
{
    if (number == SIGCONT || number == SIGKILL) {
        /* Not when its news come: `kill %1; wait %1`. Before, for it may stop again at once. */
        jobs_update(sh);
        resume(job);
    }
    return send_to_all(job, number);
}

/* A job that runs is not sent CONT: that would undo a Ctrl-Z that comes just now. */
enum flow job_foreground(struct shell *sh, struct job *job)
{
    struct exec *ex = sh->exec;
    job->used = ++ex->job_clock;
    if (ex->terminal >= 0 && job->group > 0) {
        if (job->modes != NULL) {
            terminal_set_modes(ex->terminal, job->modes);
        }
        terminal_give(ex->terminal, job->group);
    }
    if (job_state(job) == JOB_STOPPED) {
        job_signal(sh, job, SIGCONT);
    }
    return finish_foreground(sh, job);
}

void job_background(struct shell *sh, struct job *job)
{
    job->used = ++sh->exec->job_clock;
    if (job_state(job) == JOB_STOPPED) {
        job_signal(sh, job, SIGCONT);
    }
    sh->last_async = job_pid(job);
}

static void hang_up(struct shell *sh, bool only_stopped)
{
    jobs_update(sh);
    for (struct job *job = sh->exec->jobs; job != NULL; job = job->next) {
        enum job_state state = job_state(job);
        bool concerned = state == JOB_STOPPED || (state == JOB_RUNNING && !only_stopped);
        if (concerned && !job->spared) {
            job_signal(sh, job, SIGHUP);
            job_signal(sh, job, SIGCONT);
        }
    }
}

/* ---- set -m ---- */

/* Nobody is there to give the terminal back: its group has died, or this shell leads the session.
 */
static bool may_take(pid_t owner)
{
    return getsid(0) == getpid() || (kill(-owner, 0) != 0 && errno == ESRCH);
}

/* A shell in the background waits until it is put into the foreground; one whose group is orphaned
   cannot be stopped, and would ask for ever. */
static bool reach_foreground(int terminal)
{
    enum { TRIES = 16 };
    for (int i = 0; i < TRIES; i++) {
        pid_t owner = terminal_owner(terminal);
        if (owner < 0 || owner == getpgrp()) {
            return owner >= 0;
        }
        if (may_take(owner) && terminal_give(terminal, getpgrp())) {
            return true;
        }
        kill(0, SIGTTIN);
    }
    return false;
}

static void wait_for_terminal(struct shell *sh)
{
    signal_set(SIGTTIN, SIGNAL_DEFAULT);
    reach_foreground(sh->exec->terminal);
    trap_set_interactive(sh);
}

void jobs_reach_foreground(struct shell *sh)
{
    const struct exec *ex = sh->exec;
    if (ex->terminal >= 0 && terminal_owner(ex->terminal) != ex->shell_group) {
        wait_for_terminal(sh);
    }
}

static void own_group(struct shell *sh)
{
    struct exec *ex = sh->exec;
    if (setpgid(0, 0) == 0) {
        terminal_give(ex->terminal, getpgrp());
    }
    ex->shell_group = getpgrp();
}

static void open_terminal(struct shell *sh)
{
    struct exec *ex = sh->exec;
    int terminal = terminal_open();
    bool usable = terminal >= 0 && (sh->interactive ? reach_foreground(terminal)
                                                    : terminal_owner(terminal) == getpgrp());
    if (!usable) {
        if (terminal >= 0) {
            private_add(sh, &terminal);
            private_close(sh, &terminal);
        }
        return;
    }
    ex->terminal = terminal;
    private_add(sh, &ex->terminal);
    ex->original_group = getpgrp();
    trap_set_interactive(sh);
    ex->shell_group = getpgrp();
    if (sh->interactive) {
        own_group(sh);
    }
    ex->has_modes = terminal_get_modes(terminal, &ex->modes);
}

/* Whoever started us without job control goes on where we were. */
static void give_terminal_up(struct shell *sh)
{
    struct exec *ex = sh->exec;
    if (at_prompt(sh) && ex->original_group != ex->shell_group) {
        if (terminal_owner(ex->terminal) == ex->shell_group) { /* in the background it is others' */
            terminal_give(ex->terminal, ex->original_group);
        }
        setpgid(0, ex->original_group);
    }
}

void jobs_suspend(struct shell *sh)
{
    const struct exec *ex = sh->exec;
    if (!at_prompt(sh) || ex->terminal < 0) {
        kill(getpid(), SIGSTOP);
        return;
    }
    give_terminal_up(sh);
    kill(getpid(), SIGSTOP);
    wait_for_terminal(sh);
    own_group(sh);
}

void jobs_leave(struct shell *sh)
{
    const struct exec *ex = sh->exec;
    struct termios modes;
    if (!at_prompt(sh)) {
        return;
    }
    bool lost = ex->terminal >= 0 && !terminal_get_modes(ex->terminal, &modes);
    hang_up(sh, ex->death != SIGHUP && !lost);
    if (ex->terminal >= 0) {
        give_terminal_up(sh);
    }
}

bool jobs_monitor(struct shell *sh, bool on)
{
    struct exec *ex = sh->exec;
    if (on == ex->monitor) {
        return true;
    }
    ex->monitor = on;
    if (on) {
        children_watch(true);
        open_terminal(sh);
        trap_set_interactive(sh);
        if (sh->interactive && ex->terminal < 0) {
            error_print(sh, "no terminal: job control is off");
            ex->monitor = false;
            return false;
        }
    } else if (ex->terminal >= 0) {
        give_terminal_up(sh);
        private_close(sh, &ex->terminal);
        trap_set_interactive(sh);
    }
    return true;
}
