/* describe.c -- tell what a name means as a command (XCU command). */
#include "builtin/describe.h"

#include <string.h>

#include "base/buf.h"
#include "base/out.h"
#include "base/quote.h"
#include "exec/builtin.h"
#include "exec/search.h"
#include "state/names.h"
#include "state/shell.h"
#include "syntax/parse.h"

static void say_alias(struct call *c, const char *name, const char *value, bool verbose)
{
    struct buf text = {0};
    if (!verbose) {
        buf_puts(&text, "alias ");
    }
    buf_puts(&text, name);
    buf_puts(&text, verbose ? " is an alias for " : "=");
    quote_add_single(&text, value, strlen(value));
    buf_putc(&text, '\n');
    out_add(c->out, text.data, text.length);
    buf_free(&text);
}

/* A relative path with a slash is told as an absolute one. */
static void say_path(struct call *c, const char *name, const char *path, bool verbose)
{
    const char *directory = path[0] == '/' || c->sh->directory == NULL ? "" : c->sh->directory;
    const char *between = *directory == '\0' || strcmp(directory, "/") == 0 ? "" : "/";
    if (verbose) {
        out_addf(c->out, "%s is %s%s%s\n", name, directory, between, path);
    } else {
        out_addf(c->out, "%s%s%s\n", directory, between, path);
    }
}

static void say(struct call *c, const char *name, const char *what, bool verbose)
{
    if (verbose) {
        out_addf(c->out, "%s is %s\n", name, what);
    } else {
        out_addf(c->out, "%s\n", name);
    }
}

bool describe_command(struct call *c, const char *name, unsigned flags, bool verbose)
{
    struct shell *sh = c->sh;
    const struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
    const char *alias = symbol == NULL ? NULL : alias_get(symbol);
    if (alias != NULL) {
        say_alias(c, name, alias, verbose);
        return true;
    }
    if (parse_is_reserved(name)) {
        say(c, name, "a reserved word", verbose);
        return true;
    }
    struct command found;
    command_resolve(sh, name, NULL, flags, &found);
    switch (found.kind) {
    case COMMAND_FUNCTION:
        say(c, name, "a function", verbose);
        return true;
    case COMMAND_BUILTIN: {
        bool special = (found.builtin->traits & BUILTIN_SPECIAL) != 0;
        say(c, name, special ? "a special built-in" : "a built-in", verbose);
        return true;
    }
    case COMMAND_EXTERNAL:
        say_path(c, name, found.path, verbose);
        return true;
    case COMMAND_NOT_FOUND:
        break;
    }
    if (verbose) {
        call_warn(c, "%s: not found", name);
    }
    return false;
}
