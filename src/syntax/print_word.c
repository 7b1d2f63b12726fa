/* print_word.c -- words back to text, quoted so that they parse to equal parts. */
#include <string.h>

#include "base/symbol.h"
#include "syntax/chars.h"
#include "syntax/printer.h"
#include "syntax/tree.h"

/* Where a text stands decides how its bytes are kept from meaning something. */
enum context {
    IN_WORD,         /* unquoted, also inside an unquoted ${...} */
    IN_QUOTES,       /* "..." */
    IN_QUOTED_BRACE, /* a ${...} inside "..." or a here-document */
    IN_ARITHMETIC,
    IN_HERE,
};

/* The bytes that need a backslash. */
static const char *const escaped[] = {
    [IN_WORD] = "",
    [IN_QUOTES] = "\"\\`$",
    [IN_QUOTED_BRACE] = "\"\\`$}",
    [IN_ARITHMETIC] = "\"\\`$",
    [IN_HERE] = "\\`$",
};

static void put_escaped(struct printer *p, const struct part *part, enum context context)
{
    const char *text = part->text.bytes;

    for (size_t i = 0; i < part->text.length; i++) {
        if (text[i] != '\0' && strchr(escaped[context], text[i]) != NULL) {
            buf_putc(p->buf, '\\');
        }
        buf_putc(p->buf, text[i]);
    }
}

static void put_quoted_parts(struct printer *p, const struct word *word, enum context context);

/* ---- expansions ---- */

static const char *const operator_texts[] = {
    [OP_NONE] = "",    [OP_LENGTH] = "",        [OP_DEFAULT] = "-", [OP_ASSIGN] = "=",
    [OP_ERROR] = "?",  [OP_ALTERNATIVE] = "+",  [OP_PREFIX] = "#",  [OP_PREFIX_LONG] = "##",
    [OP_SUFFIX] = "%", [OP_SUFFIX_LONG] = "%%",
};

static void put_name(struct printer *p, const struct parameter *parameter)
{
    switch (parameter->kind) {
    case PARAMETER_NAME:
        buf_puts(p->buf, parameter->symbol->text);
        break;
    case PARAMETER_POSITION:
        buf_addf(p->buf, "%u", parameter->position);
        break;
    case PARAMETER_SPECIAL:
        buf_putc(p->buf, parameter->special);
        break;
    }
}

static bool is_pattern_op(enum parameter_op op)
{
    return op == OP_PREFIX || op == OP_PREFIX_LONG || op == OP_SUFFIX || op == OP_SUFFIX_LONG;
}

static void put_parameter(struct printer *p, const struct parameter *parameter, bool quoted)
{
    if (!parameter->braced && parameter->op == OP_NONE) {
        buf_putc(p->buf, '$');
        put_name(p, parameter);
        return;
    }
    buf_puts(p->buf, parameter->op == OP_LENGTH ? "${#" : "${");
    put_name(p, parameter);
    buf_puts(p->buf, parameter->colon ? ":" : "");
    buf_puts(p->buf, operator_texts[parameter->op]);
    if (parameter->word != NULL && quoted && !is_pattern_op(parameter->op)) {
        put_quoted_parts(p, parameter->word, IN_QUOTED_BRACE);
    } else if (parameter->word != NULL) {
        print_parts(p, parameter->word);
    }
    buf_putc(p->buf, '}');
}

/* Anything but text. */
static void put_expansion(struct printer *p, const struct part *part)
{
    switch (part->kind) {
    case PART_TEXT:
        break;
    case PART_PARAMETER:
        put_parameter(p, &part->parameter, part->quoted);
        break;
    case PART_COMMAND:
        buf_puts(p->buf, "$(");
        print_substitution(p, part->command.body);
        buf_putc(p->buf, ')');
        break;
    case PART_ARITHMETIC:
        buf_puts(p->buf, "$((");
        put_quoted_parts(p, part->arithmetic.text, IN_ARITHMETIC);
        buf_puts(p->buf, "))");
        break;
    case PART_TILDE:
        buf_putc(p->buf, '~');
        buf_add(p->buf, part->tilde.user, part->tilde.length);
        break;
    case PART_BAD:
        buf_add(p->buf, part->text.bytes, part->text.length);
        break;
    }
}

