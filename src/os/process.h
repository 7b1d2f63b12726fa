/* process.h -- what else the process owns: stack limit, directory, terminal, user data bases. */
#ifndef SWISH_OS_PROCESS_H
#define SWISH_OS_PROCESS_H

#include <stdbool.h>

struct buf;
struct depth;

/* Fills depth->base (from the address of `local`) and depth->limit (three quarters of the soft
   stack limit, at most 6 MiB before it grows), depth->grow. */
void process_depth_start(struct depth *depth, const char *local);

/* Physical path of the current directory appended to `to`. False and errno on failure. */
bool process_cwd(struct buf *to);

/* Home directory of a user, appended; false when there is no such user. Reads /etc/passwd itself (a
   static program has no NSS), then asks `getent passwd NAME` when that exists. */
bool process_home(const char *user, struct buf *to);

/* Was this program started with real and effective ids that differ, or with AT_SECURE? */
bool process_is_setid(void);

/* Is the effective user, after process_drop_privileges if it was called, root? */
bool process_is_root(void);

/* Drops supplementary groups, gid and uid to the real ones and verifies it. False: it did not work.
 */
bool process_drop_privileges(void);

/* The environment this process was given. */
char **process_environment(void);

#endif
