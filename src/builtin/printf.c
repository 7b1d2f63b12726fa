/* printf.c -- the printf utility: walks the format and hands the arguments out (XCU printf). */
#include "builtin/printf.h"

#include <string.h>

#include "base/out.h"
#include "base/quote.h"
#include "builtin/escape.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "state/shell.h"
#include "syntax/chars.h"

struct printf {
    struct call *c;
    char **args; /* of this turn of the format */
    size_t count;
    size_t next;    /* argument for the next conversion without n$ */
    size_t highest; /* how many were used in this turn */
    int status;
    bool ended; /* \c, or an error that ends it */
};

static void complain(struct printf *p, const char *what, const char *why)
{
    p->status = call_warn(p->c, "%s: %s", what, why);
}

/* The argument `number` (1..), or the next one for 0; NULL when there are no more. */
static const char *argument(struct printf *p, size_t number)
{
    size_t index = number > 0 ? number - 1 : p->next++;
    if (index + 1 > p->highest) {
        p->highest = index + 1;
    }
    return index < p->count ? p->args[index] : NULL;
}

/* ---- numbers ---- */

static void report(struct printf *p, const char *text, enum printf_number result)
{
    switch (result) {
    case NUMBER_GOOD:
        break;
    case NUMBER_NONE:
        complain(p, text, "not a number");
        break;
    case NUMBER_PARTIAL:
        complain(p, text, "not completely converted");
        break;
    case NUMBER_RANGE:
        complain(p, text, "out of range");
        break;
    }
}

static uint64_t integer(struct printf *p, const char *text, bool is_signed)
{
    uint64_t value = 0;
    if (text != NULL) {
        report(p, text, printf_parse_integer(text, is_signed, p->c->sh->utf8, &value));
    }
    return value;
}

static long double floating(struct printf *p, const char *text)
{
    long double value = 0;
    if (text != NULL) {
        report(p, text, printf_parse_float(text, p->c->sh->utf8, &value));
    }
    return value;
}

/* ---- parsing a specification ---- */

enum { SIZE_MOST = 0x7ffffffe };

/* Digits; false when the number is too large to be meant. */
static bool take_digits(const char **at, size_t *value)
{
    *value = 0;
    bool fits = true;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        *value = *value * 10 + (size_t)(**at - '0');
        fits = fits && *value <= SIZE_MOST;
        *value = fits ? *value : SIZE_MOST;
    }
    return fits;
}

/* `n$`: which argument; 0 and nothing taken when it is not there. */
static size_t take_position(const char **at)
{
    const char *end = *at;
    size_t number = 0;
    take_digits(&end, &number);
    if (end == *at || *end != '$' || number == 0) {
        return 0;
    }
    *at = end + 1;
    return number;
}

/* A number or `*`; false when it is out of range. */
static bool take_size(struct printf *p, const char **at, int *size)
{
    size_t value = 0;
    if (**at != '*') {
        bool fits = take_digits(at, &value);
        *size = (int)value;
        return fits;
    }
    (*at)++;
    int64_t given = (int64_t)integer(p, argument(p, take_position(at)), true);
    *size = (int)given;
    return given >= -SIZE_MOST && given <= SIZE_MOST;
}

static void take_flags(const char **at, struct printf_spec *spec)
{
    for (;; (*at)++) {
        switch (**at) {
        case '-':
            spec->left = true;
            break;
        case '+':
            spec->plus = true;
            break;
        case ' ':
            spec->space = true;
            break;
        case '#':
            spec->alternate = true;
            break;
        case '0':
            spec->zero = true;
            break;
        default:
            return;
        }
    }
}

