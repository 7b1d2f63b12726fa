/* arith_parse.c -- the text of an arithmetic expression to its tree, by precedence climbing. */
#include "syntax/arith.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/depth.h"
#include "base/diag.h"
#include "base/quote.h"
#include "base/symbol.h"
#include "syntax/tree.h"

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* arith_assigns and the evaluator recurse where the parser did: this bounds them, too. */
enum { LEVELS_MOST = 10000 };

/* How much of the offending text a message shows. */
enum { SHOWN_MOST = 40 };

struct parser {
    const char *at;
    const char *end;
    struct arena *arena;
    struct symbol_list *names;
    struct depth *depth;
    struct diag *d;
    unsigned levels;
    unsigned parameters; /* so many more $ stand for one */
    unsigned parameter;  /* so many have been seen */
};

/* ---- operators ---- */

struct infix {
    char text[4];
    unsigned char length;
    unsigned char precedence; /* 0: assignment */
    enum arith_kind kind;     /* of the assignment: the operation to do before; NUMBER: none */
};

/* Longer ones first: the first that fits is meant. */
static const struct infix infixes[] = {
    {"<<=", 3, 0, ARITH_SHIFT_LEFT}, {">>=", 3, 0, ARITH_SHIFT_RIGHT},
    {"<<", 2, 8, ARITH_SHIFT_LEFT},  {">>", 2, 8, ARITH_SHIFT_RIGHT},
    {"<=", 2, 7, ARITH_LESS_EQUAL},  {">=", 2, 7, ARITH_GREATER_EQUAL},
    {"==", 2, 6, ARITH_EQUAL},       {"!=", 2, 6, ARITH_UNEQUAL},
    {"&&", 2, 2, ARITH_AND},         {"||", 2, 1, ARITH_OR},
    {"*=", 2, 0, ARITH_MUL},         {"/=", 2, 0, ARITH_DIV},
    {"%=", 2, 0, ARITH_MOD},         {"+=", 2, 0, ARITH_ADD},
    {"-=", 2, 0, ARITH_SUB},         {"&=", 2, 0, ARITH_BIT_AND},
    {"^=", 2, 0, ARITH_BIT_XOR},     {"|=", 2, 0, ARITH_BIT_OR},
    {"+", 1, 9, ARITH_ADD},          {"-", 1, 9, ARITH_SUB},
    {"*", 1, 10, ARITH_MUL},         {"/", 1, 10, ARITH_DIV},
    {"%", 1, 10, ARITH_MOD},         {"<", 1, 7, ARITH_LESS},
    {">", 1, 7, ARITH_GREATER},      {"=", 1, 0, ARITH_NUMBER},
    {"&", 1, 5, ARITH_BIT_AND},      {"^", 1, 4, ARITH_BIT_XOR},
    {"|", 1, 3, ARITH_BIT_OR},
};

static bool is_digit(char byte)
{
    return (unsigned)byte - '0' < 10;
}

static bool is_name_start(char byte)
{
    return ((unsigned)byte | 0x20) - 'a' < 26 || byte == '_';
}

