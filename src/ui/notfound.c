/* notfound.c -- an unknown command: what may have been meant, and what the distribution knows of
 * it. */
#include "ui/notfound.h"

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "exec/error.h"
#include "exec/run.h"
#include "state/names.h"
#include "state/params.h"
#include "state/shell.h"
#include "ui/spell.h"

enum { NOT_FOUND = 127 };

static const char *const handlers[] = {"/usr/lib/command-not-found",
                                       "/usr/share/command-not-found/command-not-found"};

/* Runs the words of both lists as one command. */
static void run(struct shell *sh, char *const *words, char *const *more, unsigned flags)
{
    size_t count = params_count(words);
    size_t more_count = params_count(more);
    char **all = arena_alloc(&sh->scratch, (count + more_count + 1) * sizeof *all);
    memcpy(all, words, count * sizeof *all);
    memcpy(all + count, more, (more_count + 1) * sizeof *all);
    run_fields(sh, all, flags, 0);
}

/* Under bash's name, so that what people have already goes on working. */
static bool run_function(struct shell *sh, char **argv)
{
    char name[] = "command_not_found_handle";
    char *const words[] = {name, NULL};
    const struct symbol *symbol = symbol_find(&sh->symbols, name, sizeof name - 1);
    if (symbol == NULL || function_get(symbol) == NULL) {
        return false;
    }
    run(sh, words, argv, 0);
    return true;
}

static void run_handler(struct shell *sh, char *name)
{
    char dashes[] = "--";
    char *const operands[] = {dashes, name, NULL};
    for (size_t i = 0; i < sizeof handlers / sizeof *handlers; i++) {
        if (access(handlers[i], X_OK) == 0) {
            char *path = arena_text(&sh->scratch, handlers[i], strlen(handlers[i]));
            run(sh, (char *const[]){path, NULL}, operands, RUN_NO_FUNCTIONS);
            return;
        }
    }
}

int notfound_tell(struct shell *sh, char **argv, const char *message)
{
    if (run_function(sh, argv)) {
        return sh->status;
    }
    struct buf near = {0};
    spell_commands(sh, argv[0], &near);
    if (near.length > 0) {
        error_print(sh, "%s (did you mean %s?)", message, buf_text(&near));
    } else {
        error_print(sh, "%s", message);
    }
    buf_free(&near);
    run_handler(sh, argv[0]);
    return NOT_FOUND;
}
