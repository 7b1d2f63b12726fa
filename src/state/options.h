/* options.h -- the options of set and sh: one bit each, one const table (XCU 2.15 set). */
#ifndef SWISH_STATE_OPTIONS_H
#define SWISH_STATE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct shell;

enum option {
    OPT_ALLEXPORT = 1 << 0,
    OPT_NOTIFY = 1 << 1,
    OPT_NOCLOBBER = 1 << 2,
    OPT_ERREXIT = 1 << 3,
    OPT_NOGLOB = 1 << 4,
    OPT_HASHALL = 1 << 5,
    OPT_MONITOR = 1 << 6,
    OPT_NOEXEC = 1 << 7,
    OPT_NOUNSET = 1 << 8,
    OPT_VERBOSE = 1 << 9,
    OPT_XTRACE = 1 << 10,
    OPT_PIPEFAIL = 1 << 11,
    OPT_NOLOG = 1 << 12,
    OPT_IGNOREEOF = 1 << 13,
    OPT_VI = 1 << 14,
    OPT_EMACS = 1 << 15,
    OPT_HISTORY = 1 << 16,
    OPT_PRIVILEGED = 1 << 17,
    OPT_INTERACTIVE = 1 << 18,    /* -i: only at invocation */
    OPT_STDIN = 1 << 19,          /* -s: only at invocation */
    OPT_COMMAND = 1 << 20,        /* -c: only at invocation */
    OPT_LOGIN = 1 << 21,          /* -l: only at invocation */
    OPT_NOINLINE = 1 << 22,       /* hidden: every subshell forks */
    OPT_HISTEXPAND = 1 << 23,     /* `!` brings back commands of the history, at a terminal */
    OPT_HIGHLIGHT = 1 << 24,      /* colours in the line that is typed */
    OPT_SUGGEST = 1 << 25,        /* how the line may go on, behind the cursor */
    OPT_AUTOCD = 1 << 26,         /* a directory as a command is gone to, at a terminal */
    OPT_MARKS = 1 << 27,          /* the terminal is told of prompts, directory and title */
    OPT_TRANSIENT = 1 << 28,      /* an accepted line stands behind a short prompt */
    OPT_BASHCOMPLETION = 1 << 29, /* completions written for bash are asked, too */
};

struct option_row {
    const char *name; /* for -o; NULL: none */
    char letter;      /* 0: none */
    unsigned bit;
    bool settable; /* by set; else only at invocation */
    bool hidden;   /* not listed by set -o and set +o */
};

/* The rows in the order of the listings. */
extern const struct option_row option_table[];
extern const size_t option_count;

/* NULL when there is no such option. */
const struct option_row *option_by_name(const char *name);
const struct option_row *option_by_letter(char letter);

/* Switches it, logged for the open mark, with what hangs on it (vi and emacs exclude each other).
   The executor's part of OPT_MONITOR is done by the caller. */
void option_set(struct shell *sh, unsigned bit, bool on);

/* The letters for $-; `room` has at least 32 bytes. */
const char *option_letters(const struct shell *sh, char *room);

#endif
