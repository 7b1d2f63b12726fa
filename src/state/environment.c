/* environment.c -- the environment block: imported at start, made for children. */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "state/environment.h"
#include "state/shell.h"
#include "state/variable.h"

/* Never taken from the environment: they would change how a script is read (hazards, Environment).
 */
static const char *const refused[] = {"IFS",    "LINENO",  "OPTIND",    "PPID",        "PS4",
                                      "RANDOM", "SECONDS", "SHELLOPTS", "EPOCHSECONDS"};

static bool is_refused(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (strncmp(refused[i], name, length) == 0 && refused[i][length] == '\0') {
            return true;
        }
    }
    return false;
}

static void import_one(struct shell *sh, char *entry)
{
    const char *equals = strchr(entry, '=');
    size_t length = equals == NULL ? 0 : (size_t)(equals - entry);
    if (equals == NULL || !symbol_is_name(entry, length)) {
        sh->foreign = mem_resize(sh->foreign, (sh->foreign_count + 1) * sizeof(char *));
        sh->foreign[sh->foreign_count++] = entry;
        return;
    }
    if (is_refused(entry, length)) {
        return;
    }
    struct symbol *symbol = symbol_intern(&sh->symbols, entry, length);
    if (symbol->variable == NULL) { /* of duplicates the first counts, as for getenv */
        struct diag d = {0};
        variable_set(sh, symbol, equals + 1, strlen(equals + 1), &d);
        variable_flag(sh, symbol, VARIABLE_EXPORTED, 0);
        diag_clear(&d);
    }
    symbol_release(&sh->symbols, symbol);
}

void environment_import(struct shell *sh, char **block)
{
    for (char **entry = block; entry != NULL && *entry != NULL; entry++) {
        import_one(sh, *entry);
    }
}

static char *environment_entry(struct shell *sh, struct symbol *symbol)
{
    size_t length = 0;
    const char *value = variable_get(sh, symbol, &length);
    if (value == NULL) {
        return NULL;
    }
    char *entry = mem_alloc(symbol->length + length + 2);
    memcpy(entry, symbol->text, symbol->length);
    entry[symbol->length] = '=';
    memcpy(entry + symbol->length + 1, value, length + 1);
    return entry;
}

void environment_free(struct shell *sh)
{
    for (size_t i = sh->foreign_count; sh->environment != NULL && i < sh->environment_count; i++) {
        mem_free(sh->environment[i]);
    }
    mem_free(sh->environment);
    sh->environment = NULL;
    sh->environment_count = 0;
}

char **variable_environment(struct shell *sh)
{
    if (!sh->environment_stale && sh->environment != NULL) {
        return sh->environment;
    }
    environment_free(sh);
    size_t room = sh->foreign_count + sh->symbols.count + 1;
    char **block = mem_alloc(room * sizeof(char *));
    size_t n = 0;
    for (; n < sh->foreign_count; n++) {
        block[n] = sh->foreign[n];
    }
    size_t at = 0;
    for (struct symbol *s = symbol_next(&sh->symbols, &at); s != NULL;
         s = symbol_next(&sh->symbols, &at)) {
        if ((variable_flags(s) & VARIABLE_EXPORTED) != 0) {
            block[n] = environment_entry(sh, s);
            n += block[n] != NULL;
        }
    }
    block[n] = NULL;
    sh->environment = mem_resize(block, (n + 1) * sizeof(char *));
    sh->environment_count = n;
    sh->environment_stale = false;
    return sh->environment;
}
