/* parse_token.c -- tokens for the grammar: reserved words (XCU 2.4) and aliases (XCU 2.3.1). */
#include <string.h>

#include "syntax/parser.h"

/* Sorted by the first character. */
static const struct {
    const char *text;
    size_t length;
    enum reserved reserved;
} reserved_words[] = {
    {"!", 1, RESERVED_BANG},    {"case", 4, RESERVED_CASE},   {"do", 2, RESERVED_DO},
    {"done", 4, RESERVED_DONE}, {"elif", 4, RESERVED_ELIF},   {"else", 4, RESERVED_ELSE},
    {"esac", 4, RESERVED_ESAC}, {"fi", 2, RESERVED_FI},       {"for", 3, RESERVED_FOR},
    {"if", 2, RESERVED_IF},     {"in", 2, RESERVED_IN},       {"then", 4, RESERVED_THEN},
    {"time", 4, RESERVED_TIME}, {"until", 5, RESERVED_UNTIL}, {"while", 5, RESERVED_WHILE},
    {"{", 1, RESERVED_OPEN},    {"}", 1, RESERVED_CLOSE},
};

enum { RESERVED_COUNT = sizeof(reserved_words) / sizeof(reserved_words[0]), RESERVED_LONGEST = 5 };

/* 1 + index of the first reserved word that begins with the byte. */
static const unsigned char first_index[256] = {
    ['!'] = 1,  ['c'] = 2,  ['d'] = 3,  ['e'] = 5,  ['f'] = 8,  ['i'] = 10,
    ['t'] = 12, ['u'] = 14, ['w'] = 15, ['{'] = 16, ['}'] = 17,
};

static inline enum reserved find_reserved(const char *text, size_t length)
{
    size_t i = first_index[(unsigned char)text[0]];

    if (i == 0 || length > RESERVED_LONGEST) {
        return RESERVED_NONE;
    }
    for (i--; i < RESERVED_COUNT && reserved_words[i].text[0] == text[0]; i++) {
        if (reserved_words[i].length == length &&
            reserved_words[i].text[length - 1] == text[length - 1] &&
            memcmp(reserved_words[i].text, text, length) == 0) {
            return reserved_words[i].reserved;
        }
    }
    return RESERVED_NONE;
}

bool parse_is_reserved(const char *text)
{
    return find_reserved(text, strlen(text)) != RESERVED_NONE;
}

const char *reserved_text(enum reserved reserved)
{
    for (size_t i = 0; i < RESERVED_COUNT; i++) {
        if (reserved_words[i].reserved == reserved) {
            return reserved_words[i].text;
        }
    }
    return "";
}

/* Is the token part of what this alias stands for? */
static bool inside_alias(const struct lexer *lex, const struct symbol *name)
{
    for (const struct layer *layer = lex->token_layer; layer != NULL; layer = layer->within) {
        if (layer->alias == name) {
            return true;
        }
    }
    return false;
}

/* Puts the value of the alias in front of the input, when the token names one. */
static bool substitute(struct lexer *lex)
{
    struct token *token = &lex->token;
    struct parse_input *input = lex->input;
    struct word *word = token->word;
    struct layer layer = {0};
    const char *value;
    size_t length;

    if (token->alias_done || token->kind != TOKEN_WORD) {
        return false;
    }
    token->alias_done = true;
    if (word->traits & WORD_ASSIGNMENT) {
        return false; /* no alias has a name with a = */
    }
    if (word->symbol == NULL) {
        word->symbol = symbol_list_intern(&lex->program->names, word->text, word->length);
    }
    if (input->alias == NULL || inside_alias(lex, word->symbol)) {
        return false;
    }
    value = input->alias(word->symbol);
    if (value == NULL) {
        return false;
    }
    length = strlen(value);
    layer.alias = word->symbol;
    layer.blank_end = length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\t');
    lex_push(lex, &layer, value, length);
    return true;
}

static void substitute_all(struct lexer *lex)
{
    while (!lex->failed && substitute(lex)) {
        lex_token(lex);
    }
}

void parse_read(struct lexer *lex)
{
    lex_token(lex);
    if (lex->token.after_alias) {
        substitute_all(lex);
    }
}

void parse_alias(struct lexer *lex)
{
    if (!parse_peek(lex)->alias_done) {
        substitute_all(lex);
    }
}

enum reserved parse_settle(struct lexer *lex)
{
    struct token *token = &lex->token;

    while (!token->settled && !lex->failed) {
        if (token->reserved == RESERVED_UNKNOWN) {
            token->reserved = find_reserved(token->word->text, token->word->length);
        }
        if (token->reserved != RESERVED_NONE || !substitute(lex)) {
            break;
        }
        lex_token(lex);
    }
    token->settled = true;
    return lex->failed ? RESERVED_NONE : token->reserved;
}