static bool is_name_byte(char byte)
{
    return is_name_start(byte) || is_digit(byte);
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static void skip_space(struct parser *p)
{
    while (p->at < p->end && is_space(*p->at)) {
        p->at++;
    }
}

/* Is this the next token's text? Skips the space before it. */
static bool next_is(struct parser *p, const char *text, size_t length)
{
    skip_space(p);
    return (size_t)(p->end - p->at) >= length && memcmp(p->at, text, length) == 0;
}

static const struct infix *next_operator(struct parser *p)
{
    size_t left;

    skip_space(p);
    left = (size_t)(p->end - p->at);
    if (left == 0 || is_name_byte(*p->at) || *p->at == ')') {
        return NULL;
    }
    for (size_t i = 0; i < ARRAY_LEN(infixes); i++) {
        const struct infix *op = &infixes[i];

        if (*p->at == op->text[0] && left >= op->length &&
            memcmp(p->at, op->text, op->length) == 0) {
            return op;
        }
    }
    return NULL;
}

/* ---- errors and nodes ---- */

/* Always NULL, so that a parsing function can end with it. */
static struct arith *fail(struct parser *p, const char *what, const char *at, const char *end)
{
    struct buf shown = {0};

    if (!diag_is_set(p->d)) {
        if (at < end) {
            quote_add_visible(&shown, at, (size_t)(end - at), SHOWN_MOST);
            diag_set(p->d, DIAG_EXPANSION, "arithmetic: %s \"%s\"", what, buf_text(&shown));
        } else {
            diag_set(p->d, DIAG_EXPANSION, "arithmetic: %s end of expression", what);
        }
        p->d->status = 2;
        buf_free(&shown);
    }
    return NULL;
}

static struct arith *fail_here(struct parser *p, const char *what)
{
    skip_space(p);
    return fail(p, what, p->at, p->end);
}

static struct arith *new_node(struct parser *p, enum arith_kind kind)
{
    struct arith *node = arena_alloc(p->arena, sizeof(*node));

    *node = (struct arith){.kind = kind, .op = ARITH_NUMBER, .last = node};
    return node;
}

/* Is it nothing but a number, nothing but a variable? Parentheses do not matter. */
static bool is_lone(const struct arith *row, enum arith_kind kind)
{
    return row->kind == kind && row->next == NULL;
}

/* The longer row; NULL when its right side could not be parsed. */
static struct arith *append(struct arith *row, struct arith *node, struct arith *right)
{
    node->right = right;
    row->last->next = node;
    row->last = node;
    return right == NULL ? NULL : row;
}

static struct arith *new_unary(struct parser *p, enum arith_kind kind, struct arith *operand)
{
    struct arith *node = new_node(p, kind);

    node->right = operand;
    return node;
}

/* One level deeper: every recursion of this file goes through here. */
static struct arith *nested(struct parser *p, struct arith *(*parse)(struct parser *p))
{
    struct arith *node;

    if (p->levels >= LEVELS_MOST || !depth_ok(p->depth)) {
        if (!diag_is_set(p->d)) {
            diag_set(p->d, DIAG_EXPANSION, "arithmetic: nested too deeply");
            p->d->status = 2;
        }
        return NULL;
    }
    p->levels++;
    node = parse(p);
    p->levels--;
    return node;
}

/* ---- operands ---- */

static unsigned digit_value(char byte)
{
    unsigned letter = ((unsigned)byte | 0x20) - 'a';

    if (is_digit(byte)) {
        return (unsigned)byte - '0';
    }
    return letter < 6 ? letter + 10 : 16;
}

/* Constants of ISO C without suffix; values beyond 64 bits wrap around. */
static struct arith *parse_number(struct parser *p)
{
    const char *start = p->at;
    const char *digits = start;
    unsigned base = 10;
    uint64_t sum = 0;
    struct arith *node;

    while (p->at < p->end && is_name_byte(*p->at)) {
        p->at++;
    }
    if (p->at - start > 2 && start[0] == '0' && (start[1] | 0x20) == 'x') {
        base = 16;
        digits += 2;
    } else if (start[0] == '0') {
        base = 8;
    }
    for (; digits < p->at; digits++) {
        unsigned digit = digit_value(*digits);

        if (digit >= base) {
            return fail(p, "invalid number", start, p->at);
        }
        sum = sum * base + digit;
    }
    node = new_node(p, ARITH_NUMBER);
    node->number = (int64_t)sum;
    return node;
}

static struct arith *parse_variable(struct parser *p)
{
    const char *start = p->at;
    struct arith *node = new_node(p, ARITH_VARIABLE);

    while (p->at < p->end && is_name_byte(*p->at)) {
        p->at++;
    }
    node->symbol = symbol_list_intern(p->names, start, (size_t)(p->at - start));
    return node;
}

static struct arith *parse_parameter(struct parser *p)
{
    struct arith *node = new_node(p, ARITH_PARAMETER);

    p->at++;
    node->number = p->parameter++;
    return node;
}

static struct arith *parse_comma(struct parser *p);

static struct arith *parse_group(struct parser *p)
{
    struct arith *node;

    p->at++;
    node = nested(p, parse_comma);
    if (node == NULL) {
        return NULL;
    }
    if (!next_is(p, ")", 1)) {
        return fail_here(p, "expected \")\" at");
    }
    p->at++;
    return node;
}

/* A constant, a parameter, a variable or a group, with the ++ or -- behind a variable. */
static struct arith *parse_primary(struct parser *p)
{
    struct arith *node;

    skip_space(p);
    if (p->at == p->end) {
        return fail_here(p, "expected operand at");
    }
    if (is_digit(*p->at)) {
        return parse_number(p);
    }
    if (*p->at == '$' && p->parameter < p->parameters) {
        return parse_parameter(p);
    }
    if (*p->at == '(') {
        node = parse_group(p);
    } else if (is_name_start(*p->at)) {
        node = parse_variable(p);
    } else {
        return fail_here(p, "expected operand at");
    }
    if (node != NULL && is_lone(node, ARITH_VARIABLE)) {
        if (next_is(p, "++", 2)) {
            node->kind = ARITH_POST_INC;
            p->at += 2;
        } else if (next_is(p, "--", 2)) {
            node->kind = ARITH_POST_DEC;
            p->at += 2;
        }
    }
    return node;
}

static struct arith *parse_unary(struct parser *p);

/* `--5` is - -5, as in shells without this operator; ++ and -- want a variable behind them. */
static struct arith *parse_step(struct parser *p, enum arith_kind step)
{
    enum arith_kind sign = step == ARITH_PRE_INC ? ARITH_PLUS : ARITH_MINUS;
    struct arith *operand;

    p->at += 2;
    operand = nested(p, parse_unary);
    if (operand == NULL) {
        return NULL;
    }
    if (is_lone(operand, ARITH_VARIABLE)) {
        operand->kind = step;
        return operand;
    }
    return new_unary(p, sign, new_unary(p, sign, operand));
}

static struct arith *parse_sign(struct parser *p, enum arith_kind kind)
{
    struct arith *operand;

    p->at++;
    operand = nested(p, parse_unary);
    if (operand == NULL) {
        return NULL;
    }
    if (is_lone(operand, ARITH_NUMBER) && kind == ARITH_MINUS) {
        operand->number = (int64_t)(0 - (uint64_t)operand->number);
        return operand;
    }
    return new_unary(p, kind, operand);
}

static struct arith *parse_unary(struct parser *p)
{
    if (next_is(p, "++", 2)) {
        return parse_step(p, ARITH_PRE_INC);
    }
    if (next_is(p, "--", 2)) {
        return parse_step(p, ARITH_PRE_DEC);
    }
    switch (p->at < p->end ? *p->at : '\0') {
    case '+':
        return parse_sign(p, ARITH_PLUS);
    case '-':
        return parse_sign(p, ARITH_MINUS);
    case '!':
        return parse_sign(p, ARITH_NOT);
    case '~':
        return parse_sign(p, ARITH_COMPLEMENT);
    default:
        return parse_primary(p);
    }
}

/* ---- operators between operands ---- */

/* Operators that bind at least as tightly as `least`. Recurses at most once per precedence. */
static struct arith *parse_binary(struct parser *p, unsigned least)
{
    struct arith *row = parse_unary(p);

    while (row != NULL) {
        const struct infix *op = next_operator(p);

        if (op == NULL || op->precedence == 0 || op->precedence < least) {
            break;
        }
        p->at += op->length;
        row = append(row, new_node(p, op->kind), parse_binary(p, op->precedence + 1U));
    }
    return row;
}

static struct arith *parse_choice(struct parser *p)
{
    struct arith *condition = parse_binary(p, 1);
    struct arith *node;

    if (condition == NULL || !next_is(p, "?", 1)) {
        return condition;
    }
    p->at++;
    node = new_node(p, ARITH_CHOICE);
    node->middle = nested(p, parse_comma);
    if (node->middle == NULL) {
        return NULL;
    }
    if (!next_is(p, ":", 1)) {
        return fail_here(p, "expected \":\" at");
    }
    p->at++;
    return append(condition, node, nested(p, parse_choice));
}

static struct arith *parse_assignment(struct parser *p)
{
    struct arith *left = parse_choice(p);
    const struct infix *op = left == NULL ? NULL : next_operator(p);

    if (op == NULL || op->precedence != 0) {
        return left;
    }
    if (!is_lone(left, ARITH_VARIABLE)) {
        return fail_here(p, "assignment to something that is no variable at");
    }
    p->at += op->length;
    left->kind = ARITH_ASSIGN;
    left->op = op->kind;
    left->right = nested(p, parse_assignment);
    return left->right == NULL ? NULL : left;
}

static struct arith *parse_comma(struct parser *p)
{
    struct arith *row = parse_assignment(p);

    while (row != NULL && next_is(p, ",", 1)) {
        p->at++;
        row = append(row, new_node(p, ARITH_COMMA), parse_assignment(p));
    }
    return row;
}

static struct arith *parse_all(struct parser *p)
{
    struct arith *tree;

    skip_space(p);
    if (p->at == p->end) {
        return new_node(p, ARITH_NUMBER);
    }
    tree = nested(p, parse_comma);
    skip_space(p);
    if (tree != NULL && p->at < p->end) {
        return fail_here(p, "unexpected text at");
    }
    return tree;
}

/* NOLINTNEXTLINE(readability-function-size): text, result and error are six things */
struct arith *arith_parse(const char *text, size_t length, struct arena *arena,
                          struct symbol_list *names, struct depth *depth, struct diag *d)
{
    struct parser p = {
        .at = text, .end = text + length, .arena = arena, .names = names, .depth = depth, .d = d};

    return parse_all(&p);
}

/* ---- parameters as operands ---- */

/* A single value without any ${x-y} to it, and not $- which is no number. */
static bool parameter_is_operand(const struct parameter *parameter)
{
    return (parameter->op == OP_NONE || parameter->op == OP_LENGTH) &&
           (parameter->kind != PARAMETER_SPECIAL || strchr("#?$!", parameter->special) != NULL);
}

/* The word's text with a $ for each parameter; false when it is not of this kind. A $ or another
   byte that no expression can hold is left to the expanded text. */
static bool word_text(const struct word *word, struct buf *text, unsigned *parameters)
{
    for (const struct part *part = word->parts; part != NULL; part = part->next) {
        if (part->kind == PART_TEXT) {
            if (memchr(part->text.bytes, '$', part->text.length) != NULL) {
                return false;
            }
            buf_add(text, part->text.bytes, part->text.length);
            continue;
        }
        if (part->kind != PART_PARAMETER || *parameters == ARITH_PARAMETERS ||
            !parameter_is_operand(&part->parameter)) {
            return false;
        }
        buf_putc(text, '$');
        ++*parameters;
    }
    return true;
}

struct arith *arith_parse_word(const struct word *word, struct arena *arena,
                               struct symbol_list *names, struct depth *depth)
{
    struct diag ignored = {0};
    struct buf text = {0};
    struct arith *tree = NULL;
    struct parser p = {.arena = arena, .names = names, .depth = depth, .d = &ignored};

    if (word->traits & WORD_LITERAL) {
        p.at = word->text;
        p.end = word->text + word->length;
        tree = parse_all(&p);
    } else if (word_text(word, &text, &p.parameters)) {
        p.at = text.data;
        p.end = text.data + text.length;
        tree = parse_all(&p);
    }
    buf_free(&text);
    diag_clear(&ignored); /* the error comes when the expanded text is evaluated */
    return tree;
}

bool arith_assigns(const struct arith *tree)
{
    for (; tree != NULL; tree = tree->next) {
        if (tree->kind >= ARITH_ASSIGN && tree->kind <= ARITH_POST_DEC) {
            return true;
        }
        if ((tree->middle != NULL && arith_assigns(tree->middle)) ||
            (tree->right != NULL && arith_assigns(tree->right))) {
            return true;
        }
    }
    return false;
}
