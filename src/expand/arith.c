/* arith.c -- the value of an arithmetic expression: a walk over its rows. */
#include "expand/arith.h"

#include "base/buf.h"
#include "base/depth.h"
#include "base/diag.h"
#include "base/quote.h"
#include "base/symbol.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/arith.h"

struct evaluation {
    struct shell *sh;
    const int64_t *parameters; /* by their number */
    struct diag *d;
};

/* How much of a value a message shows. */
enum { SHOWN_MOST = 40 };

static bool fail(struct diag *d, const char *what)
{
    if (!diag_is_set(d)) {
        diag_set(d, DIAG_EXPANSION, "arithmetic: %s", what);
    }
    return false;
}

static bool fail_value(struct shell *sh, struct symbol *symbol, struct diag *d)
{
    struct buf message = {0};
    size_t length;
    const char *text = variable_get(sh, symbol, &length);

    buf_addf(&message, "%s: \"", symbol->text);
    if (text != NULL) {
        quote_add_visible(&message, text, length, SHOWN_MOST);
    }
    buf_puts(&message, "\" is not an integer");
    fail(d, buf_text(&message));
    buf_free(&message);
    return false;
}

static __attribute__((noinline)) bool ask_variable(struct shell *sh, struct symbol *symbol,
                                                   int64_t *value, struct diag *d)
{
    bool present;

    if (!variable_number(sh, symbol, value, &present)) {
        return fail_value(sh, symbol, d);
    }
    if (!present && (sh->settings.options & OPT_NOUNSET) != 0) {
        diag_set(d, DIAG_EXPANSION, "%s: parameter not set", symbol->text);
        return false;
    }
    return true;
}

/* Most are numbers already. */
static inline bool read_variable(struct shell *sh, struct symbol *symbol, int64_t *value,
                                 struct diag *d)
{
    const struct variable *v = symbol->variable;

    if (v != NULL && v->kind == VALUE_NUMBER && (v->flags & VARIABLE_COMPUTED) == 0) {
        *value = v->number;
        return true;
    }
    return ask_variable(sh, symbol, value, d);
}

/* MIN / -1 does not fit and would trap: it wraps around as the other operations do. */
static bool divide(enum arith_kind kind, int64_t left, int64_t right, int64_t *value)
{
    if (right == 0) {
        return false;
    }
    if (right == -1) {
        *value = kind == ARITH_DIV ? (int64_t)(0 - (uint64_t)left) : 0;
    } else {
        *value = kind == ARITH_DIV ? left / right : left % right;
    }
    return true;
}

/* The binary operators that always need both sides. False: division by zero. */
static bool combine(enum arith_kind kind, int64_t left, int64_t right, int64_t *value)
{
    uint64_t a = (uint64_t)left;
    uint64_t b = (uint64_t)right;

    /* As an int: kinds that are no such operator do not come here. */
    switch ((int)kind) {
    case ARITH_DIV:
    case ARITH_MOD:
        return divide(kind, left, right, value);
    case ARITH_MUL:
        *value = (int64_t)(a * b);
        break;
    case ARITH_ADD:
        *value = (int64_t)(a + b);
        break;
    case ARITH_SUB:
        *value = (int64_t)(a - b);
        break;
    case ARITH_SHIFT_LEFT:
        *value = (int64_t)(a << (b & 63));
        break;
    case ARITH_SHIFT_RIGHT:
        *value = left >> (b & 63);
        break;
    case ARITH_LESS:
        *value = left < right;
        break;
    case ARITH_LESS_EQUAL:
        *value = left <= right;
        break;
    case ARITH_GREATER:
        *value = left > right;
        break;
    case ARITH_GREATER_EQUAL:
        *value = left >= right;
        break;
    case ARITH_EQUAL:
        *value = left == right;
        break;
    case ARITH_UNEQUAL:
        *value = left != right;
        break;
    case ARITH_BIT_AND:
        *value = left & right;
        break;
    case ARITH_BIT_XOR:
        *value = left ^ right;
        break;
    case ARITH_BIT_OR:
        *value = left | right;
        break;
    default: /* ARITH_NUMBER: plain assignment */
        *value = right;
        break;
    }
    return true;
}

static bool evaluate_row(const struct evaluation *e, const struct arith *t, int64_t *value);