static bool take_spec(struct printf *p, const char **at, struct printf_spec *spec)
{
    take_flags(at, spec);
    bool fits = take_size(p, at, &spec->width);
    if (spec->width < 0) {
        spec->left = true;
        spec->width = -spec->width;
    }
    spec->precision = -1;
    if (**at == '.') {
        (*at)++;
        fits = take_size(p, at, &spec->precision) && fits;
        spec->precision = spec->precision < 0 ? -1 : spec->precision;
    }
    size_t lengths = strspn(*at, "hljztL"); /* those of C mean nothing here */
    *at += lengths;
    if (lengths > 0 && !char_is((unsigned char)**at, CHAR_LETTER)) {
        (*at)--; /* it was meant as the conversion */
    }
    spec->conversion = **at;
    return fits;
}

/* ---- conversions ---- */

static void convert_b(struct printf *p, const struct printf_spec *spec, const char *text)
{
    struct buf plain = {0};
    p->ended = !escape_text(&plain, text, ESCAPE_B);
    printf_text(p->c->out, spec, buf_text(&plain), plain.length);
    buf_free(&plain);
}

static void convert_q(struct printf *p, const struct printf_spec *spec, const char *text)
{
    struct buf quoted = {0};
    quote_add(&quoted, text, strlen(text));
    printf_text(p->c->out, spec, quoted.data, quoted.length);
    buf_free(&quoted);
}

/* False: there is no such conversion. */
static bool convert(struct printf *p, const struct printf_spec *spec, size_t number)
{
    struct out *out = p->c->out;
    if (spec->conversion == '\0' || strchr("diouxXfFeEgGaAcsbq", spec->conversion) == NULL) {
        return false;
    }
    const char *given = argument(p, number);
    const char *text = given == NULL ? "" : given;
    switch (spec->conversion) {
    case 'd':
    case 'i':
        printf_integer(out, spec, integer(p, given, true));
        break;
    case 'o':
    case 'u':
    case 'x':
    case 'X':
        printf_integer(out, spec, integer(p, given, false));
        break;
    case 'c':
        printf_text(out, spec, text, 1); /* an empty or missing one: a NUL, as elsewhere */
        break;
    case 's':
        printf_text(out, spec, text, strlen(text));
        break;
    case 'b':
        convert_b(p, spec, text);
        break;
    case 'q':
        convert_q(p, spec, text);
        break;
    default:
        printf_float(out, spec, floating(p, given));
        break;
    }
    return true;
}

/* At a `%`; returns what is behind the specification. */
static const char *conversion(struct printf *p, const char *at)
{
    const char *start = at++;
    if (*at == '%') {
        out_putc(p->c->out, '%');
        return at + 1;
    }
    size_t number = take_position(&at);
    struct printf_spec spec = {0};
    bool fits = take_spec(p, &at, &spec);
    if (!fits || !convert(p, &spec, number)) {
        char what[32] = {0};
        size_t length = (size_t)(at - start) + (*at != '\0');
        memcpy(what, start, length < sizeof what ? length : sizeof what - 1);
        complain(p, what, fits ? "invalid conversion" : "width or precision out of range");
        p->ended = true;
        return at;
    }
    return at + 1;
}

static void run_format(struct printf *p, const char *at)
{
    while (*at != '\0' && !p->ended) {
        size_t plain = strcspn(at, "%\\");
        out_add(p->c->out, at, plain);
        at += plain;
        if (*at == '%') {
            at = conversion(p, at);
        } else if (*at == '\\') {
            size_t used = 0;
            out_putc(p->c->out, (char)escape_one(at, ESCAPE_FORMAT, &used));
            at += used;
        }
    }
}

int builtin_printf(struct call *c)
{
    int first = c->argc > 1 && strcmp(c->argv[1], "--") == 0 ? 2 : 1;
    if (first >= c->argc) {
        return call_usage(c, "a format is required");
    }
    const char *format = c->argv[first];
    struct printf p = {.c = c, .args = c->argv + first + 1, .count = (size_t)(c->argc - first - 1)};
    do {
        p.next = 0;
        p.highest = 0;
        run_format(&p, format);
        size_t used = p.highest < p.count ? p.highest : p.count;
        p.args += used;
        p.count -= used;
    } while (p.count > 0 && p.highest > 0 && !p.ended);
    return p.status;
}
