/* lex_brace.c -- ${...} in all its forms (XCU 2.6.2), and those we do not know. */
#include <limits.h>

#include "base/arena.h"
#include "base/number.h"
#include "syntax/parser.h"
#include "syntax/word.h"

/* How a ${...} went so far. */
enum form {
    FORM_PLAIN,   /* stands at the } */
    FORM_OPERAND, /* stands at the operand */
    FORM_UNKNOWN,
};

static int take(struct lexer *lex)
{
    int c = lex_peek(lex);

    if (c >= 0) {
        buf_putc(&lex->name, (char)c);
        lex_advance(lex);
    }
    return c;
}

static void take_run(struct lexer *lex, unsigned classes)
{
    while (char_is(lex_peek(lex), classes)) {
        take(lex);
    }
}

/* The parameter itself; false when there is none. */
static bool take_parameter(struct lexer *lex, struct parameter *parameter)
{
    size_t start = lex->name.length;
    int c = lex_peek(lex);

    if (char_is(c, CHAR_LETTER)) {
        take_run(lex, CHAR_NAME);
        parameter->kind = PARAMETER_NAME;
        parameter->symbol = symbol_list_intern(&lex->program->names, lex->name.data + start,
                                               lex->name.length - start);
        return true;
    }
    if (char_is(c, CHAR_DIGIT)) {
        take_run(lex, CHAR_DIGIT);
        parameter->kind = PARAMETER_POSITION;
        parameter->position =
            number_most(lex->name.data + start, lex->name.length - start, UINT_MAX);
        return true;
    }
    if (char_is(c, CHAR_SPECIAL)) {
        parameter->kind = PARAMETER_SPECIAL;
        parameter->special = (char)take(lex);
        return true;
    }
    return false;
}

static const struct {
    char sign;
    bool colon; /* may follow a colon */
    enum parameter_op op;
    enum parameter_op twice;
} operators[] = {
    {'-', true, OP_DEFAULT, OP_NONE},        {'=', true, OP_ASSIGN, OP_NONE},
    {'?', true, OP_ERROR, OP_NONE},          {'+', true, OP_ALTERNATIVE, OP_NONE},
    {'#', false, OP_PREFIX, OP_PREFIX_LONG}, {'%', false, OP_SUFFIX, OP_SUFFIX_LONG},
};

/* `c` has been taken; it is what follows the parameter. */
static enum form take_operator(struct lexer *lex, struct parameter *parameter, int c)
{
    if (c == ':') {
        parameter->colon = true;
        if (!char_is(lex_peek(lex), CHAR_SPECIAL) && lex_peek(lex) != '=' && lex_peek(lex) != '+') {
            return FORM_UNKNOWN;
        }
        c = take(lex);
    }
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
        if (operators[i].sign != c || (parameter->colon && !operators[i].colon)) {
            continue;
        }
        parameter->op = operators[i].op;
        if (operators[i].twice != OP_NONE && lex_peek(lex) == c) {
            take(lex);
            parameter->op = operators[i].twice;
        }
        return FORM_OPERAND;
    }
    return FORM_UNKNOWN;
}

static enum form after_parameter(struct lexer *lex, struct parameter *parameter)
{
    int c = lex_peek(lex);

    if (c == '}') {
        return FORM_PLAIN;
    }
    if (char_is(c, CHAR_SPECIAL | CHAR_COLON) || c == '=' || c == '+' || c == '%') {
        return take_operator(lex, parameter, take(lex));
    }
    return FORM_UNKNOWN;
}

/* `${#` has been taken: the length of something, or the parameter #. */
static enum form after_hash(struct lexer *lex, struct parameter *parameter)
{
    int c = lex_peek(lex);

    parameter->kind = PARAMETER_SPECIAL;
    parameter->special = '#';
    if (c == '-' || c == '?' || c == '#') {
        take(lex);
        if (lex_peek(lex) != '}') {
            return take_operator(lex, parameter, c); /* ${#-x} is $# with an operator */
        }
        parameter->special = (char)c;
        parameter->op = OP_LENGTH;
        return FORM_PLAIN;
    }
    if (char_is(c, CHAR_NAME | CHAR_SPECIAL)) {
        parameter->op = OP_LENGTH;
        take_parameter(lex, parameter);
        return lex_peek(lex) == '}' ? FORM_PLAIN : FORM_UNKNOWN;
    }
    return after_parameter(lex, parameter);
}

static enum form head(struct lexer *lex, struct parameter *parameter)
{
    lex->name.length = 0;
    parameter->braced = true;
    if (lex_peek(lex) == '#') {
        take(lex);
        return after_hash(lex, parameter);
    }
    if (!take_parameter(lex, parameter)) {
        return FORM_UNKNOWN;
    }
    return after_parameter(lex, parameter);
}

/* ---- the operand ---- */

