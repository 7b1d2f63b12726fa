/* fuzz_arith.c -- any bytes as arithmetic: a tree or one error, the same again, and nothing leaks.
   And an expression made from the bytes has the value that was computed while it was made. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/depth.h"
#include "base/diag.h"
#include "base/symbol.h"
#include "expand/arith.h"
#include "os/process.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/arith.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool parses(const uint8_t *data, size_t size, bool shrink)
{
    static const char alphabet[] = "0123789abxX_ \n+-*/%<>=!&|^~?:,()";
    struct symbols symbols = {0};
    struct symbol_list names = {.table = &symbols};
    struct arena arena = {0};
    struct depth depth = {.base = (const char *)&symbols, .limit = 1 << 20};
    struct diag d = {0};
    char *text = arena_text(&arena, (const char *)data, size);
    const struct arith *tree;

    for (size_t i = 0; shrink && i < size; i++) {
        text[i] = alphabet[(unsigned char)text[i] % (sizeof(alphabet) - 1)];
    }
    tree = arith_parse(text, size, &arena, &names, &depth, &d);
    if ((tree == NULL) != diag_is_set(&d)) {
        abort();
    }
    if (tree != NULL) {
        arith_assigns(tree);
    }
    diag_clear(&d);
    symbol_list_release(&names);
    symbols_free(&symbols);
    arena_free(&arena);
    return tree != NULL;
}

/* ---- an expression whose value is known ---- */

enum { LEVEL_CHOICE = 0, LEVEL_OR = 1, LEVEL_AND = 2, LEVEL_BINARY = 3, LEVEL_UNARY = 11 };
enum { NESTING_MOST = 12, LENGTH_MOST = 4000 };

struct maker {
    const uint8_t *at;
    const uint8_t *end;
    struct buf text;
    int64_t x; /* the variable x */
    int nesting;
};

/* From the loosest to the tightest, as in C. */
static const struct {
    size_t count;
    const char *items[4];
} operators[LEVEL_UNARY] = {
    [3] = {1, {"|"}},
    [4] = {1, {"^"}},
    [5] = {1, {"&"}},
    [6] = {2, {"==", "!="}},
    [7] = {4, {"<", "<=", ">", ">="}},
    [8] = {2, {"<<", ">>"}},
    [9] = {2, {"+", "-"}},
    [10] = {3, {"*", "/", "%"}},
};

static int64_t make(struct maker *m, int level, bool live);

static unsigned next(struct maker *m)
{
    return m->at < m->end ? *m->at++ : 0;
}

/* Divisors are above 0, shifts below 64: the ends of those are left to the unit tests. */
static int64_t make_number(struct maker *m, unsigned least, unsigned most)
{
    unsigned value = least + (next(m) * 256 + next(m)) % (most - least + 1);

    switch (next(m) % 3) {
    case 0:
        buf_addf(&m->text, "%u", value);
        break;
    case 1:
        buf_addf(&m->text, "0x%x", value);
        break;
    default:
        buf_addf(&m->text, "0%o", value);
        break;
    }
    return value;
}

static int64_t make_primary(struct maker *m, bool live)
{
    unsigned kind = m->nesting < NESTING_MOST && m->text.length < LENGTH_MOST ? next(m) % 6 : 0;
    int64_t value;

    if (kind == 1) {
        buf_puts(&m->text, "x");
        return m->x;
    }
    if (kind < 4) {
        return make_number(m, 0, 65535);
    }
    m->nesting++;
    buf_puts(&m->text, kind == 4 ? "(" : "(x = ");
    value = make(m, LEVEL_CHOICE, live);
    buf_puts(&m->text, ")");
    m->nesting--;
    if (kind == 5 && live) {
        m->x = value;
    }
    return value;
}

static int64_t make_unary(struct maker *m, bool live)
{
    switch (next(m) % 8) {
    case 0:
        buf_puts(&m->text, " -");
        return (int64_t)(0 - (uint64_t)make_primary(m, live));
    case 1:
        buf_puts(&m->text, "~");
        return ~make_primary(m, live);
    case 2:
        buf_puts(&m->text, "!");
        return !make_primary(m, live);
    default:
        return make_primary(m, live);
    }
}

