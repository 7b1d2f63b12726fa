/* job.h -- jobs: pipelines that run beside the shell, and those that stopped (XCU 2.11). */
#ifndef SWISH_EXEC_JOB_H
#define SWISH_EXEC_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "exec/flow.h"

struct node;
struct program;
struct shell;

enum job_state { JOB_RUNNING, JOB_STOPPED, JOB_DONE };

struct job_stage {
    pid_t pid;
    int status; /* as wait4 gives it; valid when ended or stopped */
    bool ended;
    bool stopped;
};

struct job {
    struct job *next; /* by number, ascending */
    struct job *previous;
    int number;
    pid_t group; /* 0: none of its own (monitor off) */
    struct job_stage *stages;
    size_t count;
    struct program *program; /* held for the text */
    const struct node *node;
    bool pipefail;      /* as set when it was started */
    bool changed;       /* state not yet reported */
    bool spared;        /* no HUP when the shell ends */
    void *modes;        /* struct termios saved when it stopped, heap; NULL: none */
    unsigned long used; /* for %+ and %-: larger is more recent */
};

/* Takes what ended or stopped into the jobs; never blocks. */
void jobs_update(struct shell *sh);

/* First job (ascending numbers), then job->next. Call jobs_update first. */
struct job *jobs_first(struct shell *sh);

enum job_state job_state(const struct job *job);

/* Exit status of an ended or stopped job: that of its last stage (pipefail: of the last that
 * failed). */
int job_status(const struct job *job);

/* %%, %+, %-, %n, %string, %?string, or a pid of a known child. NULL: no such job; *ambiguous (may
   be NULL) when several match. */
struct job *job_find(struct shell *sh, const char *spec, bool *ambiguous);
struct job *job_current(struct shell *sh);
struct job *job_previous(struct shell *sh);
pid_t job_pid(const struct job *job); /* of the last stage: what $! gives */

/* "Running", "Done", "Done(3)", "Stopped (SIGTSTP)", "Terminated"... as XCU jobs has it. */
void job_state_text(const struct job *job, struct buf *to);
void job_command_text(const struct job *job, struct buf *to);

/* Which jobs are marked + and -, found once for a list. */
struct job_marks {
    const struct job *current;
    const struct job *previous;
};
struct job_marks job_marks(struct shell *sh);

/* The whole line, `[1] + Running  make`, with its newline; a pid other than 0 stands in it. */
void job_line(const struct job_marks *marks, const struct job *job, pid_t pid, struct buf *to);

/* Blocks until the pid (0: all known children) has ended or stopped, or a trapped signal arrives.
   `status` gets the exit status, 128+n for a signal; false when the pid is no known child (status
   127). A signal that has a trap: true, *interrupted = true, status 128+n. */
bool job_wait_pid(struct shell *sh, pid_t pid, int *status, bool *interrupted);

/* wait -n: blocks until one of these processes (count 0: any job whose end was not told yet) has
   ended; returns its status, 127 when none of them is a child that is there or runs. */
int job_wait_any(struct shell *sh, const pid_t *pids, size_t count, bool *interrupted);

/* Like job_wait_pid for a job; returns the status. */
int job_wait(struct shell *sh, struct job *job, bool *interrupted);

/* Continues it; foreground: gives it the terminal, waits and sets sh->status; when it stops again
   or is interrupted, so is what called it. */
enum flow job_foreground(struct shell *sh, struct job *job);
void job_background(struct shell *sh, struct job *job);

/* Sends to every process of the job; 0 or errno. */
int job_signal(struct shell *sh, struct job *job, int number);

/* Before such a signal goes to a process or (negative) a group: what it continues, or ends, is not
   taken for stopped any more. */
void jobs_sent(struct shell *sh, pid_t pid, int number);

/* Removes it from the table (disown, and after its end was told). */
void job_forget(struct shell *sh, struct job *job);

/* Prints notices of changed jobs (interactive, before the prompt; set -b), forgets ended ones. */
void jobs_notify(struct shell *sh);

/* set -m / +m: group and terminal of the shell. False with a message when it is impossible. */
bool jobs_monitor(struct shell *sh, bool on);

/* Before a prompt: stops until the shell owns its terminal again (`bg` of a shell). */
void jobs_reach_foreground(struct shell *sh);

bool jobs_any_stopped(struct shell *sh);

/* Stops this process; comes back when it was continued and owns its terminal again. */
void jobs_suspend(struct shell *sh);

/* The shell ends, its EXIT action is done: HUP to stopped jobs (to all when the terminal is lost),
   and the terminal goes to the group that had it before. */
void jobs_leave(struct shell *sh);

/* In a forked child: the parent's jobs can be listed and signalled, not waited for. */
void jobs_inherit(struct shell *sh);

#endif
