/* expand_prompt.c -- expansion of texts that are not part of any program: PS1, PS4, ENV. */
#include <string.h>

#include "base/diag.h"
#include "expand/expand.h"
#include "state/names.h"
#include "state/shell.h"
#include "syntax/parse.h"
#include "syntax/tree.h"

/* The text as the body of a here-document, whose delimiter must not occur in it. */
static void wrap(struct buf *script, const char *text)
{
    struct buf delimiter = {0};
    do {
        buf_putc(&delimiter, '_');
    } while (strstr(text, buf_text(&delimiter)) != NULL);
    buf_addf(script, ":<<%s\n%s\n%s\n", buf_text(&delimiter), text, buf_text(&delimiter));
    buf_free(&delimiter);
}

static bool expand_script(struct shell *sh, struct buf *script, struct buf *out, struct diag *d)
{
    struct program *program = NULL;
    struct source source;
    struct parse_input input = {
        .source = &source, .programs = &sh->programs, .depth = &sh->depth, .alias = alias_get};
    source_text(&source, buf_text(script), script->length, sh->line);
    bool ok = parse_command(&input, &program, d) == PARSE_OK && program->root != NULL;
    if (ok) {
        const struct redirect *redirect = program->root->redirects;
        ok = redirect != NULL && expand_here(sh, redirect->body, out, d);
    }
    program_release(program);
    return ok;
}

const char *expand_prompt(struct shell *sh, const char *text)
{
    if (strpbrk(text, "$`\\") == NULL) {
        return text;
    }
    struct buf script = {0};
    struct buf out = {0};
    struct diag d = {0};
    wrap(&script, text);
    if (expand_script(sh, &script, &out, &d)) {
        text = arena_text(&sh->scratch, out.data, out.length - 1); /* without the newline of wrap */
    }
    diag_clear(&d);
    buf_free(&script);
    buf_free(&out);
    return text;
}
