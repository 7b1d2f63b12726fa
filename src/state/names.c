/* names.c -- functions, aliases and remembered paths. */
#include "state/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state/mark.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/program.h"
#include "syntax/tree.h"

/* ---- functions ---- */

static void put_function(struct shell *sh, struct symbol *symbol, struct function *fresh)
{
    struct function *old = symbol->function;
    if (sh->mark != NULL && (old == NULL || mark_wants(sh, old->serial))) {
        mark_save_slot(sh, MARK_FUNCTION, symbol, old);
        old = NULL;
    }
    symbol->function = fresh;
    function_release(old);
}

static struct function *new_function(const struct shell *sh, struct program *program,
                                     const struct node *node)
{
    struct function *f = mem_zero(sizeof *f);
    f->program = program == NULL ? NULL : program_hold(program);
    f->node = node;
    f->references = 1;
    f->serial = sh->serial;
    return f;
}

void function_define(struct shell *sh, struct program *program, const struct node *node)
{
    put_function(sh, node->function.name, new_function(sh, program, node));
}

void function_unset(struct shell *sh, struct symbol *symbol)
{
    if (symbol->function != NULL) {
        symbol->references++;
        put_function(sh, symbol, sh->mark == NULL ? NULL : new_function(sh, NULL, NULL));
        symbol_release(&sh->symbols, symbol);
    }
}

struct function *function_hold(struct function *function)
{
    function->references++;
    return function;
}

void function_release(struct function *function)
{
    if (function != NULL && --function->references == 0) {
        program_release(function->program);
        mem_free(function);
    }
}

struct function *function_get(const struct symbol *symbol)
{
    struct function *f = symbol->function;
    return f != NULL && f->node != NULL ? f : NULL;
}

/* ---- aliases ---- */

void alias_free(struct alias *alias)
{
    if (alias != NULL) {
        mem_free(alias->value);
        mem_free(alias);
    }
}

void alias_define(struct shell *sh, struct symbol *symbol, const char *value)
{
    struct alias *old = symbol->alias;
    struct alias *fresh = NULL;
    if (value != NULL || sh->mark != NULL) {
        fresh = mem_zero(sizeof *fresh);
        fresh->value = value == NULL ? NULL : mem_text(value);
        fresh->serial = sh->serial;
    }
    if (sh->mark != NULL && (old == NULL || mark_wants(sh, old->serial))) {
        mark_save_slot(sh, MARK_ALIAS, symbol, old);
        old = NULL;
    }
    symbol->alias = fresh;
    alias_free(old);
}

bool alias_remove(struct shell *sh, struct symbol *symbol)
{
    if (alias_get(symbol) == NULL) {
        return false;
    }
    symbol->references++;
    alias_define(sh, symbol, NULL);
    symbol_release(&sh->symbols, symbol);
    return true;
}

void alias_remove_all(struct shell *sh)
{
    size_t count = 0;
    struct symbol **list = name_list(sh, NAME_ALIAS, &count);
    for (size_t i = 0; i < count; i++) {
        alias_remove(sh, list[i]);
    }
}

const char *alias_get(const struct symbol *symbol)
{
    return symbol->alias == NULL ? NULL : symbol->alias->value;
}

/* ---- remembered paths ---- */

void path_free(struct remembered *remembered)
{
    if (remembered != NULL) {
        mem_free(remembered->path);
        mem_free(remembered);
    }
}

void path_remember(struct shell *sh, struct symbol *symbol, const char *path)
{
    struct remembered *old = symbol->path;
    struct remembered *fresh = NULL;
    if (path != NULL || sh->mark != NULL) {
        fresh = mem_zero(sizeof *fresh);
        fresh->path = path == NULL ? NULL : mem_text(path);
        fresh->generation = sh->settings.path_generation;
        fresh->serial = sh->serial;
    }
    if (sh->mark != NULL && (old == NULL || mark_wants(sh, old->serial))) {
        mark_save_slot(sh, MARK_PATH, symbol, old);
        old = NULL;
    }
    symbol->path = fresh;
    path_free(old);
}

const char *path_get(const struct shell *sh, const struct symbol *symbol)
{
    const struct remembered *r = symbol->path;
    return r != NULL && r->generation == sh->settings.path_generation ? r->path : NULL;
}

void path_forget(struct shell *sh, struct symbol *symbol)
{
    if (symbol->path != NULL) {
        symbol->references++;
        path_remember(sh, symbol, NULL);
        symbol_release(&sh->symbols, symbol);
    }
}

void path_forget_all(struct shell *sh)
{
    mark_save_settings(sh);
    sh->settings.path_generation = ++sh->last_generation;
}

/* ---- listings ---- */

static bool holds(const struct shell *sh, const struct symbol *symbol, enum name_kind kind)
{
    const struct variable *v = symbol->variable;
    switch (kind) {
    case NAME_VARIABLE:
        return v != NULL && (v->kind != VALUE_UNSET || (v->flags & ~VARIABLE_LOCAL) != 0);
    case NAME_FUNCTION:
        return function_get(symbol) != NULL;
    case NAME_ALIAS:
        return alias_get(symbol) != NULL;
    case NAME_PATH:
        return path_get(sh, symbol) != NULL;
    }
    return false;
}

static int by_name(const void *left, const void *right)
{
    const struct symbol *const *a = left;
    const struct symbol *const *b = right;
    return strcmp((*a)->text, (*b)->text);
}

struct symbol **name_list(struct shell *sh, enum name_kind kind, size_t *count)
{
    struct symbol **list =
        arena_alloc(&sh->scratch, (sh->symbols.count + 1) * sizeof(struct symbol *));
    size_t n = 0;
    size_t at = 0;
    for (struct symbol *s = symbol_next(&sh->symbols, &at); s != NULL;
         s = symbol_next(&sh->symbols, &at)) {
        if (holds(sh, s, kind)) {
            list[n++] = s;
        }
    }
    qsort(list, n, sizeof(void *), by_name);
    *count = n;
    return list;
}
