/* external.h -- external commands: spawned, forked first, or in place of this process. */
#ifndef SWISH_EXEC_EXTERNAL_H
#define SWISH_EXEC_EXTERNAL_H

#include <stdbool.h>

#include "exec/redir.h"
#include "exec/search.h"
#include "exec/start.h"

struct diag;
struct node;
struct redirect;
struct shell;

struct external {
    const char *name;
    struct symbol *symbol; /* of the name, or NULL */
    char **argv;
    const struct redirect *redirects;
    const struct node *node;   /* its assignments; NULL: none */
    const struct frame *frame; /* of its redirections, if they were applied here */
    struct command command;    /* resolved */
    unsigned run_flags;
};

/* Starts it as one process of `start`; `plan` holds moves that come first (pipe ends). A command
   that cannot be started is noted with its status after its message. */
void external_start(struct shell *sh, const struct external *external, struct plan *plan,
                    struct start *start);

/* Makes the command's assignments in the innermost scope frame, and looks the name up again when
   PATH was among them. False with `d` set. */
bool external_assign(struct shell *sh, struct external *external, struct diag *d);

/* Replaces this process. Returns only when exec failed: message printed, status 126 or 127. */
void external_replace(struct shell *sh, const struct external *external);

/* May a last command take this process's place? */
bool external_may_replace(const struct shell *sh);

#endif
