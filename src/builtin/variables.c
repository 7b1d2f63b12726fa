/* variables.c -- export, readonly, local, unset: variables and what they are marked with. */
#include <string.h>

#include "base/diag.h"
#include "base/symbol.h"
#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "state/names.h"
#include "state/scope.h"
#include "state/shell.h"
#include "state/variable.h"

static void list_marked(struct call *c, unsigned flag, const char *prefix)
{
    size_t count = 0;
    struct symbol **list = name_list(c->sh, NAME_VARIABLE, &count);
    for (size_t i = 0; i < count; i++) {
        if ((variable_flags(list[i]) & flag) != 0) {
            operand_list(c, prefix, list[i]->text, variable_get(c->sh, list[i], NULL));
        }
    }
}

/* NAME or NAME=VALUE: made local to the scope (NULL: none), assigned, then flagged. */
static bool declare(struct call *c, const char *text, unsigned flag, struct scope *scope)
{
    struct shell *sh = c->sh;
    const char *equals = strchrnul(text, '=');
    size_t length = (size_t)(equals - text);
    struct diag d = {0};
    if (!symbol_is_name(text, length)) {
        call_fail(c, "%s: invalid name", text);
        return false;
    }
    struct symbol *symbol = symbol_intern(&sh->symbols, text, length);
    if (scope != NULL) {
        scope_shadow(sh, scope, symbol);
    }
    bool done = *equals == '\0' || variable_set(sh, symbol, equals + 1, strlen(equals + 1), &d);
    if (!done) {
        call_diag(c, &d);
    } else if (flag != 0) {
        variable_flag(sh, symbol, flag, 0);
    }
    symbol_release(&sh->symbols, symbol);
    return done;
}

static int declare_all(struct call *c, char **texts, unsigned flag, struct scope *scope)
{
    bool done = true;
    for (; *texts != NULL; texts++) {
        done = declare(c, *texts, flag, scope) && done;
    }
    return done ? 0 : 1;
}

/* export and readonly: the flag is all that differs. */
static int mark_variables(struct call *c, unsigned flag, const char *prefix)
{
    char **texts = operand_first(c, "p", NULL);
    if (texts == NULL) {
        return 2;
    }
    if (*texts == NULL) {
        list_marked(c, flag, prefix);
        return 0;
    }
    return declare_all(c, texts, flag, NULL);
}

int builtin_export(struct call *c)
{
    return mark_variables(c, VARIABLE_EXPORTED, "export ");
}

int builtin_readonly(struct call *c)
{
    return mark_variables(c, VARIABLE_READONLY, "readonly ");
}

static void list_locals(struct call *c, const struct scope *scope)
{
    for (size_t i = 0; i < scope->count; i++) {
        struct symbol *symbol = scope->bindings[i].symbol;
        operand_list(c, "", symbol->text, variable_get(c->sh, symbol, NULL));
    }
}

int builtin_local(struct call *c)
{
    char **texts = operand_first(c, "", NULL);
    if (texts == NULL) {
        return 2;
    }
    struct scope *scope = scope_function(c->sh);
    if (scope == NULL) {
        return call_fail(c, "not in a function");
    }
    if (*texts == NULL) {
        list_locals(c, scope);
    }
    return declare_all(c, texts, 0, scope);
}

static int unset_variable(struct call *c, const char *name, struct symbol *symbol)
{
    if (!symbol_is_name(name, strlen(name))) {
        return call_fail(c, "%s: invalid name", name);
    }
    struct diag d = {0};
    if (symbol == NULL || variable_unset(c->sh, symbol, &d)) {
        return 0;
    }
    return call_diag(c, &d);
}

int builtin_unset(struct call *c)
{
    int which = 0;
    char **names = operand_first(c, "fv", &which);
    if (names == NULL) {
        return 2;
    }
    int status = 0;
    for (; *names != NULL; names++) {
        struct symbol *symbol = symbol_find(&c->sh->symbols, *names, strlen(*names));
        if (which != 'f') {
            status |= unset_variable(c, *names, symbol);
        } else if (symbol != NULL) {
            function_unset(c->sh, symbol);
        }
    }
    return status;
}
