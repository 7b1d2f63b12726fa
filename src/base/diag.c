/* diag.c -- an error as a value. */
#include "base/diag.h"

#include "base/buf.h"
#include "base/errors.h"
#include "base/mem.h"

static int default_status(enum diag_kind kind)
{
    return kind == DIAG_SYNTAX ? 2 : 1;
}

void diag_set(struct diag *d, enum diag_kind kind, const char *format, ...)
{
    struct buf text = {0};
    va_list args;

    if (diag_is_set(d)) {
        return;
    }
    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    *d = (struct diag){.kind = kind, .status = default_status(kind), .text = buf_take(&text)};
}

void diag_errno(struct diag *d, enum diag_kind kind, const char *what, int number)
{
    char room[24];

    diag_set(d, kind, "%s: %s", what, error_text(number, room));
}

bool diag_is_set(const struct diag *d)
{
    return d->kind != DIAG_NONE;
}

void diag_clear(struct diag *d)
{
    mem_free(d->text);
    *d = (struct diag){0};
}
