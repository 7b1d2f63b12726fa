/* operand.c -- what built-ins have in common: options, variables and jobs by name, listings. */
#include "builtin/operand.h"

#include <string.h>

#include "base/diag.h"
#include "base/quote.h"
#include "base/symbol.h"
#include "exec/builtin.h"
#include "exec/job.h"
#include "state/shell.h"
#include "state/variable.h"

char **operand_first(struct call *c, const char *letters, int *last)
{
    struct call_scan scan = {0};
    int seen = 0;
    int letter = 0;
    while ((letter = call_option(c, &scan, letters)) != -1) {
        if (letter == '?') {
            return NULL;
        }
        seen = letter;
    }
    if (last != NULL) {
        *last = seen;
    }
    return c->argv + scan.index;
}

bool operand_set(struct call *c, const char *name, const char *text, size_t length)
{
    struct diag d = {0};
    struct symbol *symbol = symbol_intern(&c->sh->symbols, name, strlen(name));
    bool done = text == NULL ? variable_unset(c->sh, symbol, &d)
                             : variable_set(c->sh, symbol, text, length, &d);
    symbol_release(&c->sh->symbols, symbol);
    if (!done) {
        call_diag(c, &d);
    }
    return done;
}

struct job *operand_job(struct call *c, const char *text)
{
    bool ambiguous = false;
    struct job *job = job_find(c->sh, text, &ambiguous);
    if (job == NULL) {
        call_warn(c, "%s: %s", text, ambiguous ? "ambiguous job" : "no such job");
    }
    return job;
}

/* Control bytes do not reach the terminal; lines and tabs may. */
static bool is_showable(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if ((byte < ' ' && byte != '\n' && byte != '\t') || byte == 0x7f) {
            return false;
        }
    }
    return true;
}

void operand_quote(struct buf *to, const char *text)
{
    if (is_showable(text)) {
        quote_add_single(to, text, strlen(text));
    } else {
        quote_add(to, text, strlen(text));
    }
}

void operand_list(struct call *c, const char *prefix, const char *name, const char *value)
{
    struct buf line = {0};
    buf_puts(&line, prefix);
    buf_puts(&line, name);
    if (value != NULL) {
        buf_putc(&line, '=');
        operand_quote(&line, value);
    }
    buf_putc(&line, '\n');
    out_add(c->out, line.data, line.length);
    buf_free(&line);
}
