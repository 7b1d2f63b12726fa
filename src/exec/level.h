/* level.h -- bodies that run in this process as if forked: inline subshells, substitutions, last
   stages; and the door, through which they get a real process after all (architecture 2.4). */
#ifndef SWISH_EXEC_LEVEL_H
#define SWISH_EXEC_LEVEL_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "exec/flow.h"
#include "state/mark.h"

struct frame;
struct launch;
struct node;
struct shell;

/* Output that goes to memory: sh->captured[] points to `buf`. */
struct capture {
    struct buf buf; /* first: a captured pointer is also a pointer to its capture */
    int read_end;   /* the pipe for external commands; -1 until one needs it */
    int write_end;
};

static inline struct capture *capture_of(struct buf *captured)
{
    return (struct capture *)(void *)captured;
}

/* Lives in the C function that opens it. */
struct level {
    struct level *outer;
    struct mark mark;
    struct capture *capture; /* NULL: not a substitution */
    struct frame *frame;     /* innermost redirection frame outside */
    size_t private_count;    /* noted descriptors that belong outside */
    pid_t handed;            /* the door's child that goes on with the body, 0: none */
    bool real;               /* this process is that child: the level ends in _exit */
    bool exiting;            /* its EXIT action runs: no other one does after it */
    int loop_depth;          /* of the surroundings */
    int trap_depth;
    int line;
};

void level_open(struct shell *sh, struct level *level, struct capture *capture);

/* The body came back with `flow`: runs the EXIT action set inside, rolls back, waits for the door's
   child. Never returns in that child. Gives FLOW_NEXT (status in sh->status) or FLOW_INTERRUPT. */
enum flow level_close(struct shell *sh, struct level *level, enum flow flow);

/* True: go on, in a real process (no mark is open, or this is the child now). False: this is the
   parent; give FLOW_HANDED up at once. */
bool door_take(struct shell *sh);

/* The hidden option door=K of tests, which is no bit; false when the name is another. */
bool door_option(struct shell *sh, const char *name);

/* Must the body fork? (semantics, table 1: what the parser and the entry know) */
bool level_must_fork(const struct shell *sh, const struct node *body, bool capture);

/* Is it nothing but echo, printf, pwd and their like, one after another? */
bool level_only_writes(const struct node *body);

/* A function or a text is about to run here whose traits the body's entry did not know: one that
   speaks of the subshell's own process gets it through the door. As door_take. */
bool level_fits(struct shell *sh, unsigned traits);

/* Forks; the child has forgotten what is its parent's. -1: message printed, sh->status set. */
pid_t child_fork(struct shell *sh, struct launch *launch);

/* Waits for a child of the foreground while captured output is read; 0..255 or 128+n as status. */
int foreground_wait(struct shell *sh, pid_t pid, bool last_act);

/* Gives the capture a pipe. False: message printed. */
bool capture_pipe(struct shell *sh, struct capture *capture);

/* Moves that give a child the pipes of what is virtual now. */
struct plan;
bool capture_plan(struct shell *sh, struct plan *plan);

/* Closes the write end and takes what is there up to the end of file. */
void capture_finish(struct shell *sh, struct capture *capture);

/* ( list ) */
enum flow subshell_run(struct shell *sh, const struct node *node, unsigned how);

#endif
