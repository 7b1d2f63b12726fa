/* help.c -- the help utility: usage lines, and what the built-ins do. */
#include <string.h>

#include "base/symbol.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "state/shell.h"

static int help_one(struct call *c, const char *name)
{
    const struct symbol *symbol = symbol_find(&c->sh->symbols, name, strlen(name));
    if (symbol == NULL || symbol->builtin == NULL) {
        return call_warn(c, "%s: no such built-in", name);
    }
    return call_help(c, symbol->builtin);
}

static void list_set(struct out *to, const struct builtin_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        out_addf(to, "%s\n", set->rows[i].usage);
    }
}

int builtin_help(struct call *c)
{
    struct call_scan scan = {0};
    if (call_option(c, &scan, "") != -1) {
        return 2;
    }
    if (c->argv[scan.index] == NULL) {
        for (int s = 0; s < BUILTIN_SETS; s++) {
            list_set(c->out, &c->sh->exec->builtins[s]);
        }
        return 0;
    }
    int status = 0;
    for (int i = scan.index; i < c->argc; i++) {
        status |= help_one(c, c->argv[i]);
    }
    return status;
}
