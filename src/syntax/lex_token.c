/* lex_token.c -- cuts the input into tokens (XCU 2.3). */
#include <string.h>

#include "base/arena.h"
#include "syntax/parser.h"
#include "syntax/word.h"

/* Stands at a #; stops at the newline. Backslash-newline means nothing here (XCU 2.3). */
static void skip_comment(struct lexer *lex)
{
    while (lex_peek_raw(lex) >= 0) {
        const char *newline = memchr(lex->at, '\n', (size_t)(lex->end - lex->at));

        if (newline != NULL) {
            lex->at = newline;
            return;
        }
        lex->at = lex->end;
    }
}

int lex_skip_blanks(struct lexer *lex)
{
    for (;;) {
        int c;

        while (lex->at < lex->end && (*lex->at == ' ' || *lex->at == '\t')) {
            lex->at++;
        }
        c = lex_peek(lex);
        if (c == '#') {
            skip_comment(lex);
        } else if (c != ' ' && c != '\t') {
            return c;
        }
    }
}

static enum token_kind less_operator(struct lexer *lex)
{
    if (lex_follows(lex, '<')) {
        return lex_follows(lex, '-') ? TOKEN_DLESS_DASH : TOKEN_DLESS;
    }
    if (lex_follows(lex, '&')) {
        return TOKEN_LESS_AND;
    }
    return lex_follows(lex, '>') ? TOKEN_LESS_GREAT : TOKEN_LESS;
}

static enum token_kind great_operator(struct lexer *lex)
{
    if (lex_follows(lex, '>')) {
        return TOKEN_DGREAT;
    }
    if (lex_follows(lex, '&')) {
        return TOKEN_GREAT_AND;
    }
    return lex_follows(lex, '|') ? TOKEN_CLOBBER : TOKEN_GREAT;
}

static enum token_kind take_operator(struct lexer *lex, int c)
{
    lex_advance(lex);
    switch (c) {
    case '&':
        return lex_follows(lex, '&') ? TOKEN_AND_IF : TOKEN_AMPERSAND;
    case '|':
        return lex_follows(lex, '|') ? TOKEN_OR_IF : TOKEN_PIPE;
    case ';':
        if (lex_follows(lex, ';')) {
            return TOKEN_DSEMI;
        }
        return lex_follows(lex, '&') ? TOKEN_SEMI_AND : TOKEN_SEMICOLON;
    case '(':
        return TOKEN_OPEN;
    case ')':
        return TOKEN_CLOSE;
    case '<':
        return less_operator(lex);
    default:
        return great_operator(lex);
    }
}

static bool all_digits(const struct word *word)
{
    for (size_t i = 0; i < word->length; i++) {
        if (!char_is((unsigned char)word->text[i], CHAR_DIGIT)) {
            return false;
        }
    }
    return word->length > 0;
}

static void word_token(struct lexer *lex, struct token *token)
{
    struct word *word = lex_word(lex);

    token->word = word;
    token->kind = TOKEN_WORD;
    if (word == NULL || (word->traits & (WORD_LITERAL | WORD_QUOTED)) != WORD_LITERAL) {
        return;
    }
    token->reserved = RESERVED_UNKNOWN;
    token->alias_done = false;
    token->settled = false;
    if (char_is((unsigned char)word->text[0], CHAR_DIGIT) && all_digits(word)) {
        int c = lex_peek(lex);

        if (c == '<' || c == '>') {
            token->kind = TOKEN_IO_NUMBER;
        }
    }
}

void lex_token(struct lexer *lex)
{
    struct token *token = &lex->token;
    int c = lex_skip_blanks(lex);

    token->reserved = RESERVED_NONE;
    token->after_alias = lex->alias_next;
    token->alias_done = true;
    token->settled = true;
    token->word = NULL;
    token->place = lex_place(lex);
    lex->token_layer = lex->layer;
    lex->have = true;
    if (c < 0) {
        token->kind = TOKEN_END;
        lex_here_bodies(lex);
    } else if (c == '\n') {
        lex_advance(lex);
        token->kind = TOKEN_NEWLINE;
        if (lex->here_first != NULL) {
            lex_here_bodies(lex);
        }
    } else {
        lex->starts = false;
        if (char_is(c, CHAR_OPERATOR)) {
            token->kind = take_operator(lex, c);
        } else {
            word_token(lex, token);
        }
    }
    lex->alias_next = false;
}
