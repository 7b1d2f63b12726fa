/* signals.h -- signals store, the loop acts (architecture, idea 6). Owns the pending flags: one of
   the two files with writable statics. */
#ifndef SWISH_OS_SIGNALS_H
#define SWISH_OS_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

enum { SIGNALS_MAX = 65 }; /* numbers 1 to 64 */

/* What the shell wants a signal to do in this process. Swallowed: a handler that does nothing, so
   that a call fails (EPIPE) instead and children still get the default action. */
enum signal_action { SIGNAL_DEFAULT, SIGNAL_IGNORE, SIGNAL_CATCH, SIGNAL_SWALLOW };

/* Sets the disposition; costs nothing when it is that already. Catching sets a flag and, for
   SIGCHLD, also lets children.c reap. Handlers of signals other than CHLD and PIPE are installed
   without SA_RESTART. SIGCHLD is never really ignored here, only in the programs we start. */
void signal_set(int number, enum signal_action action);

/* The disposition this process got from its parent (looked up at the first question). */
bool signal_ignored_on_entry(int number);

/* Is any caught signal pending? One load, to be asked between commands. */
bool signal_any_pending(void);

/* Takes the lowest pending caught signal: clears its flag and returns the number, or 0. With
   `from_terminal` not NULL: whether the kernel sent it (si_code SI_KERNEL). */
int signal_take(bool *from_terminal);

/* Is this one pending? / any but this one? / forget it. / set the flag as the handler would. */
bool signal_is_pending(int number);
bool signal_pending_except(int number);
void signal_forget(int number);
void signal_note(int number);

/* Clears all flags and makes this process the one whose handlers act: at start (where it also
   unblocks CHLD and sees whether that was ignored), and first thing in every forked child, where
   all signals with a handler of ours, CHLD too, go back to their default. */
void signals_reset(void);

/* Of this process, as signals_reset found it: its pid without a system call. */
pid_t signals_pid(void);

/* Blocks every signal that is caught now (plus CHLD); the old mask comes back in *old. For the few
   calls that block long; see children.h for the wait that uses it. */
void signals_block(sigset_t *old);
void signals_unblock(const sigset_t *old);

/* Blocks this one; signals_unblock ends that, too. */
void signal_block(int number, sigset_t *old);

/* Name without SIG ("INT"), or NULL; real-time signals as RTMIN, RTMIN+1, ..., RTMAX-1, RTMAX.
   `room` has at least 16 bytes. */
const char *signal_name(int number, char *room);

/* Number from a name in either case, with or without SIG, or from decimal text; EXIT is 0.
   -1 when there is no such signal. */
int signal_number(const char *text);

/* Text for a report such as "Terminated"; `room` has at least 32 bytes. */
const char *signal_text(int number, char *room);

/* Dies of the signal: default disposition, unblock, kill ourselves. Returns only if that is
   impossible. */
void signal_die(int number);

/* For launch.c: while on, a caught signal that arrives in a child sharing our memory kills that
   child; only Ctrl-Z waits until it has become another program. */
void signals_launching(bool on);

/* For launch.c: must SIGCHLD be set to ignored in a program we start? */
bool signals_child_ignored(void);

/* For launch.c: an exec that failed may have left SIGCHLD ignored. */
void signals_child_restore(void);

/* For children.c: installs the handler of SIGCHLD; `stops`: it comes for stopped children, too. */
void signals_watch_children(bool stops);

#endif