static int64_t apply(const char *op, int64_t a, int64_t b)
{
    uint64_t left = (uint64_t)a;
    uint64_t right = (uint64_t)b;

    switch (op[0]) {
    case '|':
        return a | b;
    case '^':
        return a ^ b;
    case '&':
        return a & b;
    case '=':
        return a == b;
    case '!':
        return a != b;
    case '<':
        return op[1] == '<' ? (int64_t)(left << right) : op[1] == '=' ? a <= b : a < b;
    case '>':
        return op[1] == '>' ? a >> b : op[1] == '=' ? a >= b : a > b;
    case '+':
        return (int64_t)(left + right);
    case '-':
        return (int64_t)(left - right);
    case '*':
        return (int64_t)(left * right);
    case '/':
        return b != 0 ? a / b : 0;
    default:
        return b != 0 ? a % b : 0;
    }
}

static int64_t make_binary(struct maker *m, int level, bool live)
{
    int64_t value = make(m, level + 1, live);

    while (m->text.length < LENGTH_MOST && next(m) % 4 == 1) {
        const char *op = operators[level].items[next(m) % operators[level].count];
        bool shift = level == 8;

        buf_addf(&m->text, " %s ", op);
        if (shift || op[0] == '/' || op[0] == '%') {
            value = apply(op, value, make_number(m, shift ? 0 : 1, shift ? 63 : 999));
        } else {
            value = apply(op, value, make(m, level + 1, live));
        }
    }
    return value;
}

/* The right side of && and || counts only where C would look at it. */
static int64_t make_logical(struct maker *m, int level, bool live)
{
    bool any = level == LEVEL_OR;
    int64_t value = make(m, level + 1, live);

    while (m->text.length < LENGTH_MOST && next(m) % 8 == 1) {
        bool decided = (value != 0) == any;
        int64_t right;

        buf_puts(&m->text, any ? " || " : " && ");
        right = make(m, level + 1, live && !decided);
        value = decided ? any : right != 0;
    }
    return value;
}

static int64_t make_choice(struct maker *m, bool live)
{
    int64_t condition = make(m, LEVEL_OR, live);
    int64_t yes;
    int64_t no;

    if (m->text.length >= LENGTH_MOST || next(m) % 8 != 1) {
        return condition;
    }
    m->nesting++;
    buf_puts(&m->text, " ? ");
    yes = make(m, LEVEL_CHOICE, live && condition != 0);
    buf_puts(&m->text, " : ");
    no = m->nesting < NESTING_MOST ? make(m, LEVEL_CHOICE, live && condition == 0)
                                   : make_number(m, 0, 9);
    m->nesting--;
    return condition != 0 ? yes : no;
}

static int64_t make(struct maker *m, int level, bool live)
{
    switch (level) {
    case LEVEL_CHOICE:
        return make_choice(m, live);
    case LEVEL_OR:
    case LEVEL_AND:
        return make_logical(m, level, live);
    case LEVEL_UNARY:
        return make_unary(m, live);
    default:
        return make_binary(m, level, live);
    }
}

static void values_agree(const uint8_t *data, size_t size)
{
    static char *environment[] = {NULL};
    struct maker m = {.at = data, .end = data + size};
    int64_t wanted = make(&m, LEVEL_CHOICE, true);
    int64_t value = 0;
    struct shell sh = {0};
    struct diag d = {0};
    struct symbol_list names;
    const struct arith *tree;

    process_depth_start(&sh.depth, (const char *)__builtin_frame_address(0));
    shell_init(&sh, "fuzz", environment);
    names = (struct symbol_list){.table = &sh.symbols};
    variable_set_by_name(&sh, "x", "0", &d);
    tree = arith_parse(buf_text(&m.text), m.text.length, &sh.scratch, &names, &sh.depth, &d);
    if (tree == NULL || !arith_evaluate(&sh, tree, NULL, &value, &d) || value != wanted) {
        fprintf(stderr, "%s\nis %" PRId64 ", not %" PRId64 " %s\n", m.text.data, wanted, value,
                diag_is_set(&d) ? d.text : "");
        abort();
    }
    symbol_list_release(&names);
    shell_free(&sh);
    buf_free(&m.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool shrink = size > 0 && (data[0] & 1) != 0;
    bool once = parses(data, size, shrink);
    bool again = parses(data, size, shrink);

    if (once != again) {
        abort();
    }
    values_agree(data, size);
    return 0;
}