/* Lone leaves are done at once: only what recurses asks for the depth. */
static inline bool evaluate(const struct evaluation *e, const struct arith *t, int64_t *value)
{
    if (t->next == NULL && t->kind == ARITH_NUMBER) {
        *value = t->number;
        return true;
    }
    if (t->next == NULL && t->kind == ARITH_VARIABLE) {
        return read_variable(e->sh, t->symbol, value, e->d);
    }
    return evaluate_row(e, t, value);
}

static bool evaluate_assign(const struct evaluation *e, const struct arith *t, int64_t *value)
{
    int64_t before = 0;
    int64_t right;

    if (t->op != ARITH_NUMBER && !read_variable(e->sh, t->symbol, &before, e->d)) {
        return false;
    }
    if (!evaluate(e, t->right, &right)) {
        return false;
    }
    if (!combine(t->op, before, right, value)) {
        return fail(e->d, "division by zero");
    }
    return variable_set_number(e->sh, t->symbol, *value, e->d);
}

/* ++ and --: the value is the one before or after. */
static bool evaluate_step(const struct evaluation *e, const struct arith *t, int64_t *value)
{
    bool up = t->kind == ARITH_PRE_INC || t->kind == ARITH_POST_INC;
    bool pre = t->kind == ARITH_PRE_INC || t->kind == ARITH_PRE_DEC;
    int64_t before;
    int64_t after;

    if (!read_variable(e->sh, t->symbol, &before, e->d)) {
        return false;
    }
    after = (int64_t)((uint64_t)before + (up ? 1 : UINT64_MAX));
    *value = pre ? after : before;
    return variable_set_number(e->sh, t->symbol, after, e->d);
}

static bool evaluate_unary(const struct evaluation *e, const struct arith *t, int64_t *value)
{
    if (!evaluate(e, t->right, value)) {
        return false;
    }
    if (t->kind == ARITH_MINUS) {
        *value = (int64_t)(0 - (uint64_t)*value);
    } else if (t->kind == ARITH_NOT) {
        *value = *value == 0;
    } else if (t->kind == ARITH_COMPLEMENT) {
        *value = ~*value;
    }
    return true;
}

/* What a row begins with. */
static bool evaluate_operand(const struct evaluation *e, const struct arith *t, int64_t *value)
{
    /* As an int: what goes on with a value begins no row. */
    switch ((int)t->kind) {
    case ARITH_NUMBER:
        *value = t->number;
        return true;
    case ARITH_PARAMETER:
        *value = e->parameters[t->number];
        return true;
    case ARITH_VARIABLE:
        return read_variable(e->sh, t->symbol, value, e->d);
    case ARITH_ASSIGN:
        return evaluate_assign(e, t, value);
    case ARITH_PRE_INC:
    case ARITH_PRE_DEC:
    case ARITH_POST_INC:
    case ARITH_POST_DEC:
        return evaluate_step(e, t, value);
    default: /* a sign, ! or ~ */
        return evaluate_unary(e, t, value);
    }
}

/* What goes on with the value so far: && and || look at their right side only when the left one
   leaves it open. */
static bool evaluate_next(const struct evaluation *e, const struct arith *t, int64_t *value)
{
    int64_t left = *value;

    switch ((int)t->kind) {
    case ARITH_AND:
    case ARITH_OR:
        if ((left != 0) == (t->kind == ARITH_AND) && !evaluate(e, t->right, value)) {
            return false;
        }
        *value = *value != 0;
        return true;
    case ARITH_CHOICE:
        return evaluate(e, left != 0 ? t->middle : t->right, value);
    case ARITH_COMMA:
        return evaluate(e, t->right, value);
    default:
        return evaluate(e, t->right, value) &&
               (combine(t->kind, left, *value, value) || fail(e->d, "division by zero"));
    }
}

static bool evaluate_row(const struct evaluation *e, const struct arith *t, int64_t *value)
{
    if (!depth_ok(&e->sh->depth)) {
        fail(e->d, "nested too deeply");
        e->d->status = 2;
        return false;
    }
    if (!evaluate_operand(e, t, value)) {
        return false;
    }
    for (t = t->next; t != NULL; t = t->next) {
        if (!evaluate_next(e, t, value)) {
            return false;
        }
    }
    return true;
}

bool arith_evaluate(struct shell *sh, const struct arith *tree, const int64_t *parameters,
                    int64_t *value, struct diag *d)
{
    struct evaluation e = {sh, parameters, d};

    return evaluate(&e, tree, value);
}
