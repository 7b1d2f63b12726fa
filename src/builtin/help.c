/* help.c -- the help utility: usage lines, and what the built-ins do. */
#include <string.h>

#include "base/symbol.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "state/shell.h"

static int help_one(struct call *c, const char *name)
{
    const struct symbol *symbol = symbol_find(&c->sh->symbols, name, strlen(name));
    if (symbol == NULL || symbol->builtin == NULL) {
        return call_warn(c, "%s: no such built-in", name);
    }
    return call_help(c, symbol->builtin);
}

int builtin_help(struct call *c)
{
    struct call_scan scan = {0};
    if (call_option(c, &scan, "") != -1) {
        return 2;
    }
    if (c->argv[scan.index] == NULL) {
        for (size_t i = 0; i < builtin_count; i++) {
            out_addf(c->out, "%s\n", builtin_table[i].usage);
        }
        return 0;
    }
    int status = 0;
    for (int i = scan.index; i < c->argc; i++) {
        status |= help_one(c, c->argv[i]);
    }
    return status;
}
