/* quote_dollar.c -- $'...' with its escapes (XCU 2.2.4). */
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "syntax/parser.h"
#include "syntax/word.h"

static const char escape_letters[] = "abefnrtv\\'\"?";
static const char escape_bytes[] = "\a\b\033\f\n\r\t\v\\'\"?";

/* Up to `most` digits of the base; false when there is none. */
static bool take_number(struct lexer *lex, unsigned base, int most, uint32_t *value)
{
    int count = 0;

    *value = 0;
    for (; count < most; count++) {
        unsigned digit = number_digit(lex_peek_raw(lex));

        if (digit >= base) {
            break;
        }
        *value = *value * base + digit;
        lex_advance(lex);
    }
    return count > 0;
}

static void add_byte(struct buf *text, unsigned value)
{
    buf_putc(text, (char)(unsigned char)value);
}

static void add_character(struct buf *text, uint32_t value)
{
    char room[4];

    if (value < 0x110000) {
        buf_add(text, room, utf8_encode(value, room));
    }
}

static void control_escape(struct lexer *lex, struct buf *text)
{
    int c = lex_peek_raw(lex);

    if (c < 0) {
        return;
    }
    lex_advance(lex);
    if (c == '\\' && lex_peek_raw(lex) == '\\') {
        lex_advance(lex); /* \c\\ is the control character of the backslash */
    }
    add_byte(text, c == '?' ? 0x7f : (unsigned)c & 0x1f);
}

/* \x, \u and \U; c has been consumed. */
static void hexadecimal_escape(struct lexer *lex, struct buf *text, int c)
{
    int most = c == 'x' ? 2 : 4;
    uint32_t value;

    if (c == 'U') {
        most = 8;
    }
    if (!take_number(lex, 16, most, &value)) {
        buf_putc(text, '\\');
        buf_putc(text, (char)c);
    } else if (c == 'x') {
        add_byte(text, value);
    } else {
        add_character(text, value);
    }
}

/* Behind a backslash. */
static void escape(struct lexer *lex, struct buf *text)
{
    int c = lex_peek_raw(lex);
    const char *known = c > 0 ? strchr(escape_letters, c) : NULL;
    uint32_t value;

    if (c < 0) {
        return;
    }
    if (c >= '0' && c <= '7') {
        take_number(lex, 8, 3, &value);
        add_byte(text, value);
        return;
    }
    lex_advance(lex);
    if (known != NULL) {
        buf_putc(text, escape_bytes[known - escape_letters]);
    } else if (c == 'E') {
        buf_putc(text, '\033');
    } else if (c == 'c') {
        control_escape(lex, text);
    } else if (c == 'x' || c == 'u' || c == 'U') {
        hexadecimal_escape(lex, text, c);
    } else {
        buf_putc(text, '\\');
        buf_putc(text, (char)c);
    }
}

bool lex_dollar_quotes(struct lexer *lex, struct builder *b, const struct place *start)
{
    struct buf *text = &lex->name;
    const char *nul;
    int c;

    lex_advance(lex);
    text->length = 0;
    while (c = lex_peek_raw(lex), c >= 0 && c != '\'') {
        lex_advance(lex);
        if (c == '\\') {
            escape(lex, text);
        } else {
            buf_putc(text, (char)c);
        }
    }
    if (c < 0) {
        syntax_unterminated(lex, start, "quoted string");
        return false;
    }
    lex_advance(lex);
    nul = memchr(buf_text(text), '\0', text->length); /* an escaped NUL ends the text */
    builder_copy(lex, b, text->data, nul == NULL ? text->length : (size_t)(nul - text->data), true);
    return true;
}
