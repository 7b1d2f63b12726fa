/* lex_double.c -- text read as in double quotes: "...", here-documents, $((...)) (XCU 2.2.3). */
#include "base/arena.h"
#include "syntax/parser.h"
#include "syntax/word.h"

struct doubled {
    enum double_mode mode;
    bool inner;    /* BRACE: inside a "..." of its own */
    size_t parens; /* ARITHMETIC: open ones */
};

static bool is_escapable(const struct doubled *state, int c)
{
    if (c == '"') {
        return state->mode != DOUBLE_HERE;
    }
    return char_is(c, CHAR_DOUBLE) || (c == '}' && state->mode == DOUBLE_BRACE);
}

static void take_text(struct lexer *lex, struct builder *b)
{
    builder_text(lex, b, lex->at, 1, true);
    lex_advance(lex);
}

/* A backslash that is no line continuation. */
static void backslash(struct lexer *lex, struct builder *b, const struct doubled *state)
{
    lex_advance(lex);
    if (is_escapable(state, lex_peek_raw(lex))) {
        take_text(lex, b);
    } else {
        builder_copy(lex, b, "\\", 1, true);
    }
}

/* True when it ended the text; the other meanings are dealt with. */
static bool double_quote(struct lexer *lex, struct builder *b, struct doubled *state)
{
    switch (state->mode) {
    case DOUBLE_QUOTES:
        lex_advance(lex);
        return true;
    case DOUBLE_BRACE:
        state->inner = !state->inner;
        lex_advance(lex);
        return false;
    case DOUBLE_ARITHMETIC:
        lex_advance(lex);
        return false;
    case DOUBLE_HERE:
        take_text(lex, b);
        return false;
    }
    return true;
}

/* A parenthesis of $((...)): true when it closes the expansion. */
static bool parenthesis(struct lexer *lex, struct builder *b, struct doubled *state, int c)
{
    if (c == '(') {
        state->parens++;
    } else if (state->parens > 0) {
        state->parens--;
    } else {
        lex_advance(lex);
        return true;
    }
    take_text(lex, b);
    return false;
}

/* One character that stopped the run; true when the end has been reached. */
static bool special(struct lexer *lex, struct builder *b, struct doubled *state, int c)
{
    switch (c) {
    case '$':
        lex_dollar(lex, b, true);
        return lex->failed;
    case '`':
        lex_backquotes(lex, b, true);
        return lex->failed;
    case '\\':
        backslash(lex, b, state);
        return false;
    case '"':
        return double_quote(lex, b, state);
    case '}':
        if (state->mode == DOUBLE_BRACE && !state->inner) {
            return true;
        }
        break;
    case '(':
    case ')':
        if (state->mode == DOUBLE_ARITHMETIC) {
            return parenthesis(lex, b, state, c);
        }
        break;
    default:
        break;
    }
    take_text(lex, b);
    return false;
}

static unsigned stops(enum double_mode mode)
{
    unsigned always = CHAR_DOUBLE | CHAR_PEEK | CHAR_NEWLINE;

    switch (mode) {
    case DOUBLE_BRACE:
        return always | CHAR_CLOSE_BRACE;
    case DOUBLE_ARITHMETIC:
        return always | CHAR_PAREN;
    case DOUBLE_QUOTES:
    case DOUBLE_HERE:
        break;
    }
    return always;
}

enum double_end lex_double(struct lexer *lex, struct builder *b, enum double_mode mode)
{
    struct doubled state = {.mode = mode};
    unsigned stop = stops(mode);

    b->opening = true;
    for (;;) {
        int c = builder_run(lex, b, stop, true);

        if (c < 0) {
            return mode == DOUBLE_HERE && !lex->failed ? DOUBLE_DONE : DOUBLE_FAILED;
        }
        if (special(lex, b, &state, c)) {
            break;
        }
    }
    if (lex->failed) {
        return DOUBLE_FAILED;
    }
    if (mode == DOUBLE_ARITHMETIC && !lex_follows(lex, ')')) {
        return DOUBLE_OTHER;
    }
    return DOUBLE_DONE;
}

bool lex_double_quotes(struct lexer *lex, struct builder *b)
{
    struct place start = lex_place(lex);

    lex_advance(lex);
    if (lex_double(lex, b, DOUBLE_QUOTES) == DOUBLE_FAILED) {
        syntax_unterminated(lex, &start, "quoted string");
        return false;
    }
    if (b->opening) {
        builder_text(lex, b, "", 0, true); /* "" is an empty field */
    }
    b->opening = false;
    return true;
}
