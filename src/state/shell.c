/* shell.c -- a shell's birth and end. */
#include "state/shell.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/number.h"
#include "os/process.h"
#include "os/signals.h"
#include "state/environment.h"
#include "state/history.h"
#include "state/names.h"
#include "state/special.h"
#include "state/variable.h"

static void set_default(struct shell *sh, const char *name, const char *value)
{
    if (variable_by_name(sh, name) == NULL) {
        struct diag d = {0};
        variable_set_by_name(sh, name, value, &d);
        diag_clear(&d);
    }
}

/* An absolute path without . and .. components that leads here (XCU 2.5.3 PWD). */
static bool leads_here(const char *path)
{
    if (path == NULL || path[0] != '/') {
        return false;
    }
    for (const char *at = path; (at = strstr(at, "/.")) != NULL; at++) {
        if (at[2] == '\0' || at[2] == '/' || (at[2] == '.' && (at[3] == '\0' || at[3] == '/'))) {
            return false;
        }
    }
    struct stat there;
    struct stat here;
    return stat(path, &there) == 0 && stat(".", &here) == 0 && there.st_dev == here.st_dev &&
           there.st_ino == here.st_ino;
}

static void init_directory(struct shell *sh)
{
    const char *given = variable_by_name(sh, "PWD");
    struct buf found = {0};
    if (leads_here(given)) {
        buf_puts(&found, given);
    } else if (!process_cwd(&found)) {
        buf_free(&found);
        return;
    }
    struct diag d = {0};
    variable_set_by_name(sh, "PWD", buf_text(&found), &d);
    diag_clear(&d);
    struct symbol *pwd = symbol_find(&sh->symbols, "PWD", 3);
    if (pwd != NULL) { /* children keep the symbolic links in it */
        variable_flag(sh, pwd, VARIABLE_EXPORTED, 0);
    }
    sh->directory = buf_take(&found);
}

void shell_init(struct shell *sh, const char *name, char **environment)
{
    char room[24];
    arena_alloc(&sh->scratch, 1); /* the first chunk is never given back between commands */
    sh->name = name;
    sh->pid = signals_pid();
    sh->programs.symbols = &sh->symbols;
    special_init(sh);
    environment_import(sh, environment);
    set_default(sh, "IFS", " \t\n");
    set_default(sh, "OPTIND", "1");
    set_default(sh, "PS1", process_is_root() ? "# " : "$ ");
    set_default(sh, "PS2", "> ");
    set_default(sh, "PS4", "+ ");
    set_default(sh, "PPID", number_text(getppid(), room, NULL));
    init_directory(sh);
}

bool shell_prompts(const struct shell *sh)
{
    return sh->interactive && sh->mark == NULL && !sh->is_subshell;
}

static void free_slots(struct symbol *symbol)
{
    variable_free(symbol->variable);
    function_release(symbol->function);
    alias_free(symbol->alias);
    path_free(symbol->path);
    symbol->variable = NULL;
    symbol->function = NULL;
    symbol->alias = NULL;
    symbol->path = NULL;
}

void shell_free(struct shell *sh)
{
    /* Freeing a function gives references back: nobody may vanish while we walk. */
    size_t at = 0;
    for (struct symbol *s = symbol_next(&sh->symbols, &at); s != NULL;
         s = symbol_next(&sh->symbols, &at)) {
        s->references++;
    }
    at = 0;
    for (struct symbol *s = symbol_next(&sh->symbols, &at); s != NULL;
         s = symbol_next(&sh->symbols, &at)) {
        free_slots(s);
    }
    environment_free(sh);
    history_free(sh);
    mem_free(sh->foreign);
    mem_free(sh->params.block);
    mem_free(sh->directory);
    mem_free(sh->pushed.names);
    buf_free(&sh->spare);
    mem_free(sh->fd_serials);
    arena_free(&sh->scratch);
    programs_finish(&sh->programs);
    symbols_free(&sh->symbols);
}
