/* printf_format.c -- values as text: padding, signs and digits of printf's conversions. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/out.h"
#include "builtin/printf.h"

enum {
    DIGITS = 24,            /* of 64 bits in base 8, and more */
    PRECISION_MOST = 20000, /* more than any long double has digits */
};

static void pad(struct out *out, char byte, long count)
{
    char chunk[256];
    if (count <= 0) {
        return;
    }
    memset(chunk, byte, sizeof chunk);
    while (count > 0 && out->error == 0) {
        long piece = count < (long)sizeof chunk ? count : (long)sizeof chunk;
        out_add(out, chunk, (size_t)piece);
        count -= piece;
    }
}

void printf_text(struct out *out, const struct printf_spec *spec, const char *text, size_t length)
{
    if (spec->precision >= 0 && (size_t)spec->precision < length) {
        length = (size_t)spec->precision;
    }
    long room = length < (size_t)spec->width ? spec->width - (long)length : 0;
    if (!spec->left) {
        pad(out, ' ', room);
    }
    out_add(out, text, length);
    if (spec->left) {
        pad(out, ' ', room);
    }
}

/* Prefix (sign or 0x), zeros, then the rest, in the width. */
static void put_number(struct out *out, const struct printf_spec *spec, const char *prefix,
                       long zeros, const char *digits)
{
    long used = (long)strlen(prefix) + zeros + (long)strlen(digits);
    long room = spec->width > used ? spec->width - used : 0;
    if (!spec->left) {
        pad(out, ' ', room);
    }
    out_puts(out, prefix);
    pad(out, '0', zeros);
    out_puts(out, digits);
    if (spec->left) {
        pad(out, ' ', room);
    }
}

static const char *sign_of(const struct printf_spec *spec, bool negative)
{
    return negative ? "-" : spec->plus ? "+" : spec->space ? " " : "";
}

static char *digits_of(uint64_t value, unsigned base, const char *set, char *end)
{
    *--end = '\0';
    for (; value != 0; value /= base) {
        *--end = set[value % base];
    }
    return end;
}

/* How many digits there must be at least, for a precision, `#` of octal, or the flag 0. */
static long least_digits(const struct printf_spec *spec, long length, long prefix)
{
    long least = spec->precision >= 0 ? spec->precision : 1;
    if (spec->conversion == 'o' && spec->alternate && least <= length) {
        least = length + 1;
    }
    if (spec->zero && !spec->left && spec->precision < 0 && spec->width - prefix > least) {
        least = spec->width - prefix;
    }
    return least;
}

void printf_integer(struct out *out, const struct printf_spec *spec, uint64_t value)
{
    char room[DIGITS];
    bool is_signed = spec->conversion == 'd' || spec->conversion == 'i';
    bool is_hex = (spec->conversion | 0x20) == 'x';
    bool negative = is_signed && (int64_t)value < 0;
    const char *prefix = is_signed ? sign_of(spec, negative) : "";
    if (is_hex && spec->alternate && value != 0) {
        prefix = spec->conversion == 'x' ? "0x" : "0X";
    }
    const char *set = spec->conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned base = is_hex ? 16 : spec->conversion == 'o' ? 8 : 10;
    const char *digits = digits_of(negative ? 0 - value : value, base, set, room + DIGITS);
    long length = (long)strlen(digits);
    long least = least_digits(spec, length, (long)strlen(prefix));
    put_number(out, spec, prefix, least > length ? least - length : 0, digits);
}

/* The digits without sign, as the C library writes them. `%a` goes through double: libraries differ
   in how they normalize a long double. */
static char *float_digits(const struct printf_spec *spec, long double value)
{
    char format[16];
    bool is_hex = spec->conversion == 'a' || spec->conversion == 'A';
    int precision = spec->precision > PRECISION_MOST ? PRECISION_MOST : spec->precision;
    snprintf(format, sizeof format, "%%%s%s%s%c", spec->alternate ? "#" : "",
             precision >= 0 ? ".*" : "", is_hex ? "" : "L", spec->conversion);
    char *text = NULL;
    size_t size = 128;
    for (;;) {
        text = mem_resize(text, size);
        int length = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        if (is_hex) {
            length = precision >= 0 ? snprintf(text, size, format, precision, (double)value)
                                    : snprintf(text, size, format, (double)value);
        } else {
            length = precision >= 0 ? snprintf(text, size, format, precision, value)
                                    : snprintf(text, size, format, value);
        }
#pragma GCC diagnostic pop
        if (length >= 0 && (size_t)length < size) {
            return text;
        }
        size = length < 0 ? size * 2 : (size_t)length + 1;
    }
}

void printf_float(struct out *out, const struct printf_spec *spec, long double value)
{
    bool negative = signbit(value) != 0;
    char *all = float_digits(spec, negative ? -value : value);
    const char *digits = all;
    char prefix[4] = "";
    size_t length = 0;
    const char *sign = sign_of(spec, negative);
    if (*sign != '\0') {
        prefix[length++] = *sign;
    }
    if (digits[0] == '0' && (digits[1] | 0x20) == 'x') {
        prefix[length++] = *digits++;
        prefix[length] = *digits++;
    }
    bool finite = isfinite(value) != 0;
    long used = (long)(strlen(prefix) + strlen(digits));
    long zeros = spec->zero && !spec->left && finite && spec->width > used ? spec->width - used : 0;
    put_number(out, spec, prefix, zeros, digits);
    mem_free(all);
}