static bool operand(struct lexer *lex, struct parameter *parameter, bool quoted)
{
    struct builder inner;
    bool done;

    builder_begin(lex, &inner);
    if (quoted && parameter->op < OP_PREFIX) {
        done = lex_double(lex, &inner, DOUBLE_BRACE) == DOUBLE_DONE;
    } else {
        done = lex_unquoted(lex, &inner, UNQUOTED_BRACE);
    }
    parameter->word = done ? builder_finish(lex, &inner) : NULL;
    return done;
}

/* ---- unknown forms ---- */

struct skipper {
    size_t braces;
    size_t parens; /* of $( inside: there a } means nothing */
    bool doubled;  /* inside "..." */
};

/* Behind a backslash or inside quotes, where a backslash is no line continuation of ours. */
static void take_raw(struct lexer *lex)
{
    int c = lex_peek_raw(lex);

    if (c >= 0) {
        buf_putc(&lex->name, (char)c);
        lex_advance(lex);
    }
}

/* Up to and with the next unescaped `quote`. */
static void skip_quotes(struct lexer *lex, int quote)
{
    int c;

    do {
        take_raw(lex);
        c = lex_peek_raw(lex);
        if (c == '\\' && quote != '\'') {
            take_raw(lex);
            c = lex_peek_raw(lex) < 0 ? -1 : ' ';
        }
    } while (c >= 0 && c != quote);
    if (c >= 0) {
        take_raw(lex);
    }
}

static void skip_dollar(struct lexer *lex, struct skipper *skipper)
{
    int c;

    take(lex);
    c = lex_peek(lex);
    if (c == '{') {
        skipper->braces += skipper->parens == 0;
        take(lex);
    } else if (c == '(') {
        skipper->parens++;
        take(lex);
    }
}

static void skip_one(struct lexer *lex, struct skipper *skipper, int c)
{
    switch (c) {
    case '\\':
        take_raw(lex);
        take_raw(lex);
        return;
    case '$':
        skip_dollar(lex, skipper);
        return;
    case '`':
        skip_quotes(lex, c);
        return;
    case '\'':
        if (!skipper->doubled || skipper->parens > 0) {
            skip_quotes(lex, c);
            return;
        }
        break;
    case '"':
        skip_quotes(lex, c);
        return;
    case '(':
        skipper->parens += skipper->parens > 0;
        break;
    case ')':
        skipper->parens -= skipper->parens > 0;
        break;
    case '}':
        skipper->braces -= skipper->parens == 0;
        break;
    default:
        break;
    }
    take(lex);
}

/* The rest of a ${...} that means nothing to us, in lex->name, behind what is there: it is an error
   only if it is ever expanded. */
static bool skip_unknown(struct lexer *lex, bool quoted)
{
    struct skipper skipper = {.braces = 1, .doubled = quoted};

    while (skipper.braces > 0) {
        int c = lex_peek(lex);

        if (c < 0) {
            return false;
        }
        skip_one(lex, &skipper, c);
    }
    return true;
}

static bool unknown(struct lexer *lex, struct builder *b, bool quoted)
{
    struct part *part;
    char *text;

    if (!skip_unknown(lex, quoted)) {
        return false;
    }
    part = builder_part(lex, b, PART_BAD, quoted);
    text = arena_alloc(&lex->program->arena, lex->name.length + 3);
    part->text.bytes = text;
    part->text.length = lex->name.length + 2;
    *text++ = '$';
    *text++ = '{';
    for (size_t i = 0; i < lex->name.length; i++) {
        *text++ = lex->name.data[i];
    }
    *text = '\0';
    builder_expands(b, quoted);
    b->traits |= WORD_EFFECTS;
    return true;
}

/* ---- all of it ---- */

static bool known(struct lexer *lex, struct builder *b, bool quoted,
                  const struct parameter *parameter)
{
    struct part *part = builder_part(lex, b, PART_PARAMETER, quoted);
    struct parameter *to = &part->parameter;

    *to = *parameter;
    builder_expands(b, quoted);
    if (to->kind == PARAMETER_SPECIAL && (to->special == '@' || to->special == '*') &&
        to->op != OP_LENGTH) {
        b->traits |= WORD_LIST;
    }
    if (to->op == OP_ASSIGN || to->op == OP_ERROR) {
        b->traits |= WORD_EFFECTS;
    }
    if (to->op > OP_LENGTH) {
        if (!operand(lex, to, quoted)) {
            return false;
        }
        b->traits |= to->word->traits & (WORD_RUNS | WORD_EFFECTS);
    }
    return lex_follows(lex, '}');
}

bool lex_braced(struct lexer *lex, struct builder *b, bool quoted, const struct place *start)
{
    struct parameter parameter = {.op = OP_NONE};
    bool done = false;

    lex_advance(lex);
    if (!lex_enter(lex)) {
        return false;
    }
    if (head(lex, &parameter) == FORM_UNKNOWN) {
        done = unknown(lex, b, quoted);
    } else {
        done = known(lex, b, quoted, &parameter);
    }
    lex_leave(lex);
    if (!done) {
        syntax_unterminated(lex, start, "parameter expansion");
    }
    return done;
}
