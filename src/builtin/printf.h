/* printf.h -- one conversion specification of printf's format, and how it is written. */
#ifndef SWISH_BUILTIN_PRINTF_H
#define SWISH_BUILTIN_PRINTF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct out;

/* %[n$][flags][width][.precision]conversion */
struct printf_spec {
    bool left; /* - */
    bool plus; /* + */
    bool space;
    bool alternate; /* # */
    bool zero;      /* 0 */
    int width;
    int precision; /* -1: none */
    char conversion;
};

void printf_text(struct out *out, const struct printf_spec *spec, const char *text, size_t length);
void printf_integer(struct out *out, const struct printf_spec *spec, uint64_t value);
void printf_float(struct out *out, const struct printf_spec *spec, long double value);

/* Values of numeric arguments. The result tells what was wrong with the text; `value` is then that
   of its start, or the nearest one. */
enum printf_number { NUMBER_GOOD, NUMBER_NONE, NUMBER_PARTIAL, NUMBER_RANGE };
enum printf_number printf_parse_integer(const char *text, bool is_signed, bool utf8,
                                        uint64_t *value);
enum printf_number printf_parse_float(const char *text, bool utf8, long double *value);

#endif
