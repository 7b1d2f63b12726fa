/* whole.c -- asks the parser whether a text is whole. */
#include "ui/whole.h"

#include "base/buf.h"
#include "base/diag.h"
#include "state/names.h"
#include "state/shell.h"
#include "syntax/parse.h"

/* The text is at its end, and the parser wants more of the same command. */
static bool more(struct source *source, bool starts)
{
    bool *wanted = source->context;
    *wanted = *wanted || !starts;
    return false;
}

bool whole_text(struct shell *sh, const char *text, size_t length)
{
    struct buf lines = {0};
    bool wanted = false;
    buf_add(&lines, text, length);
    buf_putc(&lines, '\n');
    struct source source;
    struct parse_input input = {
        .source = &source, .programs = &sh->programs, .depth = &sh->depth, .alias = alias_get};
    source_text(&source, lines.data, lines.length, 1);
    source.more = more;
    source.context = &wanted;
    enum parse_result result = PARSE_OK;
    while (result == PARSE_OK && !wanted) {
        struct diag d = {0};
        struct program *program = NULL;
        result = parse_command(&input, &program, &d);
        program_release(program);
        diag_clear(&d);
    }
    buf_free(&lines);
    return !wanted;
}
