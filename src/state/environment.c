/* environment.c -- the environment block: imported at start, made for children. */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
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
    bytes_copy(entry, symbol->text, symbol->length);
    entry[symbol->length] = '=';
    bytes_copy(entry + symbol->length + 1, value, length + 1);
    return entry;
}

void environment_changed(struct shell *sh, struct symbol *symbol)
{
    if (sh->environment_stale || sh->environment == NULL) {
        return;
    }
    for (unsigned i = 0; i < sh->environment_dirty_count; i++) {
        if (sh->environment_dirty[i] == symbol) {
            return;
        }
    }
    if (sh->environment_dirty_count == ENVIRONMENT_DIRTY) {
        sh->environment_stale = true;
        return;
    }
    sh->environment_dirty[sh->environment_dirty_count++] = symbol;
    symbol->references++;
}

void environment_free(struct shell *sh)
{
    for (size_t i = sh->foreign_count; sh->environment != NULL && i < sh->environment_count; i++) {
        mem_free(sh->environment[i]);
        sh->environment_names[i]->environment = 0;
        symbol_release(&sh->symbols, sh->environment_names[i]);
    }
    while (sh->environment_dirty_count > 0) {
        symbol_release(&sh->symbols, sh->environment_dirty[--sh->environment_dirty_count]);
    }
    mem_free(sh->environment);
    mem_free(sh->environment_names);
    sh->environment = NULL;
    sh->environment_names = NULL;
    sh->environment_count = 0;
    sh->environment_room = 0;
}

/* `entry` belongs to the block now; the NULL behind the last one is the caller's to write. */
static void append(struct shell *sh, struct symbol *symbol, char *entry)
{
    if (sh->environment == NULL || sh->environment_count + 1 >= sh->environment_room) {
        sh->environment_room = sh->environment_room * 2 + 64;
        sh->environment =
            mem_resize(sh->environment, sh->environment_room * sizeof *sh->environment);
        sh->environment_names =
            mem_resize(sh->environment_names, sh->environment_room * sizeof(struct symbol *));
    }
    sh->environment[sh->environment_count] = entry;
    sh->environment_names[sh->environment_count++] = symbol;
    if (symbol != NULL) {
        symbol->environment = (uint32_t)sh->environment_count;
        symbol->references++;
    }
}

static void take_out(struct shell *sh, struct symbol *symbol)
{
    size_t hole = symbol->environment - 1;
    size_t last = --sh->environment_count;
    sh->environment[hole] = sh->environment[last];
    sh->environment_names[hole] = sh->environment_names[last];
    sh->environment_names[hole]->environment = (uint32_t)hole + 1;
    symbol->environment = 0;
    symbol_release(&sh->symbols, symbol);
}

static void renew_entry(struct shell *sh, struct symbol *symbol)
{
    bool exported = (variable_flags(symbol) & VARIABLE_EXPORTED) != 0;
    char *entry = exported ? environment_entry(sh, symbol) : NULL;
    if (symbol->environment == 0) {
        if (entry != NULL) {
            append(sh, symbol, entry);
        }
        return;
    }
    char **place = &sh->environment[symbol->environment - 1];
    mem_free(*place);
    if (entry != NULL) {
        *place = entry;
    } else {
        take_out(sh, symbol);
    }
}

static void make_all(struct shell *sh)
{
    environment_free(sh);
    for (size_t i = 0; i < sh->foreign_count; i++) {
        append(sh, NULL, sh->foreign[i]);
    }
    size_t at = 0;
    for (struct symbol *s = symbol_next(&sh->symbols, &at); s != NULL;
         s = symbol_next(&sh->symbols, &at)) {
        char *entry =
            (variable_flags(s) & VARIABLE_EXPORTED) != 0 ? environment_entry(sh, s) : NULL;
        if (entry != NULL) {
            append(sh, s, entry);
        }
    }
    sh->environment_stale = false;
}

char **variable_environment(struct shell *sh)
{
    if (sh->environment == NULL || sh->environment_stale) {
        make_all(sh);
    }
    if (sh->environment == NULL) {
        append(sh, NULL, NULL); /* makes room */
        sh->environment_count = 0;
    }
    while (sh->environment_dirty_count > 0) {
        struct symbol *symbol = sh->environment_dirty[--sh->environment_dirty_count];
        renew_entry(sh, symbol);
        symbol_release(&sh->symbols, symbol);
    }
    sh->environment[sh->environment_count] = NULL;
    return sh->environment;
}
