/* parser.h -- inside floor 2: the grammar's functions (XCU 2.10.2). */
#ifndef SWISH_SYNTAX_PARSER_H
#define SWISH_SYNTAX_PARSER_H

#include "syntax/lexer.h"

/* A growing array in the program's arena. */
struct vector {
    void *items;
    size_t count;
    size_t capacity;
};

void *vector_add(struct lexer *lex, struct vector *vector, size_t size);

/* -- parse.c: NULL means failed, except where the list may be empty -- */
struct node *parse_list(struct lexer *lex);

/* The inside of $( ) up to and with its ), or of backquotes up to the end of their layer. */
struct node *parse_substitution(struct lexer *lex, enum token_kind end, const struct place *start);
struct node *parse_node(struct lexer *lex, enum node_kind kind, int line);
void parse_newlines(struct lexer *lex);

/* Gives node traits found in literal texts to the node. */
void parse_claim(struct lexer *lex, struct node *node);

/* -- parse_token.c -- */
void parse_read(struct lexer *lex);
enum reserved parse_settle(struct lexer *lex);

/* The current token. */
static inline const struct token *parse_peek(struct lexer *lex)
{
    if (!lex->have) {
        parse_read(lex);
    }
    return &lex->token;
}

static inline void parse_take(struct lexer *lex)
{
    lex->have = false;
}

/* At a place where a command may begin: aliases are substituted, then the reserved word, if any. */
static inline enum reserved parse_start(struct lexer *lex)
{
    const struct token *token = parse_peek(lex);

    return token->settled ? token->reserved : parse_settle(lex);
}

/* Replaces the current token as long as it is an alias. */
void parse_alias(struct lexer *lex);
const char *reserved_text(enum reserved reserved);

/* -- parse_compound.c, parse_simple.c, parse_redirect.c -- */
struct node *parse_compound(struct lexer *lex, enum reserved reserved);
struct node *parse_subshell(struct lexer *lex);
struct node *parse_simple(struct lexer *lex, struct word *first);
bool parse_at_redirect(struct lexer *lex);

/* Parses one redirection to *tail; NULL on an error, else the new tail. */
struct redirect **parse_redirect(struct lexer *lex, struct redirect **tail, unsigned *traits);
bool parse_redirects(struct lexer *lex, struct node *node);

/* -- traits.c -- */
unsigned traits_of_simple(const struct node *node);
unsigned traits_of_redirect(const struct redirect *redirect);
bool traits_special_builtin(const char *name, size_t length);
unsigned traits_of_text(const char *text, size_t length);

/* -- syntax_error.c: all set lex->failed -- */
void syntax_error(struct lexer *lex, const struct place *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The current token does not fit. `expected`: NULL or what would; `opener` with its line when that
   is a compound command's. */
void syntax_unexpected(struct lexer *lex, const char *expected, const char *opener, int line);
void syntax_unterminated(struct lexer *lex, const struct place *start, const char *what);

#endif
