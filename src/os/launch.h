/* launch.h -- a child as data: all that it does between its birth and exec (architecture, idea 5).
 */
#ifndef SWISH_OS_LAUNCH_H
#define SWISH_OS_LAUNCH_H

#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>

enum { LAUNCH_CLOSE = -1, LAUNCH_NO_GROUP = -1, LAUNCH_NO_TERMINAL = -1 };

struct launch_move {
    int from; /* LAUNCH_CLOSE: close `to` */
    int to;
};

/* Everything is computed before the child exists; the child only replays it, in this order: group,
   terminal, signals, moves, exec. */
struct launch {
    const char *path;
    char *const *argv;
    char *const *environment;
    const struct launch_move *moves; /* in order; a move onto itself clears CLOEXEC */
    size_t move_count;
    pid_t group;     /* LAUNCH_NO_GROUP; 0: a new group of its own; else the group to join */
    int terminal;    /* descriptor of the terminal to take for the group, or LAUNCH_NO_TERMINAL */
    sigset_t ignore; /* to be ignored in the child (asynchronous lists: INT and QUIT) */
    sigset_t revert; /* ignored by the interactive shell, to be default in the child */
    const struct rlimit *stack; /* the user's stack limit to give back, or NULL */
    int exec_error; /* out: errno of the failed exec, or of a failed move; 0 when it worked */
    int failed_fd;  /* out: the move's target when a move failed, else -1 */
};

/* A struct with no moves, no group, no terminal and empty sets. */
void launch_init(struct launch *launch);

/* clone(CLONE_VM | CLONE_VFORK) on a stack of its own, then replay and exec. Returns the pid, or -1
   with errno when no child could be made (EAGAIN was retried for about 2 s). When exec failed the
   child has ended with 126 or 127, was waited for, and exec_error says why: then 0 is returned.
   Caught signals that arrive in the child kill the child and do not touch our flags. */
pid_t launch_spawn(struct launch *launch);

/* Replays in this process and execs. Returns only on failure, with exec_error set; moves done stay,
   dispositions and the stack limit are put back. */
void launch_exec(struct launch *launch);

/* A forked child that goes on in C: 0 in the child, after replaying group, terminal, signals and
   moves (a failed move: exec_error); the pid in the parent, which has made the group and given the
   terminal, too; -1 and errno on failure (EAGAIN retried for about 2 s). Signals with a handler are
   blocked over the fork; in the child pending flags are cleared, and signals_reset and
   children_reset have been called: nothing is caught there until the caller says so again. */
pid_t launch_fork(struct launch *launch);

#endif
