/* umask.c -- umask: octal and symbolic file modes (XCU umask, chmod). */
#include <string.h>
#include <sys/stat.h>

#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "state/mark.h"
#include "state/shell.h"

enum { MODE_ALL = 0777 };

static mode_t current_mask(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return mask;
}

static bool parse_octal(const char *text, mode_t *mask)
{
    unsigned value = 0;
    for (; *text >= '0' && *text <= '7' && value <= 07777; text++) {
        value = value * 8 + (unsigned)(*text - '0');
    }
    *mask = value & MODE_ALL;
    return *text == '\0' && value <= 07777;
}

/* ---- symbolic: [ugoa]*([-+=]([rwxXst]*|[ugo]))+, separated by commas ---- */

static unsigned take_who(const char **at)
{
    unsigned who = 0;
    for (;; (*at)++) {
        switch (**at) {
        case 'u':
            who |= 0700;
            break;
        case 'g':
            who |= 0070;
            break;
        case 'o':
            who |= 0007;
            break;
        case 'a':
            who |= MODE_ALL;
            break;
        default:
            return who != 0 ? who : MODE_ALL;
        }
    }
}

/* The three bits of a class, for everybody. */
static unsigned spread(unsigned bits)
{
    return (bits & 7) * 0111;
}

/* Permissions, or one letter of a class whose present ones are copied. */
static unsigned take_permissions(const char **at, unsigned mode)
{
    const char *copy = **at == '\0' ? NULL : strchr("ogu", **at);
    if (copy != NULL) {
        unsigned shift = **at == 'o' ? 0 : **at == 'g' ? 3 : 6;
        (*at)++;
        return spread(mode >> shift);
    }
    unsigned bits = 0;
    for (;; (*at)++) {
        switch (**at) {
        case 'r':
            bits |= 0444;
            break;
        case 'w':
            bits |= 0222;
            break;
        case 'x':
            bits |= 0111;
            break;
        case 'X':
            bits |= (mode & 0111) != 0 ? 0111 : 0;
            break;
        case 's':
        case 't':
            break; /* no part of a mask */
        default:
            return bits;
        }
    }
}

static bool parse_symbolic(const char *at, mode_t *mask)
{
    unsigned mode = ~(unsigned)*mask & MODE_ALL;
    for (;;) {
        unsigned who = take_who(&at);
        if (*at != '-' && *at != '+' && *at != '=') {
            return false;
        }
        while (*at == '-' || *at == '+' || *at == '=') {
            char sign = *at++;
            unsigned bits = take_permissions(&at, mode) & who;
            mode = sign == '-' ? mode & ~bits : (sign == '+' ? mode : mode & ~who) | bits;
        }
        if (*at == '\0') {
            *mask = (mode_t)(~mode & MODE_ALL);
            return true;
        }
        if (*at++ != ',') {
            return false;
        }
    }
}

static void show_symbolic(struct out *out, mode_t mask)
{
    static const char classes[] = "ugo";
    for (int i = 0; i < 3; i++) {
        unsigned mode = ~(unsigned)mask >> (6 - 3 * i);
        out_addf(out, "%s%c=%s%s%s", i > 0 ? "," : "", classes[i], (mode & 4) != 0 ? "r" : "",
                 (mode & 2) != 0 ? "w" : "", (mode & 1) != 0 ? "x" : "");
    }
    out_putc(out, '\n');
}

int builtin_umask(struct call *c)
{
    int symbolic = 0;
    char **operands = operand_first(c, "S", &symbolic);
    if (operands == NULL) {
        return 2;
    }
    mode_t mask = current_mask();
    const char *operand = operands[0];
    if (operand == NULL) {
        if (symbolic) {
            show_symbolic(c->out, mask);
        } else {
            out_addf(c->out, "%04o\n", (unsigned)mask);
        }
        return 0;
    }
    bool is_octal = *operand >= '0' && *operand <= '9';
    if (!(is_octal ? parse_octal(operand, &mask) : parse_symbolic(operand, &mask))) {
        return call_fail(c, "%s: invalid mask", operand);
    }
    mark_save_umask(c->sh);
    umask(mask);
    return 0;
}
