/* trace.c -- xtrace. */
#include "exec/simple.h"

#include <string.h>

#include "base/out.h"
#include "base/quote.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/front.h"
#include "exec/redir.h"
#include "expand/expand.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/tree.h"

static void begin(struct shell *sh, struct buf *line)
{
    unsigned options = sh->settings.options;
    int status = sh->status;
    sh->settings.options &= ~(unsigned)OPT_XTRACE; /* a command in PS4 is not traced */
    const char *ps4 = variable_by_name(sh, "PS4");
    if (ps4 != NULL && sh->exec->ui != NULL) {
        buf_puts(line, sh->exec->front->prompt(sh, "PS4", ps4));
    } else if (ps4 != NULL) {
        buf_puts(line, expand_prompt(sh, ps4));
    }
    sh->settings.options = options;
    sh->status = status;
}

static void end(struct shell *sh, struct buf *line, const struct frame *frame)
{
    buf_putc(line, '\n');
    struct out out;
    error_out(sh, &out);
    const struct saved_fd *outside = frame == NULL ? NULL : redir_saved(frame, 2);
    if (outside != NULL) {
        out.memory = outside->captured;
        out.fd = outside->touched ? outside->copy : 2;
    }
    out_add(&out, line->data, line->length);
    out_flush(&out);
    buf_free(&out.pending);
    buf_free(line);
}

static void add_assignment(struct shell *sh, struct buf *line, struct symbol *name)
{
    size_t length = 0;
    const char *value = variable_get(sh, name, &length);
    buf_addf(line, "%s=", name->text);
    if (value != NULL && length > 0) {
        quote_add(line, value, length);
    }
}

void trace_write(struct shell *sh, const struct node *node, char **fields,
                 const struct frame *frame)
{
    struct buf line = {0};
    begin(sh, &line);
    const char *between = "";
    for (size_t i = 0; i < node->simple.assignment_count; i++, between = " ") {
        buf_puts(&line, between);
        add_assignment(sh, &line, node->simple.assignments[i].name);
    }
    for (; fields != NULL && *fields != NULL; fields++, between = " ") {
        buf_puts(&line, between);
        quote_add(&line, *fields, strlen(*fields));
    }
    end(sh, &line, frame);
}
