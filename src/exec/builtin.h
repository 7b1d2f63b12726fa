/* builtin.h -- what a built-in is and what it may ask of the executor. The table itself is floor
 * 6's. */
#ifndef SWISH_EXEC_BUILTIN_H
#define SWISH_EXEC_BUILTIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/out.h"
#include "exec/builtin_set.h"
#include "exec/flow.h"

struct diag;
struct shell;

enum builtin_trait {
    BUILTIN_SPECIAL =
        1 << 0, /* XCU 2.15: assignments stay, errors are fatal, functions do not hide it */
    BUILTIN_DECLARES = 1 << 1, /* operands of assignment form expand as assignments */
    BUILTIN_BOUNDED =
        1 << 2, /* echo, printf, pwd...: as first stage may write into the pipe at once */
    BUILTIN_EXEC = 1 << 3,    /* exec: its redirections stay */
    BUILTIN_COMMAND = 1 << 4, /* command: the next word decides about DECLARES */
    BUILTIN_WORDS = 1 << 5,   /* echo, test...: a sole --help is a word like any other */
};

/* One call. argv[0] is the name; argv[argc] is NULL; texts live until the call returns. */
struct call {
    struct shell *sh;
    const struct builtin *builtin;
    int argc;
    char **argv;
    struct out *out; /* standard output; flushed by the executor, which reports write errors */
    enum flow flow;  /* FLOW_NEXT unless the built-in leaves a construct */
    bool fatal;      /* set by call_fail & co: an error of a special built-in (XCU 2.8.1) */
    unsigned how;    /* enum exec_how of the command */
};

struct builtin {
    const char *name;
    int (*run)(struct call *c); /* returns the exit status */
    unsigned traits;
    const char *usage; /* "cd [-L|-P [-e]] [directory]" */
    const char *help;  /* one line of what it does */
};

/* `swish: line N: NAME: MESSAGE` on descriptor 2; returns 1. For a special built-in the error is
   fatal (XCU 2.8.1) unless it was called through `command`. */
int call_fail(struct call *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same, never fatal: for operands that fail while others go on. */
int call_warn(struct call *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* `WHAT: strerror(number)`; returns 1; not fatal. */
int call_errno(struct call *c, const char *what, int number);

/* Wrong usage: message, fatal for a special built-in; returns 2. */
int call_usage(struct call *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes the usage and what the built-in does; returns 0. */
int call_help(struct call *c, const struct builtin *builtin);

/* Prints the diag as this built-in's error, with the consequence of its kind, clears it; returns
   its status (1 when none is stated). */
int call_diag(struct call *c, struct diag *d);

/* Utility Syntax Guidelines (XBD 12.2). Start with a zeroed scan. Returns the next option letter,
   -1 at the end of the options (scan->index is then the first operand, `--` skipped), or '?' after
   it has reported an unknown option or a missing argument (return 2 then). `letters`: as for
   getopts, "a:b". `+` in front: options may also begin with + (scan->plus tells). */
struct call_scan {
    int index;   /* next argv to look at; 0 before the first call */
    int offset;  /* inside a group of letters */
    char *value; /* option-argument */
    bool plus;
};
int call_option(struct call *c, struct call_scan *scan, const char *letters);

/* For an act that must happen in a real process: inside an inline subshell the door is taken. True:
   go on (in the child, or when no mark is open). False: this is the parent, return 0 at once
   (c->flow is set). */
bool call_door(struct call *c);

/* Interns the names and binds the rows of all sets; called once at start. */
void builtins_bind(struct shell *sh, const struct builtin_set sets[BUILTIN_SETS]);

#endif
