/* children.h -- ended and stopped children: reaped by the SIGCHLD handler into a ring, or waited
   for by pid. Owns the ring: one of the two files with writable statics. */
#ifndef SWISH_OS_CHILDREN_H
#define SWISH_OS_CHILDREN_H

#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/types.h>

struct child_change {
    pid_t pid;
    int status; /* as wait4 gives it: ended, stopped or continued */
    struct rusage usage;
};

/* From now on SIGCHLD is handled: call before the first asynchronous child, wait, CHLD trap, job
   control. Idempotent. `stops`: also report stopped and continued children. */
void children_watch(bool stops);
bool children_watched(void);

/* In a forked child: the ring and the watch of the parent are forgotten. */
void children_reset(void);

/* The next change, from the ring, then (when the ring had been full) from the kernel. False: none.
 */
bool children_next(struct child_change *change);

/* While held nothing is reaped: the leader of a group that is still being filled must not vanish.
 */
void children_hold(bool on);

/* Number of children that ended so far (for the CHLD trap: one action each). */
unsigned long children_deaths(void);

/* Waits for this child alone, EINTR retried; `stops`: also returns when it stops. False when it is
   nobody's child any more (ECHILD and not in the ring). Changes of others met in the ring stay. */
bool child_wait(pid_t pid, bool stops, struct child_change *change);

/* Sleeps until a caught signal is pending or the ring has something; returns at once when that is
   so already. No window between the look and the sleep. */
void children_sleep(void);

/* Waits until the descriptor is readable (0, also at once when a signal is pending), or a caught
   signal other than CHLD is pending (EINTR), or `milliseconds` are over (ETIMEDOUT; -1: no limit);
   another errno on failure. */
int signals_wait_readable(int fd, long milliseconds);

/* A child of the shell's own, started while held: its end goes into no ring and is not counted.
   Only when there is room for one more, as nearly always. */
bool children_may_set_aside(void);
void children_set_aside(pid_t pid);

/* Kills the group that it leads, unless it has ended. */
void children_kill_aside(pid_t pid);

/* For signals.c: reaps into the ring. To be called with SIGCHLD blocked. False: all that it found
   were the shell's own. */
bool children_collect(void);

#endif
