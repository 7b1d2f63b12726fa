/* printf_number.c -- numeric arguments of printf: C constants, and 'c for the value of a character.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "builtin/printf.h"

static const char *skip_blanks(const char *text)
{
    while (*text == ' ' || (*text >= '\t' && *text <= '\r')) {
        text++;
    }
    return text;
}

/* 'c or "c: the value of the character behind the quote. */
static bool character(const char *text, bool utf8, uint32_t *value, enum printf_number *result)
{
    if (*text != '\'' && *text != '"') {
        return false;
    }
    text++;
    *value = (unsigned char)*text;
    size_t used = *text == '\0' ? 0 : 1;
    if (utf8 && used > 0) {
        used = utf8_decode(text, strlen(text), value);
        if (*value >= UTF8_BAD) {
            *value -= UTF8_BAD;
        }
    }
    *result = text[used] == '\0' ? NUMBER_GOOD : NUMBER_PARTIAL;
    return true;
}

/* Digits of the base; stays at the greatest value when there are too many. */
static const char *digits(const char *text, unsigned base, uint64_t *value, bool *overflow)
{
    unsigned digit = 0;
    *value = 0;
    for (; (digit = number_digit(*text)) < base; text++) {
        *overflow |= *value > (UINT64_MAX - digit) / base;
        *value = *overflow ? UINT64_MAX : *value * base + digit;
    }
    return text;
}

enum printf_number printf_parse_integer(const char *text, bool is_signed, bool utf8,
                                        uint64_t *value)
{
    enum printf_number result = NUMBER_GOOD;
    uint32_t point = 0;
    if (character(text, utf8, &point, &result)) {
        *value = point;
        return result;
    }
    *value = 0;
    if (*text == '\0') {
        return NUMBER_GOOD; /* as 0, as most shells have it */
    }
    text = skip_blanks(text);
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    unsigned base = 10;
    if (text[0] == '0') {
        bool is_hex = (text[1] | 0x20) == 'x' && number_digit(text[2]) < 16;
        base = is_hex ? 16 : 8;
        text += is_hex ? 2 : 0;
    }
    bool overflow = false;
    const char *end = digits(text, base, value, &overflow);
    if (end == text) {
        return NUMBER_NONE;
    }
    uint64_t most = !is_signed ? UINT64_MAX : (uint64_t)INT64_MAX + negative;
    if (overflow || *value > most) {
        overflow = true;
        *value = most;
    }
    if (negative && !(overflow && !is_signed)) {
        *value = 0 - *value;
    }
    return *end != '\0' ? NUMBER_PARTIAL : overflow ? NUMBER_RANGE : NUMBER_GOOD;
}

enum printf_number printf_parse_float(const char *text, bool utf8, long double *value)
{
    enum printf_number result = NUMBER_GOOD;
    uint32_t point = 0;
    if (character(text, utf8, &point, &result)) {
        *value = point;
        return result;
    }
    *value = 0;
    if (*text == '\0') {
        return NUMBER_GOOD;
    }
    char *end = NULL;
    errno = 0;
    *value = strtold(text, &end);
    if (end == text) {
        return NUMBER_NONE;
    }
    if (*end != '\0') {
        return NUMBER_PARTIAL;
    }
    return errno == ERANGE && (*value > 1 || *value < -1) ? NUMBER_RANGE : NUMBER_GOOD;
}
