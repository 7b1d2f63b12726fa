/* syntax_error.c -- what is wrong, with the line and a caret under the place. */
#include <stdarg.h>
#include <string.h>

#include "base/diag.h"
#include "base/errors.h"
#include "base/quote.h"
#include "base/utf8.h"
#include "syntax/parser.h"

/* Bytes of the line that are shown: at most so many, at most so many of them before the caret. */
enum { EXCERPT_MOST = 120, EXCERPT_BEFORE = 80, VISIBLE_MOST = 480, TOKEN_MOST = 40 };

/* A line and a place in it. */
struct excerpt {
    const char *line;
    size_t length;
    size_t caret;
};

static void add_visible(struct buf *message, const char *text, size_t length)
{
    struct buf plain = {0};

    for (size_t i = 0; i < length; i++) {
        buf_putc(&plain, text[i] == '\t' ? ' ' : text[i]);
    }
    quote_add_visible(message, buf_text(&plain), length, VISIBLE_MOST);
    buf_free(&plain);
}

static void add_excerpt(struct buf *message, const struct excerpt *excerpt)
{
    const char *line = excerpt->line;
    size_t length = excerpt->length;
    size_t caret = excerpt->caret;
    struct buf before = {0};
    size_t columns;
    bool cut = caret > EXCERPT_BEFORE;

    if (cut) {
        size_t skipped = caret - EXCERPT_BEFORE;

        while (skipped < caret && ((unsigned char)line[skipped] & 0xc0) == 0x80) {
            skipped++; /* not from the middle of a character */
        }
        line += skipped;
        length -= skipped;
        caret -= skipped;
    }
    buf_puts(&before, cut ? "..." : "");
    add_visible(&before, line, caret);
    columns = utf8_count(buf_text(&before), before.length, true);
    buf_putc(message, '\n');
    buf_add(message, before.data, before.length);
    buf_free(&before);
    add_visible(message, line + caret,
                length > EXCERPT_MOST ? EXCERPT_MOST - caret : length - caret);
    buf_puts(message, length > EXCERPT_MOST ? "...\n" : "\n");
    for (size_t i = 0; i < columns; i++) {
        buf_putc(message, ' ');
    }
    buf_putc(message, '^');
}

/* The last line of the text, its end being the place. */
static void last_line(const char *text, size_t length, struct excerpt *excerpt)
{
    const char *start;

    if (length > 0 && text[length - 1] == '\n') {
        length--;
    }
    start = memrchr(text, '\n', length);
    start = start == NULL ? text : start + 1;
    length -= (size_t)(start - text);
    *excerpt = (struct excerpt){start, length, length};
}

/* The line around the place, while it is still in memory. */
static bool find_excerpt(const struct lexer *lex, const struct place *place,
                         struct excerpt *excerpt)
{
    const char *start = place->line_start;
    const char *end = place->at;

    if (place->piece != lex->piece) {
        return false;
    }
    if (end == place->end && end == start) {
        /* The end of the input: the line before it says more. */
        size_t before = (size_t)(start - lex->origin);

        if (before > sizeof(lex->last)) {
            before = sizeof(lex->last);
        }
        if (before > 0 && lex->layer == NULL) {
            last_line(start - before, before, excerpt);
        } else {
            last_line(lex->last, lex->last_length, excerpt);
        }
        return excerpt->length > 0;
    }
    while (end < place->end && end - place->at <= EXCERPT_MOST && *end != '\n') {
        end++;
    }
    *excerpt = (struct excerpt){start, (size_t)(end - start), (size_t)(place->at - start)};
    return excerpt->length > 0;
}

void syntax_error(struct lexer *lex, const struct place *place, const char *format, ...)
{
    struct buf message = {0};
    struct excerpt excerpt = {0};
    va_list args;

    lex->failed = true;
    if (diag_is_set(lex->d)) {
        return;
    }
    buf_puts(&message, "syntax error: ");
    va_start(args, format);
    buf_vaddf(&message, format, args);
    va_end(args);
    if (find_excerpt(lex, place, &excerpt)) {
        const char *line_end = error_line_end(excerpt.line, excerpt.length);

        if (*line_end != '\0') {
            buf_puts(&message, line_end);
            excerpt.length--;
            excerpt.caret = excerpt.caret > excerpt.length ? excerpt.length : excerpt.caret;
        }
        add_excerpt(&message, &excerpt);
    }
    diag_set(lex->d, DIAG_SYNTAX, "%s", buf_text(&message));
    lex->d->status = 2;
    lex->d->line = place->line;
    buf_free(&message);
}

static const char *const operator_texts[] = {
    [TOKEN_AND_IF] = "&&",    [TOKEN_OR_IF] = "||",      [TOKEN_DSEMI] = ";;",
    [TOKEN_SEMI_AND] = ";&",  [TOKEN_AMPERSAND] = "&",   [TOKEN_SEMICOLON] = ";",
    [TOKEN_PIPE] = "|",       [TOKEN_OPEN] = "(",        [TOKEN_CLOSE] = ")",
    [TOKEN_LESS] = "<",       [TOKEN_GREAT] = ">",       [TOKEN_CLOBBER] = ">|",
    [TOKEN_DGREAT] = ">>",    [TOKEN_LESS_GREAT] = "<>", [TOKEN_LESS_AND] = "<&",
    [TOKEN_GREAT_AND] = ">&", [TOKEN_DLESS] = "<<",      [TOKEN_DLESS_DASH] = "<<-",
};

/* A word as it stands in the input, or what is known of it. */
static void add_word(struct buf *text, const struct lexer *lex, const struct token *token)
{
    const struct place *place = &token->place;

    buf_putc(text, '`');
    if (token->word->traits & WORD_LITERAL) {
        quote_add_visible(text, token->word->text, token->word->length, TOKEN_MOST);
    } else if (place->piece == lex->piece && lex->at > place->at && lex->at <= place->end) {
        quote_add_visible(text, place->at, (size_t)(lex->at - place->at), TOKEN_MOST);
    } else {
        buf_puts(text, "...");
    }
    buf_putc(text, '\'');
}

static void add_token(struct buf *text, const struct lexer *lex)
{
    const struct token *token = &lex->token;

    if (token->kind == TOKEN_END) {
        buf_puts(text, lex->layer != NULL ? "end of command substitution" : "end of file");
    } else if (token->kind == TOKEN_NEWLINE) {
        buf_puts(text, "newline");
    } else if (token->word != NULL) {
        add_word(text, lex, token);
    } else {
        buf_addf(text, "`%s'", operator_texts[token->kind]);
    }
}

void syntax_unexpected(struct lexer *lex, const char *expected, const char *opener, int line)
{
    struct buf text = {0};

    lex->failed = true;
    if (diag_is_set(lex->d)) {
        return;
    }
    buf_puts(&text, "unexpected ");
    add_token(&text, lex);
    if (expected != NULL) {
        buf_addf(&text, ", expecting %s", expected);
    }
    if (opener != NULL && (lex->token.kind == TOKEN_END || line != lex->token.place.line)) {
        buf_addf(&text, " (for `%s' on line %d)", opener, line);
    }
    syntax_error(lex, &lex->token.place, "%s", buf_text(&text));
    buf_free(&text);
}

void syntax_unterminated(struct lexer *lex, const struct place *start, const char *what)
{
    syntax_error(lex, start, "unterminated %s (started on line %d)", what, start->line);
}
