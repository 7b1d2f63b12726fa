/* number.c -- numbers from text and back, without a libc's locale or overflow. */
#include "base/number.h"

bool number_parse(const char *text, unsigned long most, unsigned long *value)
{
    unsigned long sum = 0;

    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        unsigned digit = (unsigned)*text - '0';

        if (digit > 9 || sum > most / 10 || digit > most - sum * 10) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

unsigned number_most(const char *digits, size_t length, unsigned most)
{
    unsigned value = 0;

    for (size_t i = 0; i < length; i++) {
        unsigned digit = (unsigned)digits[i] - '0';

        if (value > (most - digit) / 10) {
            return most;
        }
        value = value * 10 + digit;
    }
    return value;
}

/* At least one digit, all of them below the base; wraps around. */
static bool number_digits(const char *text, const char *end, unsigned base, uint64_t *value)
{
    uint64_t sum = 0;

    if (text == end) {
        return false;
    }
    for (; text < end; text++) {
        unsigned digit = number_digit(*text);

        if (digit >= base) {
            return false;
        }
        sum = sum * base + digit;
    }
    *value = sum;
    return true;
}

bool number_constant(const char *text, size_t length, int64_t *value)
{
    const char *end;
    bool negative = false;
    unsigned base = 10;
    uint64_t sum;

    if (length == 0) { /* the text may be NULL */
        *value = 0;
        return true;
    }
    end = text + length;
    while (text < end && is_space(*text)) {
        text++;
    }
    while (text < end && is_space(end[-1])) {
        end--;
    }
    if (text == end) {
        *value = 0;
        return true;
    }
    if (*text == '-' || *text == '+') {
        negative = *text++ == '-';
    }
    if (end - text > 2 && text[0] == '0' && (text[1] | 0x20) == 'x') {
        text += 2;
        base = 16;
    } else if (end - text > 1 && text[0] == '0') {
        base = 8;
    }
    if (!number_digits(text, end, base, &sum)) {
        return false;
    }
    *value = (int64_t)(negative ? 0 - sum : sum);
    return true;
}

char *number_text(int64_t value, char *room, size_t *length)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *end = room + 23;
    char *at = end;

    *at = '\0';
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (value < 0) {
        *--at = '-';
    }
    if (length != NULL) {
        *length = (size_t)(end - at);
    }
    return at;
}
