/* aside.h -- work that may hang, done in a child: within its time it has an answer, or none. */
#ifndef SWISH_UI_ASIDE_H
#define SWISH_UI_ASIDE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

struct launch;
struct shell;

enum aside_end { ASIDE_ANSWERED, ASIDE_LATE, ASIDE_INTERRUPTED, ASIDE_FAILED };

struct aside {
    /* Runs in the child, which reads nothing from the terminal. */
    void (*work)(struct shell *sh, void *data, struct buf *answer);
    void *data;
    long milliseconds;
    struct buf answer;
    struct buf said; /* what the work wrote on descriptors 1 and 2, cut */
};

/* The child and all of its group are killed when the work is done, the time is over, or Ctrl-C came
   (then SIGINT stays pending). */
enum aside_end aside_run(struct shell *sh, struct aside *aside);

/* As child_fork, or without a shell as launch_fork: a child of which nothing is seen in the shell,
   no job, no $!, no CHLD action. It is ended by children_kill_aside. */
pid_t aside_fork(struct shell *sh, struct launch *launch);

/* CLOCK_MONOTONIC, in milliseconds. */
long long aside_now(void);

/* Reads what is there once the descriptor has something, up to the moment `until`; 0 at the end of
   the file, -1 and errno: ETIMEDOUT, EINTR (Ctrl-C) or another. */
long aside_read(int fd, void *room, size_t size, long long until);

#endif
