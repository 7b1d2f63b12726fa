/* exec.h -- walks the tree (XCU 2.9), and the executor's own part of the shell. */
#ifndef SWISH_EXEC_EXEC_H
#define SWISH_EXEC_EXEC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <termios.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/symbol.h"
#include "exec/builtin_set.h"
#include "exec/flow.h"

struct builtin;
struct frame;
struct front;
struct input;
struct job;
struct level;
struct node;
struct program;
struct shell;
struct ui;

enum exec_how {
    EXEC_TESTED = 1 << 0, /* its status is tested: errexit does not count (XCU 2.15 set -e) */
    EXEC_LAST = 1 << 1,   /* nothing is left to do in this (sub)shell afterwards */
};

enum { TRAPS = 65 };

struct exec {
    bool tested;             /* errexit is off for what runs now: substitutions inherit that */
    struct program *program; /* whose tree runs: functions defined now belong to it */
    struct level *level;     /* innermost inline subshell, substitution or last stage */
    struct frame *frame;     /* innermost redirection frame */
    int **privates; /* descriptors of ours that must not survive a fork or meet the user's */
    size_t private_count;
    size_t private_room;

    int levels;     /* for FLOW_BREAK and FLOW_CONTINUE */
    int loop_depth; /* loops around the command, in this function and subshell */
    int function_depth;
    int dot_depth;
    int door_at; /* hidden: take the door at the K-th command inside a mark; 0: never */

    char *traps[TRAPS];   /* NULL default, "" ignored */
    bool traps_inherited; /* a forked subshell lists the parent's until its first change */
    bool running_exit;
    int trap_status; /* $? when the running action began: for `exit` without operand */
    int trap_depth;

    struct job *jobs; /* by number */
    struct job *last_job;
    size_t job_count;
    bool jobs_inherited; /* a forked subshell lists the parent's until it has one of its own */
    struct map known;    /* pid -> struct known: statuses kept for wait */
    struct known *known_oldest;
    struct known *known_newest;
    size_t known_count; /* ended ones */
    size_t known_running;
    unsigned long job_clock;
    int terminal; /* -1: no job control with a terminal */
    pid_t shell_group;
    pid_t original_group; /* before job control */
    struct termios modes; /* of the terminal while the shell reads */
    bool has_modes;
    bool monitor;             /* job control is on */
    struct rlimit user_stack; /* for children, once the stack limit was raised */
    bool catches_int;         /* our handler for SIGINT stands while commands run */

    const struct front *front; /* of the program this is; NULL in tests */
    struct ui *ui;             /* floor 7's part */
    struct input *inputs;      /* buffers of read */
    struct builtin_set builtins[BUILTIN_SETS];
    int direct;                /* opened file for the built-in about to run, 0: none */
    struct buf spare;          /* memory for the output of built-ins, between two of them */
    bool catches_pipe;         /* our empty handler for SIGPIPE stands */
    bool unwinding;            /* a signal ends all inline bodies */
    int child_signal;          /* that the last foreground child died of, 0: none */
    unsigned long deaths_told; /* ended children for which the CHLD action ran */
    int death;                 /* the signal this shell is to die of, 0: none */
    const char *script;        /* name for messages; NULL: none */
    bool ran;                  /* the source that runs held a command */
    bool syntax_failed;        /* the text that eval or dot ran did not parse */
    bool warned_stopped;       /* exit was refused once because of stopped jobs */
};

void exec_init(struct shell *sh);

/* Runs the node; its status goes to sh->status. */
enum flow exec_node(struct shell *sh, const struct node *node, unsigned how);

/* Ends this process properly: EXIT action, then _exit(sh->status) (or death by the signal that ends
 * it). */
_Noreturn void exec_exit(struct shell *sh);

#endif
