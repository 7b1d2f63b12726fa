/* start.h -- starting the processes of one job, and waiting for them (XCU 2.9.2, 2.11). */
#ifndef SWISH_EXEC_START_H
#define SWISH_EXEC_START_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "exec/flow.h"
#include "os/launch.h"

struct node;
struct shell;

/* The processes of one pipeline while they are started. */
struct start {
    const struct node *node; /* for the job's text */
    bool async;
    pid_t group; /* of the first process under job control */
    pid_t *pids; /* scratch arena; 0: the stage has no process, its status is known */
    int *statuses;
    size_t count;
    size_t capacity;
    enum flow flow; /* other than FLOW_NEXT: an error before the start ends the command */
    bool refused;   /* the system would not run what the built-in exec names: nothing started */
};

void start_init(struct shell *sh, struct start *start, const struct node *node, bool async);

/* Fills group, terminal and signals of a launch for the next process. */
void start_prepare(struct shell *sh, const struct start *start, struct launch *launch);

/* A forked child that goes on in C: 0 in the child. In the parent the pid, noted in `start`; -1
   after a message, the stage is noted as failed. `launch` may hold moves (NULL: none). */
pid_t start_fork(struct shell *sh, struct start *start);
pid_t start_fork_with(struct shell *sh, struct start *start, struct launch *launch);

/* A process started otherwise (SPAWN), or a stage without one and its status. */
void start_note(struct shell *sh, struct start *start, pid_t pid);
void start_note_status(struct shell *sh, struct start *start, int status);

/* Waits for the whole foreground job; sh->status gets the result. */
enum flow start_wait(struct shell *sh, struct start *start, unsigned how);

/* Asynchronous: makes the job, sets $!, prints `[n] pid` at the prompt. */
void start_leave(struct shell *sh, struct start *start);

#endif
