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

/* NULL: it does not parse or expand. */
static const char *expand_script(struct shell *sh, struct buf *script, size_t *length)
{
    struct program *program = NULL;
    struct source source;
    struct parse_input input = {
        .source = &source, .programs = &sh->programs, .depth = &sh->depth, .alias = alias_get};
    struct diag d = {0};
    const char *out = NULL;
    source_text(&source, buf_text(script), script->length, sh->line);
    if (parse_command(&input, &program, &d) == PARSE_OK && program->root != NULL &&
        program->root->redirects != NULL) {
        out = expand_here(sh, program->root->redirects->body, length, &d);
    }
    program_release(program);
    diag_clear(&d);
    return out;
}

const char *expand_prompt(struct shell *sh, const char *text)
{
    if (strpbrk(text, "$`\\") == NULL) {
        return text;
    }
    struct buf script = {0};
    size_t length = 0;
    wrap(&script, text);
    const char *out = expand_script(sh, &script, &length);
    if (out != NULL) {
        text = arena_text(&sh->scratch, out, length - 1); /* without the newline of wrap */
    }
    buf_free(&script);
    return text;
}
