/* trace.c -- xtrace. */
#include "exec/trace.h"

#include <string.h>

#include "base/out.h"
#include "base/quote.h"
#include "exec/error.h"
#include "expand/expand.h"
#include "state/shell.h"
#include "state/variable.h"

static void begin(struct shell *sh, struct buf *line)
{
    unsigned options = sh->settings.options;
    int status = sh->status;
    sh->settings.options &= ~(unsigned)OPT_XTRACE; /* a command in PS4 is not traced */
    const char *ps4 = variable_by_name(sh, "PS4");
    if (ps4 != NULL) {
        buf_puts(line, expand_prompt(sh, ps4));
    }
    sh->settings.options = options;
    sh->status = status;
}

static void end(struct shell *sh, struct buf *line)
{
    buf_putc(line, '\n');
    struct out out;
    error_out(sh, &out);
    out_add(&out, line->data, line->length);
    out_flush(&out);
    buf_free(&out.pending);
    buf_free(line);
}

void trace_command(struct shell *sh, char **fields, size_t count)
{
    struct buf line = {0};
    begin(sh, &line);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            buf_putc(&line, ' ');
        }
        quote_add(&line, fields[i], strlen(fields[i]));
    }
    end(sh, &line);
}

void trace_assignment(struct shell *sh, struct symbol *name)
{
    struct buf line = {0};
    begin(sh, &line);
    size_t length = 0;
    const char *value = variable_get(sh, name, &length);
    buf_addf(&line, "%s=", name->text);
    if (value != NULL && length > 0) {
        quote_add(&line, value, length);
    }
    end(sh, &line);
}
