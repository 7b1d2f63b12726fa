/* quote.c -- text back into shell syntax, and text made safe to show. */
#include "base/quote.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* What a text needs, from nothing to everything. */
enum need { NEED_NOTHING, NEED_SINGLE, NEED_DOLLAR };

/* Bytes that mean nothing to the shell wherever they stand in a word. */
static bool is_plain(unsigned char byte)
{
    return (byte | 0x20U) - 'a' < 26 || (unsigned)byte - '0' < 10 ||
           (byte != '\0' && strchr("_-./,:=+@%^", byte) != NULL);
}

/* Control characters, and bytes that are no character, are not to reach a terminal. */
static bool is_hidden(uint32_t character)
{
    return character >= UTF8_BAD || utf8_width(character) < 0;
}

static bool is_word_character(uint32_t character)
{
    return utf8_in_class(character, "alnum", 5, true);
}

/* `~` matters at the start of a word and, in assignments, after `=` and `:`; `#` at the start. */
static bool plain_at(const char *text, size_t at)
{
    char before = at == 0 ? '\0' : text[at - 1];

    if (text[at] == '~') {
        return at > 0 && before != ':' && before != '=';
    }
    if (text[at] == '#') {
        return at > 0;
    }
    return is_plain((unsigned char)text[at]);
}

static enum need quote_need(const char *text, size_t length)
{
    enum need need = length == 0 ? NEED_SINGLE : NEED_NOTHING;
    size_t step;

    for (size_t i = 0; i < length; i += step) {
        uint32_t character;

        step = utf8_decode(text + i, length - i, &character);
        if (is_hidden(character)) {
            return NEED_DOLLAR;
        }
        if (character < 0x80 ? !plain_at(text, i) : !is_word_character(character)) {
            need = NEED_SINGLE;
        }
    }
    return need;
}

/* Always three digits: a digit of the text may follow. */
static void add_octal(struct buf *buf, char byte)
{
    unsigned char value = (unsigned char)byte;
    char escape[4] = {'\\', (char)('0' + (value >> 6)), (char)('0' + (value >> 3 & 7)),
                      (char)('0' + (value & 7))};

    buf_add(buf, escape, sizeof(escape));
}

static void add_dollar_byte(struct buf *buf, char byte)
{
    switch (byte) {
    case '\n':
        buf_puts(buf, "\\n");
        break;
    case '\t':
        buf_puts(buf, "\\t");
        break;
    case '\r':
        buf_puts(buf, "\\r");
        break;
    default:
        add_octal(buf, byte);
        break;
    }
}

static void quote_add_dollar(struct buf *buf, const char *text, size_t length)
{
    size_t step;

    buf_puts(buf, "$'");
    for (size_t i = 0; i < length; i += step) {
        uint32_t character;

        step = utf8_decode(text + i, length - i, &character);
        if (is_hidden(character)) {
            for (size_t k = i; k < i + step; k++) {
                add_dollar_byte(buf, text[k]);
            }
            continue;
        }
        if (character == '\'' || character == '\\') {
            buf_putc(buf, '\\');
        }
        buf_add(buf, text + i, step);
    }
    buf_putc(buf, '\'');
}

void quote_add_single(struct buf *buf, const char *text, size_t length)
{
    const char *end = text + length;

    buf_putc(buf, '\'');
    while (text < end) {
        const char *quote = memchr(text, '\'', (size_t)(end - text));
        const char *stop = quote == NULL ? end : quote;

        buf_add(buf, text, (size_t)(stop - text));
        text = stop;
        if (quote != NULL) {
            buf_puts(buf, "'\\''");
            text++;
        }
    }
    buf_putc(buf, '\'');
}

/* A bracket alone opens no bracket expression: the name of `[` reads better bare. */
static bool is_lone_bracket(const char *text, size_t length)
{
    return length == 1 && (text[0] == '[' || text[0] == ']');
}

void quote_add(struct buf *buf, const char *text, size_t length)
{
    if (is_lone_bracket(text, length)) {
        buf_putc(buf, text[0]);
        return;
    }
    switch (quote_need(text, length)) {
    case NEED_NOTHING:
        buf_add(buf, text, length);
        break;
    case NEED_SINGLE:
        quote_add_single(buf, text, length);
        break;
    case NEED_DOLLAR:
        quote_add_dollar(buf, text, length);
        break;
    }
}

void quote_add_visible(struct buf *buf, const char *text, size_t length, size_t limit)
{
    size_t step;

    for (size_t i = 0; i < length; i += step) {
        uint32_t character;
        bool hidden;
        size_t cost;

        step = utf8_decode(text + i, length - i, &character);
        hidden = is_hidden(character);
        cost = hidden ? step * 4 : step;
        if (cost > limit) {
            buf_puts(buf, "...");
            return;
        }
        limit -= cost;
        if (!hidden) {
            buf_add(buf, text + i, step);
            continue;
        }
        for (size_t k = i; k < i + step; k++) {
            add_octal(buf, text[k]);
        }
    }
}
