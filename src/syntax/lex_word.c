/* lex_word.c -- words outside of double quotes (XCU 2.2.1, 2.2.2, 2.6.1). */
#include <string.h>

#include "base/arena.h"
#include "syntax/parser.h"
#include "syntax/word.h"

enum {
    STOP_WORD = CHAR_DELIMITER | CHAR_QUOTE | CHAR_GLOB | CHAR_PEEK,
    STOP_BRACE = CHAR_CLOSE_BRACE | CHAR_NEWLINE | CHAR_QUOTE | CHAR_GLOB | CHAR_PEEK,
};

/* ---- quotes ---- */

/* The run up to `end`, without NUL bytes. */
static void quoted_run(struct lexer *lex, struct builder *b, const char *end)
{
    while (lex->at < end) {
        const char *stop = memchr(lex->at, '\0', (size_t)(end - lex->at));
        const char *line = lex->at;

        stop = stop == NULL ? end : stop;
        builder_text(lex, b, lex->at, (size_t)(stop - lex->at), true);
        while ((line = memchr(line, '\n', (size_t)(stop - line))) != NULL) {
            line++;
            lex->line += lex->line_step;
            lex->line_start = line;
        }
        lex->at = stop < end ? stop + 1 : stop;
    }
}

static bool single_quotes(struct lexer *lex, struct builder *b)
{
    struct place start = lex_place(lex);

    lex_advance(lex);
    builder_text(lex, b, "", 0, true);
    while (lex_peek_raw(lex) >= 0) {
        const char *quote = memchr(lex->at, '\'', (size_t)(lex->end - lex->at));

        quoted_run(lex, b, quote == NULL ? lex->end : quote);
        if (quote != NULL) {
            lex->at++;
            return true;
        }
    }
    syntax_unterminated(lex, &start, "quoted string");
    return false;
}

static bool backslash(struct lexer *lex, struct builder *b)
{
    lex_advance(lex);
    if (lex_peek_raw(lex) < 0) {
        builder_copy(lex, b, "\\", 1, true); /* the last byte of the input stands for itself */
        return true;
    }
    builder_text(lex, b, lex->at, 1, true);
    lex_advance(lex);
    return true;
}

/* ---- tildes ---- */

static bool ends_tilde(int c, enum unquoted_mode mode, bool colon)
{
    if (c < 0 || c == '/' || (c == ':' && colon)) {
        return true;
    }
    return char_is(c, mode == UNQUOTED_WORD ? CHAR_DELIMITER : CHAR_CLOSE_BRACE);
}

/* Stands at a ~ where a tilde-prefix may stand. */
static void tilde(struct lexer *lex, struct builder *b, enum unquoted_mode mode, bool assignment)
{
    struct buf *user = &lex->name;
    struct part *part;
    bool colon = assignment; /* x=${y-~:z}: as the other shells do, a colon ends that one, too */
    int c;

    if (mode == UNQUOTED_BRACE && b->outer != NULL) {
        colon = (b->outer->traits & WORD_ASSIGNMENT) != 0;
    }
    lex_advance(lex);
    user->length = 0;
    buf_putc(user, '~');
    while (c = lex_peek(lex), char_is(c, CHAR_LOGIN)) {
        buf_putc(user, (char)c);
        lex_advance(lex);
    }
    if (!ends_tilde(c, mode, colon)) {
        builder_copy(lex, b, user->data, user->length, false);
        return;
    }
    part = builder_part(lex, b, PART_TILDE, false);
    part->tilde.length = user->length - 1;
    part->tilde.user = arena_text(&lex->program->arena, user->data + 1, user->length - 1);
    part->tilde.assignment_only = assignment;
    if (!assignment) {
        b->traits |= WORD_TILDE;
    }
}

/* Behind the = or a : of a word of assignment form. */
static void assignment_tilde(struct lexer *lex, struct builder *b, enum unquoted_mode mode)
{
    if (lex_peek(lex) == '~') {
        tilde(lex, b, mode, true);
    }
}

/* ---- words ---- */

/* Takes an unquoted NAME= or a tilde-prefix at the beginning of a word. */
static void word_start(struct lexer *lex, struct builder *b)
{
    int c = lex_peek(lex);

    if (c == '~') {
        tilde(lex, b, UNQUOTED_WORD, false);
        return;
    }
    if (!char_is(c, CHAR_LETTER)) {
        return;
    }
    while (c = lex_peek(lex), char_is(c, CHAR_NAME)) {
        const char *p = lex->at;

        while (p < lex->end && char_is((unsigned char)*p, CHAR_NAME)) {
            p++;
        }
        builder_text(lex, b, lex->at, (size_t)(p - lex->at), false);
        lex->at = p;
    }
    if (c == '=') {
        builder_text(lex, b, lex->at, 1, false);
        lex_advance(lex);
        b->traits |= WORD_ASSIGNMENT;
        assignment_tilde(lex, b, UNQUOTED_WORD);
    }
}

