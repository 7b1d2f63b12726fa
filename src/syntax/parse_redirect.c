/* parse_redirect.c -- redirections (XCU 2.7). */
#include <limits.h>

#include "base/arena.h"
#include "base/number.h"
#include "syntax/parser.h"
#include "syntax/word.h"

static const struct {
    enum redirect_kind kind;
    int fd;
} redirections[] = {
    [TOKEN_LESS] = {REDIRECT_IN, 0},
    [TOKEN_GREAT] = {REDIRECT_OUT, 1},
    [TOKEN_CLOBBER] = {REDIRECT_CLOBBER, 1},
    [TOKEN_DGREAT] = {REDIRECT_APPEND, 1},
    [TOKEN_LESS_GREAT] = {REDIRECT_READ_WRITE, 0},
    [TOKEN_LESS_AND] = {REDIRECT_DUP_IN, 0},
    [TOKEN_GREAT_AND] = {REDIRECT_DUP_OUT, 1},
    [TOKEN_DLESS] = {REDIRECT_HERE, 0},
    [TOKEN_DLESS_DASH] = {REDIRECT_HERE, 0},
};

bool parse_at_redirect(struct lexer *lex)
{
    enum token_kind kind = parse_peek(lex)->kind;

    return kind == TOKEN_IO_NUMBER || kind >= TOKEN_LESS;
}

static bool take_target(struct lexer *lex, struct redirect *redirect)
{
    const struct token *token = parse_peek(lex);

    /* In `>&2>file` the 2 looks like the number of the second redirection. */
    if (lex->failed || (token->kind != TOKEN_WORD && token->kind != TOKEN_IO_NUMBER)) {
        syntax_unexpected(lex, "a word behind the redirection", NULL, 0);
        return false;
    }
    redirect->target = token->word;
    parse_take(lex);
    return true;
}

/* The operator was << or <<-; its word is read by rules of its own. */
static bool take_delimiter(struct lexer *lex, struct redirect *redirect)
{
    redirect->target = lex_delimiter(lex);
    if (redirect->target == NULL) {
        if (!lex->failed) {
            parse_peek(lex);
            syntax_unexpected(lex, "a here-document delimiter", NULL, 0);
        }
        return false;
    }
    redirect->quoted = (redirect->target->traits & WORD_QUOTED) != 0;
    lex_here_add(lex, redirect);
    return true;
}

struct redirect **parse_redirect(struct lexer *lex, struct redirect **tail, unsigned *traits)
{
    struct redirect *redirect = arena_zero(&lex->program->arena, sizeof(*redirect));
    const struct token *token = parse_peek(lex);
    enum token_kind kind;
    bool done;

    redirect->line = token->place.line;
    if (token->kind == TOKEN_IO_NUMBER) {
        redirect->fd_written = true;
        /* A number too large for a descriptor stays too large. */
        redirect->fd = (int)number_most(token->word->text, token->word->length, INT_MAX);
        parse_take(lex);
        parse_peek(lex);
    }
    kind = token->kind;
    redirect->kind = redirections[kind].kind;
    if (!redirect->fd_written) {
        redirect->fd = redirections[kind].fd;
    }
    parse_take(lex);
    if (redirect->kind == REDIRECT_HERE) {
        redirect->strips_tabs = kind == TOKEN_DLESS_DASH;
        done = take_delimiter(lex, redirect);
    } else {
        done = take_target(lex, redirect);
    }
    if (!done) {
        return NULL;
    }
    *traits |= traits_of_redirect(redirect);
    *tail = redirect;
    return &redirect->next;
}

bool parse_redirects(struct lexer *lex, struct node *node)
{
    struct redirect **tail = &node->redirects;

    while (parse_at_redirect(lex) && !lex->failed) {
        tail = parse_redirect(lex, tail, &node->traits);
        if (tail == NULL) {
            return false;
        }
        parse_claim(lex, node);
    }
    if (node->redirects != NULL && !lex->failed && lex->token.kind == TOKEN_WORD) {
        /* Behind a redirection no word is a reserved one (XCU 2.4). */
        syntax_unexpected(lex, NULL, NULL, 0);
    }
    return !lex->failed;
}
