/* trap.h -- trap actions (XCU 2.12, 2.15 trap). Condition 0 is EXIT. */
#ifndef SWISH_EXEC_TRAP_H
#define SWISH_EXEC_TRAP_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "exec/flow.h"

struct shell;

/* Sets the action: NULL resets to default, "" ignores. False when the signal was ignored on entry
   of a non-interactive shell (silently kept). The door must have been taken for conditions other
   than EXIT. */
bool trap_set(struct shell *sh, int condition, const char *action);

/* The action to list: NULL default, "" ignored. In a subshell that has not changed its traps: the
   parent's. */
const char *trap_get(struct shell *sh, int condition);

/* Runs the actions of all pending signals; called between commands when signal_any_pending(). */
enum flow trap_run_pending(struct shell *sh);

/* Runs the text of an action with $? as it is now, which stays for the caller to restore. */
enum flow trap_run_text(struct shell *sh, const char *action);

/* Runs the EXIT action once, if any; sh->status is kept unless the action exits itself. */
void trap_run_exit(struct shell *sh);

/* A forked child: caught ones go to default, the actions stay listed until the first change. */
void trap_enter_subshell(struct shell *sh);

/* Is an action other than default/ignore set for the condition? */
bool trap_is_caught(const struct shell *sh, int condition);

/* At the prompt: the terminal is lost (or HUP came otherwise), no action is set for that, and the
   shell will end, whatever it waits for. */
bool trap_hangs_up(const struct shell *sh);

/* A child of the foreground ended with this wait status: a SIGINT that came meanwhile counts only
   when it killed the child, too. */
void trap_after_child(struct shell *sh, int status);

/* An interrupt that came before the foreground child was there to get it is passed on, as by
   kill(2). True when that was so. */
bool trap_pass_interrupt(const struct shell *sh, pid_t pid);

/* Before the first external command: SIGINT gets a handler, so that the child decides. */
void trap_before_child(struct shell *sh);

/* The signals that this shell ignores for itself and a child must not. */
void trap_fill_revert(const struct shell *sh, sigset_t *revert);

/* Dispositions of an interactive shell: INT, QUIT, TERM, and TSTP, TTIN, TTOU under monitor. */
void trap_set_interactive(struct shell *sh);

#endif
