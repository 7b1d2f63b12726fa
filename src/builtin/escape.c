/* escape.c -- the backslash sequences of echo and printf. */
#include "builtin/escape.h"

#include <string.h>

#include "base/buf.h"

/* The numeric ones: \0ooo of echo and %b, \ooo of the format (and, as an extension, of %b). Returns
   their length, 0 when it is none. */
static size_t numeric(const char *text, enum escape_kind kind, unsigned *value)
{
    bool leading_zero = text[1] == '0' && kind != ESCAPE_FORMAT;
    if (kind == ESCAPE_ECHO && !leading_zero) {
        return 0;
    }
    size_t at = leading_zero ? 2 : 1;
    size_t end = at + 3;
    *value = 0;
    for (; at < end && text[at] >= '0' && text[at] <= '7'; at++) {
        *value = *value * 8 + (unsigned)(text[at] - '0');
    }
    return at;
}

int escape_one(const char *text, enum escape_kind kind, size_t *used)
{
    static const char letters[] = "abfnrtv\\\"'";
    static const char bytes[] = "\a\b\f\n\r\t\v\\\"'";
    char letter = text[1];
    size_t simple = kind == ESCAPE_FORMAT ? sizeof letters - 1 : sizeof letters - 3;
    const char *found = letter == '\0' ? NULL : memchr(letters, letter, simple);
    *used = 2;
    if (found != NULL) {
        return bytes[found - letters];
    }
    if (letter == 'c' && kind != ESCAPE_FORMAT) {
        return -1;
    }
    unsigned value = 0;
    if (letter >= '0' && letter <= '7' && (*used = numeric(text, kind, &value)) > 0) {
        return (int)(value & 0xff);
    }
    *used = 1;
    return '\\';
}

bool escape_text(struct buf *to, const char *text, enum escape_kind kind)
{
    while (*text != '\0') {
        const char *backslash = strchrnul(text, '\\');
        buf_add(to, text, (size_t)(backslash - text));
        text = backslash;
        if (*text != '\0') {
            size_t used = 0;
            int byte = escape_one(text, kind, &used);
            if (byte < 0) {
                return false;
            }
            buf_putc(to, (char)byte);
            text += used;
        }
    }
    return true;
}