/* All parts are quoted by what surrounds them. */
static void put_quoted_parts(struct printer *p, const struct word *word, enum context context)
{
    for (const struct part *part = word->parts; part != NULL; part = part->next) {
        if (part->kind == PART_TEXT) {
            put_escaped(p, part, context);
        } else {
            put_expansion(p, part);
        }
    }
}

void print_here_parts(struct printer *p, const struct word *body)
{
    put_quoted_parts(p, body, IN_HERE);
}

/* ---- words ---- */

/* A word under way. */
struct state {
    struct printer *p;
    const struct part *before;
    bool open;   /* inside "..." */
    bool dollar; /* the unquoted byte before is a literal $ */
};

static void set_open(struct state *s, bool open)
{
    if (s->open != open) {
        buf_putc(s->p->buf, '"');
        s->open = open;
    }
}

/* In single quotes, each ' of the text behind a backslash between them. */
static void put_single(struct buf *buf, const char *text, size_t length)
{
    const char *end = text + length;

    if (length == 0) {
        buf_puts(buf, "''");
    }
    while (text < end) {
        const char *quote = memchr(text, '\'', (size_t)(end - text));
        const char *stop = quote == NULL ? end : quote;

        if (stop > text) {
            buf_putc(buf, '\'');
            buf_add(buf, text, (size_t)(stop - text));
            buf_putc(buf, '\'');
        }
        if (quote != NULL) {
            buf_puts(buf, "\\'");
            stop++;
        }
        text = stop;
    }
}

/* Would the text continue the name of a $x before it? */
static bool continues_name(const struct part *before, const struct part *part)
{
    return before != NULL && before->kind == PART_PARAMETER && !before->parameter.braced &&
           before->parameter.op == OP_NONE && before->parameter.kind == PARAMETER_NAME &&
           part->text.length > 0 && char_is((unsigned char)part->text.bytes[0], CHAR_NAME);
}

/* Is the next part an expansion in the same "..." as a text before it? */
static bool shares_quotes(const struct part *next)
{
    return next != NULL && next->quoted && !next->opens && next->kind != PART_TEXT;
}

static void put_quoted_text(struct state *s, const struct part *part)
{
    if (part->opens || part->text.length == 0 || continues_name(s->before, part)) {
        set_open(s, false);
    }
    if (!s->open && !part->opens && !s->dollar && !shares_quotes(part->next)) {
        put_single(s->p->buf, part->text.bytes, part->text.length);
        return;
    }
    set_open(s, true);
    put_escaped(s->p, part, IN_QUOTES);
}

/* A last $ would begin an expansion together with what follows; a backslash was the script's last
   byte, where it means itself. */
static void put_plain_text(struct state *s, const struct part *part)
{
    const char *text = part->text.bytes;
    size_t length = part->text.length;
    const struct part *next = part->next;

    set_open(s, false);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\') {
            buf_puts(s->p->buf, "\"\\\\\"");
        } else {
            buf_putc(s->p->buf, text[i]);
        }
    }
    s->dollar = length > 0 && text[length - 1] == '$';
    if (s->dollar && next != NULL && !next->quoted && next->kind != PART_TILDE) {
        buf_puts(s->p->buf, "\"\"");
    }
}

void print_parts(struct printer *p, const struct word *word)
{
    struct state s = {.p = p};

    for (const struct part *part = word->parts; part != NULL; part = part->next) {
        if (part->kind == PART_TEXT && !part->quoted) {
            put_plain_text(&s, part);
        } else if (part->kind == PART_TEXT) {
            put_quoted_text(&s, part);
            s.dollar = false;
        } else {
            if (part->opens || !part->quoted) {
                set_open(&s, false);
            }
            set_open(&s, part->quoted);
            put_expansion(p, part);
            s.dollar = false;
        }
        s.before = part;
    }
    set_open(&s, false);
}