/* One character that stopped the run. */
static bool special(struct lexer *lex, struct builder *b, int c, enum unquoted_mode mode)
{
    switch (c) {
    case '\'':
        return single_quotes(lex, b);
    case '"':
        return lex_double_quotes(lex, b);
    case '\\':
        return backslash(lex, b);
    case '$':
        return lex_dollar(lex, b, false);
    case '`':
        return lex_backquotes(lex, b, false);
    case '*':
    case '?':
        b->traits |= WORD_GLOBS;
        break;
    case '[':
        b->bracket = true;
        break;
    default:
        break;
    }
    builder_text(lex, b, lex->at, 1, false);
    lex_advance(lex);
    if (c == ':' && (b->traits & WORD_ASSIGNMENT)) {
        assignment_tilde(lex, b, mode);
    }
    return true;
}

bool lex_unquoted(struct lexer *lex, struct builder *b, enum unquoted_mode mode)
{
    unsigned ends = mode == UNQUOTED_WORD ? CHAR_DELIMITER : CHAR_CLOSE_BRACE;
    unsigned stop = mode == UNQUOTED_WORD ? STOP_WORD : STOP_BRACE;

    if (mode == UNQUOTED_WORD) {
        word_start(lex, b);
    } else if (lex_peek(lex) == '~') {
        tilde(lex, b, mode, false);
    }
    if (b->traits & WORD_ASSIGNMENT) {
        stop |= CHAR_COLON;
    }
    for (;;) {
        int c = builder_run(lex, b, stop, false);

        if (c < 0 || char_is(c, ends)) {
            return !lex->failed;
        }
        if (!special(lex, b, c, mode)) {
            return false;
        }
    }
}

/* A word without anything special, in one piece: most are. NULL: it is not that simple. */
static struct word *plain_word(struct lexer *lex)
{
    const char *start = lex->at;
    const char *p = start;
    const char *end = lex->end;
    unsigned traits = 0;
    unsigned seen = 0;
    struct word *word;

    for (; p < end && (char_table[(unsigned char)*p] & CHAR_NAME); p++) {
        seen |= char_table[(unsigned char)*p];
    }
    if (p < end && *p == '=' && p > start && !char_is((unsigned char)*start, CHAR_DIGIT)) {
        traits = WORD_ASSIGNMENT;
    }
    for (; p < end && !(char_table[(unsigned char)*p] & STOP_WORD); p++) {
        seen |= char_table[(unsigned char)*p];
    }
    if (p == end || !(char_table[(unsigned char)*p] & CHAR_DELIMITER) || *start == '~' ||
        (traits != 0 && memchr(start, '~', (size_t)(p - start)) != NULL)) {
        return NULL;
    }
    word = word_literal(lex, start, (size_t)(p - start), traits);
    if (seen & CHAR_TELLS) {
        lex->literal |= traits_of_text(word->text, word->length);
    }
    lex->at = p;
    return word;
}

struct word *lex_word(struct lexer *lex)
{
    struct word *word = plain_word(lex);
    struct builder b;

    if (word != NULL) {
        return word;
    }
    builder_begin(lex, &b);
    if (!lex_unquoted(lex, &b, UNQUOTED_WORD)) {
        return NULL;
    }
    return builder_finish(lex, &b);
}

/* ---- here-document delimiters ---- */

/* "..." in a delimiter. */
static bool delimiter_double(struct lexer *lex, struct builder *b)
{
    struct place start = lex_place(lex);
    int c;

    lex_advance(lex);
    builder_text(lex, b, "", 0, true);
    while (c = lex_peek(lex), c >= 0 && c != '"') {
        if (c == '\\') {
            lex_advance(lex);
            c = lex_peek_raw(lex);
            if (!char_is(c, CHAR_DOUBLE)) {
                builder_copy(lex, b, "\\", 1, true);
                continue;
            }
        }
        builder_text(lex, b, lex->at, 1, true);
        lex_advance(lex);
    }
    if (c < 0) {
        syntax_unterminated(lex, &start, "quoted string");
        return false;
    }
    lex_advance(lex);
    return true;
}

/* $ and ` are ordinary: the delimiter is not expanded (XCU 2.7.4). */
static bool delimiter_special(struct lexer *lex, struct builder *b, int c)
{
    struct place start = lex_place(lex);

    switch (c) {
    case '\'':
        return single_quotes(lex, b);
    case '"':
        return delimiter_double(lex, b);
    case '\\':
        return backslash(lex, b);
    case '$':
        lex_advance(lex);
        if (lex_peek(lex) == '\'') {
            return lex_dollar_quotes(lex, b, &start);
        }
        builder_copy(lex, b, "$", 1, false);
        return true;
    default:
        builder_text(lex, b, lex->at, 1, false);
        lex_advance(lex);
        return true;
    }
}

struct word *lex_delimiter(struct lexer *lex)
{
    int c = lex_skip_blanks(lex);
    struct builder b;

    if (c < 0 || char_is(c, CHAR_DELIMITER)) {
        return NULL;
    }
    builder_begin(lex, &b);
    while (c = lex_peek(lex), c >= 0 && !char_is(c, CHAR_DELIMITER)) {
        if (!delimiter_special(lex, &b, c)) {
            return NULL;
        }
    }
    return builder_finish(lex, &b);
}
