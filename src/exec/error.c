/* error.c -- messages, and the table of XCU 2.8.1. */
#include "exec/error.h"

#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/out.h"
#include "base/quote.h"
#include "exec/exec.h"
#include "state/shell.h"

enum { MESSAGE_MOST = 1000 };

void error_out(struct shell *sh, struct out *out)
{
    *out = (struct out){.fd = 2, .memory = sh->captured[2]};
}

static void add_prefix(const struct shell *sh, struct buf *text)
{
    buf_puts(text, "swish: ");
    if (sh->exec->script != NULL) {
        buf_addf(text, "%s: ", sh->exec->script);
    }
    if ((!sh->interactive || sh->exec->script != NULL) && sh->line > 0) {
        buf_addf(text, "line %d: ", sh->line);
    }
}

/* What comes from names, operands and values may hold control bytes: none goes to a terminal. */
static void add_visible(struct buf *to, const struct buf *text)
{
    const char *at = text->data;
    const char *end = at + text->length;
    while (at < end) {
        size_t plain = strcspn(at, "\n\t");
        quote_add_visible(to, at, plain, MESSAGE_MOST);
        at += plain;
        if (at < end) {
            buf_putc(to, *at++);
        }
    }
}

void error_vprint(struct shell *sh, const char *format, va_list args)
{
    struct buf message = {0};
    add_prefix(sh, &message);
    buf_vaddf(&message, format, args);
    buf_text(&message);
    struct buf text = {0};
    add_visible(&text, &message);
    buf_free(&message);
    if (text.length > MESSAGE_MOST) { /* what is quoted may be of any length */
        text.length = MESSAGE_MOST;
        buf_puts(&text, "...");
    }
    buf_putc(&text, '\n');
    struct out out;
    error_out(sh, &out);
    if (out.memory != NULL) {
        buf_add(out.memory, text.data, text.length);
    } else {
        out_write_all(2, text.data, text.length); /* nowhere to report a failure of this */
    }
    buf_free(&text);
}

void error_print(struct shell *sh, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    error_vprint(sh, format, args);
    va_end(args);
}

enum flow error_leave(const struct shell *sh)
{
    return shell_prompts(sh) ? FLOW_INTERRUPT : FLOW_EXIT;
}

enum flow error_report(struct shell *sh, struct diag *d, bool special)
{
    enum diag_kind kind = d->kind;
    sh->status = d->status != 0 ? d->status : 1;
    if (d->text != NULL && kind != DIAG_INTERRUPT) {
        int line = sh->line;
        sh->line = d->line != 0 ? d->line : line;
        error_print(sh, "%s", d->text);
        sh->line = line;
    }
    diag_clear(d);
    switch (kind) {
    case DIAG_NONE:
        return FLOW_NEXT;
    case DIAG_REDIRECTION:
        return special ? error_leave(sh) : FLOW_NEXT;
    case DIAG_SYNTAX:
    case DIAG_EXPANSION:
    case DIAG_ASSIGNMENT:
    case DIAG_FLOW:
        return error_leave(sh);
    case DIAG_INTERRUPT:
        sh->status = 130;
        return FLOW_INTERRUPT;
    }
    return FLOW_NEXT;
}
