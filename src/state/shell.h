/* shell.h -- struct shell: what a subshell inherits. Process-wide things live on floor 1. */
#ifndef SWISH_STATE_SHELL_H
#define SWISH_STATE_SHELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/depth.h"
#include "base/symbol.h"
#include "state/options.h"
#include "syntax/program.h"

struct diag;
struct exec;
struct history;
struct mark;
struct part;
struct scope;

/* Positional parameters; a struct of values that scope frames and marks save whole. */
struct params {
    char **items; /* "$1" is items[0] */
    size_t count;
    char **block;         /* heap block that holds items and texts; NULL: somebody else owns them */
    uint64_t serial;      /* of the mark that last saved them */
    const char *measured; /* the one that getopts is inside of, or NULL; its length */
    size_t measure;
};

/* What pushd keeps; a struct of values that marks save whole. */
struct pushed {
    char *names; /* heap: the directories below the working one, the nearest first, each with NUL */
    size_t length;
    uint64_t serial;
};

/* What `set` and getopts change; saved whole by the first change inside a mark. */
struct settings {
    unsigned options;         /* enum option */
    size_t getopts_offset;    /* place inside a group of option letters */
    uint64_t path_generation; /* remembered paths of another generation do not count */
    int64_t started;          /* CLOCK_MONOTONIC seconds when $SECONDS was 0 */
    uint64_t random;          /* state of $RANDOM */
    uint64_t random_serial;   /* serial of the mark that seeded it */
    uint64_t serial;
};

/* IFS, prepared for splitting (XCU 2.6.5). Re-derived when IFS changes. */
struct ifs {
    unsigned char class[256]; /* IFS_SPACE, IFS_OTHER by byte; multi-byte characters only in `wide`
                               */
    uint32_t wide[16];        /* non-ASCII characters of IFS in a UTF-8 locale */
    size_t wide_count;
    char join[4]; /* first character of IFS: what "$*" puts between */
    size_t join_length;
};
enum { IFS_NONE = 0, IFS_SPACE = 1, IFS_OTHER = 2 };

/* Upward calls, injected at start. */
struct hooks {
    /* Runs the command substitution; its output without trailing newlines becomes the text of
       `out`, which comes empty but may bring memory. False with `d` set when the surrounding
       command must end. The status goes to sh->status and sh->substitution_ran becomes true. */
    bool (*substitute)(struct shell *sh, const struct part *part, struct buf *out, struct diag *d);

    /* Keeps a command that was typed (history_remember). NULL: in memory only. */
    void (*remember)(struct shell *sh, const char *text, size_t length);
};

enum { ENVIRONMENT_DIRTY = 8 };

struct shell {
    struct symbols symbols;
    struct programs programs;
    struct arena scratch; /* fields and other results of expansion; released with the command */
    struct depth depth;

    struct scope *scope; /* innermost scope frame */
    struct mark *mark;   /* innermost subshell mark, NULL: none open */
    uint64_t serial;     /* of that mark, 0 without */
    uint64_t last_serial;

    struct params params;
    struct settings settings;
    const char *name;      /* $0 */
    int status;            /* $? */
    bool substitution_ran; /* since it was last cleared: gives `x=$(cmd)` its status */
    int line;              /* of the command that runs: $LINENO */
    pid_t pid;             /* $$: of the main shell, also in subshells */
    pid_t last_async;      /* $!, 0: none yet */

    struct ifs ifs;
    bool utf8;       /* LC_ALL, LC_CTYPE or LANG names UTF-8 */
    char *directory; /* logical PWD, heap; NULL: unknown */
    struct pushed pushed;

    char **environment; /* for children, heap; rebuilt when stale */
    size_t environment_count;
    struct symbol **environment_names; /* of the entries, by place; NULL: a foreign one */
    size_t environment_room;
    struct symbol *environment_dirty[ENVIRONMENT_DIRTY]; /* entries to make anew */
    unsigned environment_dirty_count;
    bool environment_stale; /* all of it has to be made anew */
    char **foreign; /* entries of our environment that are no variables (A.B=1): passed through */
    size_t foreign_count;

    uint64_t last_generation; /* of remembered paths */
    uint64_t *fd_serials;     /* by descriptor: the mark that last saved it, heap */
    size_t fd_serial_count;

    struct buf *captured[3]; /* descriptor 1 or 2 is virtual: goes to this memory (semantics 2) */

    struct buf spare; /* memory for the output of the next substitution; length 0 */

    struct history *history; /* set -o history; NULL before the first use */
    struct exec *exec;       /* floor 5's part: jobs, traps, buffers of read */
    struct hooks hooks;
    bool interactive;
    bool called_sh;   /* as sh: `echo` without -e and -E, and so on */
    bool is_subshell; /* a forked one */
};

/* A shell with variables imported from the environment block, defaults set (IFS, OPTIND, PPID, PS1,
   PS2, PS4, PWD verified) and no positional parameters. */
void shell_init(struct shell *sh, const char *name, char **environment);

/* Is it the interactive shell itself, which outlives errors, and no subshell of it? */
bool shell_prompts(const struct shell *sh);

/* Frees all that hangs on it (leak checks); floor 5's part was freed before. */
void shell_free(struct shell *sh);

#endif
