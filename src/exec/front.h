/* front.h -- where the two programs differ: swish reads plain lines, swish-interactive (floor 7)
   edits them. Each of them holds one `front`; main.c hands it to the executor. */
#ifndef SWISH_EXEC_FRONT_H
#define SWISH_EXEC_FRONT_H

#include <stdbool.h>

#include "exec/flow.h"

struct builtin_set;
struct line;
struct shell;

/* A NULL means: nothing to do, or as the plain reader does it. */
struct front {
    const struct builtin_set *builtins; /* beside those of floor 6 */

    /* Commands will come from a terminal; nothing of this process was touched yet. The core becomes
       swish-interactive here, or returns and goes on itself. `asked`: -i or -l was given. */
    void (*enter)(char **argv, bool asked);

    /* The shell stands; its start-up files have not run. */
    void (*start)(struct shell *sh);

    /* The value of the variable (PS1, PS2, PS4) as the text to show; in the scratch arena. */
    const char *(*prompt)(struct shell *sh, const char *name, const char *value);

    /* Shows line->prompt and fills line->text; as line_read. */
    bool (*read)(struct line *line);

    /* A command was read, is in the history and will run. */
    void (*accepted)(struct shell *sh);

    /* In a child: a command that was typed is not there. Says so, with the message; its status. */
    int (*unknown)(struct shell *sh, char **argv, const char *message);

    /* history -i: the commands of a file go to the history and its file. False and errno. */
    bool (*import)(struct shell *sh, const char *path);

    /* The user's hooks: a prompt comes next; the command with this text is about to run; the shell
       itself has another working directory. FLOW_EXIT: the shell ends. FLOW_INTERRUPT: the command
       that runs, or was to run, is given up. */
    enum flow (*precmd)(struct shell *sh);
    enum flow (*preexec)(struct shell *sh, const char *text);
    enum flow (*chpwd)(struct shell *sh);

    /* The shell ends: give back what was taken (leak checks). */
    void (*finish)(struct shell *sh);
};

extern const struct front front;

#endif
