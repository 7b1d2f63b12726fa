/* job_table.h -- jobs as the starter sees them: made, run in the foreground, left behind. */
#ifndef SWISH_EXEC_JOB_TABLE_H
#define SWISH_EXEC_JOB_TABLE_H

#include <sys/types.h>

#include "exec/flow.h"

struct job;
struct shell;
struct start;

/* A job of these processes, holding the program that runs. */
struct job *job_make(struct shell *sh, const struct start *start);

/* Gives it a number and a place in the table, if it has none yet. */
void job_enter(struct shell *sh, struct job *job);

/* Its end was waited for: the record and the status go. */
void job_waited(struct shell *sh, struct job *job);

/* The records of ended ones go; their statuses stay known. */
void jobs_drop_ended(struct shell *sh);

/* A child of ours ended, stopped or went on. */
void job_note(struct shell *sh, pid_t pid, int status);

/* 0 to 255, or 128+n, of a status as wait4 gives it. */
int status_of_wait(int status);

/* The wait4 status of a process that exited with this status. */
int wait_status(int exit_status);

/* Under job control: waits until it has ended or stopped, takes the terminal back, sets sh->status.
 */
enum flow job_run_foreground(struct shell *sh, struct start *start);

/* Sets $! and prints `[n] pid` at the prompt. */
void job_run_background(struct shell *sh, struct start *start);

#endif
