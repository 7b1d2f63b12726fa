/* alias.c -- alias, unalias and hash: the other things a command name can stand for. */
#include <string.h>

#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/search.h"
#include "state/names.h"
#include "state/shell.h"
#include "state/variable.h"

/* ---- alias ---- */

static int list_aliases(struct call *c)
{
    size_t count = 0;
    struct symbol **list = name_list(c->sh, NAME_ALIAS, &count);
    for (size_t i = 0; i < count; i++) {
        operand_list(c, "", list[i]->text, alias_get(list[i]));
    }
    return 0;
}

static int show_alias(struct call *c, const char *name)
{
    const struct symbol *symbol = symbol_find(&c->sh->symbols, name, strlen(name));
    const char *value = symbol == NULL ? NULL : alias_get(symbol);
    if (value == NULL) {
        return call_warn(c, "%s: not found", name);
    }
    operand_list(c, "", name, value);
    return 0;
}

/* XBD 3.10: what the shell's grammar cuts words at, or quotes with, can be in no name. */
static int define_alias(struct call *c, const char *name, size_t length)
{
    if (strcspn(name, " \t\n|&;<>()$`\\\"'/=") < length) {
        return call_warn(c, "%.*s: invalid alias name", (int)(length > 200 ? 200 : length), name);
    }
    struct symbol *symbol = symbol_intern(&c->sh->symbols, name, length);
    alias_define(c->sh, symbol, name + length + 1);
    symbol_release(&c->sh->symbols, symbol);
    return 0;
}

int builtin_alias(struct call *c)
{
    char **operand = operand_first(c, "p", NULL);
    if (operand == NULL) {
        return 2;
    }
    if (*operand == NULL) {
        return list_aliases(c);
    }
    int status = 0;
    for (; *operand != NULL; operand++) {
        const char *equals = **operand == '\0' ? NULL : strchr(*operand + 1, '=');
        status |= equals == NULL ? show_alias(c, *operand)
                                 : define_alias(c, *operand, (size_t)(equals - *operand));
    }
    return status;
}

int builtin_unalias(struct call *c)
{
    int all = 0;
    char **name = operand_first(c, "a", &all);
    if (name == NULL) {
        return 2;
    }
    if (all) {
        alias_remove_all(c->sh);
        return 0;
    }
    if (*name == NULL) {
        return call_usage(c, "a name is required");
    }
    int status = 0;
    for (; *name != NULL; name++) {
        struct symbol *symbol = symbol_find(&c->sh->symbols, *name, strlen(*name));
        if (symbol == NULL || !alias_remove(c->sh, symbol)) {
            status = call_warn(c, "%s: not found", *name);
        }
    }
    return status;
}

/* ---- hash ---- */

static int list_paths(struct call *c)
{
    size_t count = 0;
    struct symbol **list = name_list(c->sh, NAME_PATH, &count);
    for (size_t i = 0; i < count; i++) {
        out_puts(c->out, path_get(c->sh, list[i]));
        out_putc(c->out, '\n');
    }
    return 0;
}

static int remember(struct call *c, const char *name)
{
    struct shell *sh = c->sh;
    struct symbol *symbol = symbol_intern(&sh->symbols, name, strlen(name));
    int status = 0;
    bool external =
        function_get(symbol) == NULL && symbol->builtin == NULL && strchr(name, '/') == NULL;
    if (external) {
        const char *path = command_search(sh, name, variable_by_name(sh, "PATH"));
        if (path != NULL) {
            path_remember(sh, symbol, path);
        } else {
            status = call_warn(c, "%s: not found", name);
        }
    }
    symbol_release(&sh->symbols, symbol);
    return status;
}

int builtin_hash(struct call *c)
{
    int forgets = 0;
    char **name = operand_first(c, "r", &forgets);
    if (name == NULL) {
        return 2;
    }
    if (forgets) {
        path_forget_all(c->sh);
    } else if (*name == NULL) {
        return list_paths(c);
    }
    int status = 0;
    for (; *name != NULL; name++) {
        status |= remember(c, *name);
    }
    return status;
}
