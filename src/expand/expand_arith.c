/* expand_arith.c -- arithmetic expansion (XCU 2.6.4): the text is expanded first, then parsed; as
   far as nobody can tell, only numbers are put into what was parsed long before. */
#include <string.h>

#include "base/number.h"
#include "base/symbol.h"
#include "expand/arith.h"
#include "expand/build.h"
#include "expand/parameter.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/arith.h"
#include "syntax/tree.h"

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* ---- from the text ---- */

static bool evaluate_text(struct shell *sh, const char *text, size_t length, int64_t *value,
                          struct diag *d)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct symbol *few[8];
    struct symbol_list names = {
        .table = &sh->symbols, .items = few, .capacity = ARRAY_LEN(few), .lent = true};
    struct arith *tree = arith_parse(text, length, &sh->scratch, &names, &sh->depth, d);
    bool ok = tree != NULL && arith_evaluate(sh, tree, NULL, value, d);
    symbol_list_release(&names);
    arena_release(&sh->scratch, mark);
    return ok;
}

static bool expand_text(struct shell *sh, const struct word *word, int64_t *value, struct diag *d)
{
    struct build b;
    bool ok = build_word(&b, sh, word, BUILD_STRING, d) &&
              evaluate_text(sh, b.text.data, b.text.length, value, d);
    build_free(&b);
    return ok;
}

/* ---- from numbers ---- */

/* An integer constant, and the first byte of its text. */
struct constant {
    int64_t value;
    char first;
};

static bool variable_constant(struct shell *sh, struct symbol *symbol, struct constant *c)
{
    bool present;
    if (!variable_number(sh, symbol, &c->value, &present) || !present) {
        return false;
    }
    const struct variable *v = symbol->variable;
    if (v->kind == VALUE_NUMBER) {
        c->first = c->value < 0 ? '-' : '0';
    } else {
        c->first = v->length == 0 ? '\0' : v->text[0];
    }
    return true;
}

static bool length_constant(struct shell *sh, const struct parameter *p, struct constant *c)
{
    size_t length;
    bool present = parameter_length(sh, p, &length);
    c->value = (int64_t)length;
    c->first = '0';
    return present;
}

static bool parameter_constant(struct shell *sh, const struct parameter *p, struct constant *c)
{
    if (p->op == OP_LENGTH) {
        return length_constant(sh, p, c);
    }
    if (p->kind == PARAMETER_NAME) {
        return variable_constant(sh, p->symbol, c);
    }
    struct value v;
    parameter_value(sh, p, &v);
    if (v.length == 0 || !number_constant(v.text, v.length, &c->value)) {
        return false;
    }
    c->first = v.text[0];
    return true;
}

/* A first byte is all that can join with the text before: y-$x is y-- for x=-1. */
static bool stands_alone(char before, char first)
{
    return first == '-' ? before != '-' : (unsigned)first - '0' < 10;
}

/* All of them come first: what the expression assigns does not matter to them. False: only the text
   tells what it means; then nothing has happened yet. */
static bool read_parameters(struct shell *sh, const struct part *part, int64_t *values)
{
    char before = '\0';
    for (; part != NULL; part = part->next) {
        struct constant c;
        if (part->kind == PART_PARAMETER) {
            if (!parameter_constant(sh, &part->parameter, &c) || !stands_alone(before, c.first)) {
                return false;
            }
            *values++ = c.value;
        } else if (part->text.length != 0) {
            before = part->text.bytes[part->text.length - 1];
        }
    }
    return true;
}

bool expand_arithmetic(struct shell *sh, const struct part *part, int64_t *value, struct diag *d)
{
    const struct arith *tree = part->arithmetic.tree;
    const struct word *text = part->arithmetic.text;
    int64_t parameters[ARITH_PARAMETERS];
    if (tree != NULL &&
        ((text->traits & WORD_EXPANDS) == 0 || read_parameters(sh, text->parts, parameters))) {
        return arith_evaluate(sh, tree, parameters, value, d);
    }
    return expand_text(sh, text, value, d);
}
