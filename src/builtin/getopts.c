/* getopts.c -- getopts: one option a call (XCU getopts). */
#include <string.h>

#include "base/diag.h"
#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/error.h"
#include "state/mark.h"
#include "state/shell.h"
#include "state/variable.h"

enum { GETOPTS_FAILED = 2 };

struct getopts {
    struct call *c;
    const char *letters;
    const char *name;
    bool silent;
    char **args;
    size_t count;
    size_t index;  /* of the argument that is looked at, from 1 */
    size_t offset; /* inside its letters; 0: at its start */
    char letter;
    char result[2];     /* for the variable */
    const char *optarg; /* NULL: unset */
    char shown[2];      /* the letter as OPTARG */
};

/* ---- finding the next option ---- */

static void next_argument(struct getopts *g)
{
    g->index++;
    g->offset = 0;
}

/* Is there a letter at the place of the last call? The parameters may be others since. */
static bool goes_on(const struct getopts *g, const char *arg)
{
    struct params *params = &g->c->sh->params;
    if (g->offset == 0 || g->args != params->items) {
        return g->offset > 0 && g->offset < strlen(arg);
    }
    if (params->measured != arg) { /* not once a letter: the word may be long */
        params->measured = arg;
        params->measure = strlen(arg);
    }
    return g->offset < params->measure;
}

/* At a letter? False at the end of the options. */
static bool at_letter(struct getopts *g)
{
    if (g->index > g->count) {
        return false;
    }
    const char *arg = g->args[g->index - 1];
    if (goes_on(g, arg)) {
        return true;
    }
    g->offset = 0;
    if (arg[0] != '-' || arg[1] == '\0') {
        return false;
    }
    if (strcmp(arg, "--") == 0) {
        next_argument(g);
        return false;
    }
    g->offset = 1;
    return true;
}

/* Something is wrong with the letter: told in OPTARG when silent, else on standard error. */
static void wrong(struct getopts *g, char result, const char *why)
{
    if (g->silent) {
        g->result[0] = result;
        g->shown[0] = g->letter;
        g->optarg = g->shown;
        return;
    }
    g->result[0] = '?';
    struct shell *sh = g->c->sh;
    struct out out;
    error_out(sh, &out);
    out_addf(&out, "%s: -%c: %s\n", sh->name, g->letter, why);
    out_flush(&out);
    out_free(&out);
}

static void take_argument(struct getopts *g)
{
    const char *rest = g->args[g->index - 1] + g->offset;
    next_argument(g);
    if (*rest != '\0') {
        g->optarg = rest;
    } else if (g->index <= g->count) {
        g->optarg = g->args[g->index - 1];
        next_argument(g);
    } else {
        wrong(g, ':', "option requires an argument");
    }
}

static void take_letter(struct getopts *g)
{
    const char *arg = g->args[g->index - 1];
    g->letter = arg[g->offset++];
    g->result[0] = g->letter;
    const char *known = g->letter == ':' ? NULL : strchr(g->letters, g->letter);
    if (known != NULL && known[1] == ':') {
        take_argument(g);
        return;
    }
    if (arg[g->offset] == '\0') {
        next_argument(g);
    }
    if (known == NULL) {
        wrong(g, '?', "invalid option");
    }
}

/* ---- the variables ---- */

static bool set_text(struct getopts *g, const char *name, const char *text)
{
    return operand_set(g->c, name, text, text == NULL ? 0 : strlen(text));
}

static struct symbol *optind(struct shell *sh)
{
    return symbol_intern(&sh->symbols, "OPTIND", 6);
}

/* Where the last call left off, unless the script has assigned OPTIND since (that clears the
 * offset). */
static void load_place(struct getopts *g)
{
    struct shell *sh = g->c->sh;
    struct symbol *symbol = optind(sh);
    int64_t number = 0;
    bool valid = variable_number(sh, symbol, &number, NULL) && number > 0;
    symbol_release(&sh->symbols, symbol);
    g->index = valid ? (size_t)number : 1;
    g->offset = sh->settings.getopts_offset;
}

static bool store_place(struct getopts *g)
{
    struct shell *sh = g->c->sh;
    struct symbol *symbol = optind(sh);
    struct diag d = {0};
    int64_t before = 0;
    bool same = (variable_flags(symbol) & VARIABLE_READONLY) == 0 &&
                variable_number(sh, symbol, &before, NULL) && before == (int64_t)g->index;
    bool done = same || variable_set_number(sh, symbol, (int64_t)g->index, &d);
    symbol_release(&sh->symbols, symbol);
    if (!done) {
        call_diag(g->c, &d);
        return false;
    }
    mark_save_settings(sh);
    sh->settings.getopts_offset = g->offset;
    return true;
}

int builtin_getopts(struct call *c)
{
    char **operands = operand_first(c, "", NULL);
    if (operands == NULL) {
        return GETOPTS_FAILED;
    }
    if (operands[0] == NULL || operands[1] == NULL) {
        return call_usage(c, "option letters and a name are required");
    }
    struct getopts g = {.c = c, .letters = operands[0], .name = operands[1]};
    g.silent = g.letters[0] == ':';
    g.letters += g.silent;
    if (!symbol_is_name(g.name, strlen(g.name))) {
        return call_usage(c, "%s: invalid name", g.name);
    }
    bool given = operands[2] != NULL;
    g.args = given ? operands + 2 : c->sh->params.items;
    g.count = given ? (size_t)(c->argv + c->argc - operands - 2) : c->sh->params.count;
    load_place(&g);
    bool found = at_letter(&g);
    if (found) {
        take_letter(&g);
    } else {
        g.result[0] = '?';
    }
    if (!store_place(&g) || !set_text(&g, "OPTARG", g.optarg) || !set_text(&g, g.name, g.result)) {
        return GETOPTS_FAILED;
    }
    return found ? 0 : 1;
}
