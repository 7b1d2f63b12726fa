/* parse_compound.c -- compound commands (XCU 2.9.4). */
#include <string.h>

#include "syntax/parser.h"

/* What an error message says about a construct that is not complete. */
struct opening {
    const char *word;
    int line;
};

/* Takes the reserved word that has to stand here. */
static bool expect(struct lexer *lex, enum reserved reserved, const struct opening *opening)
{
    char expected[] = "`123456'";
    char *to = expected + 1;

    if (parse_start(lex) == reserved && !lex->failed) {
        parse_take(lex);
        return true;
    }
    for (const char *from = reserved_text(reserved); *from != '\0'; from++) {
        *to++ = *from;
    }
    *to++ = '\'';
    *to = '\0';
    syntax_unexpected(lex, expected, opening->word, opening->line);
    return false;
}

/* A list that may not be empty. */
static struct node *body(struct lexer *lex, struct node *owner, const struct opening *opening)
{
    struct node *list = parse_list(lex);

    if (list == NULL) {
        syntax_unexpected(lex, NULL, lex->token.kind == TOKEN_END ? opening->word : NULL,
                          opening->line);
        return NULL;
    }
    owner->traits |= list->traits;
    return list;
}

struct node *parse_subshell(struct lexer *lex)
{
    struct opening opening = {"(", lex->token.place.line};
    struct node *node = parse_node(lex, NODE_SUBSHELL, opening.line);

    parse_take(lex);
    if (!lex_enter(lex)) {
        return NULL;
    }
    node->group.body = body(lex, node, &opening);
    if (node->group.body == NULL) {
        return NULL;
    }
    node->traits = 0; /* a subshell decides for itself */
    if (parse_peek(lex)->kind != TOKEN_CLOSE) {
        syntax_unexpected(lex, "`)'", opening.word, opening.line);
        return NULL;
    }
    parse_take(lex);
    lex_leave(lex);
    return parse_redirects(lex, node) ? node : NULL;
}

static bool parse_brace(struct lexer *lex, struct node *node, const struct opening *opening)
{
    node->kind = NODE_BRACE;
    node->group.body = body(lex, node, opening);
    return node->group.body != NULL && expect(lex, RESERVED_CLOSE, opening);
}

static struct node *do_group(struct lexer *lex, struct node *node, const struct opening *opening)
{
    struct node *list;

    if (!expect(lex, RESERVED_DO, opening)) {
        return NULL;
    }
    list = body(lex, node, opening);
    return list != NULL && expect(lex, RESERVED_DONE, opening) ? list : NULL;
}

static bool parse_while(struct lexer *lex, struct node *node, const struct opening *opening)
{
    node->kind = NODE_WHILE;
    node->loop.condition = body(lex, node, opening);
    if (node->loop.condition == NULL) {
        return false;
    }
    node->loop.body = do_group(lex, node, opening);
    return node->loop.body != NULL;
}

static bool parse_if(struct lexer *lex, struct node *node, const struct opening *opening)
{
    struct vector branches = {0};
    enum reserved next;

    node->kind = NODE_IF;
    do {
        struct if_branch branch;

        branch.condition = body(lex, node, opening);
        if (branch.condition == NULL || !expect(lex, RESERVED_THEN, opening)) {
            return false;
        }
        branch.body = body(lex, node, opening);
        if (branch.body == NULL) {
            return false;
        }
        *(struct if_branch *)vector_add(lex, &branches, sizeof(branch)) = branch;
        next = parse_start(lex);
        if (next == RESERVED_ELIF) {
            parse_take(lex);
        }
    } while (next == RESERVED_ELIF);
    node->condition.branches = branches.items;
    node->condition.count = branches.count;
    if (next == RESERVED_ELSE && !lex->failed) {
        parse_take(lex);
        node->condition.otherwise = body(lex, node, opening);
        if (node->condition.otherwise == NULL) {
            return false;
        }
    }
    return expect(lex, RESERVED_FI, opening);
}

/* ---- for ---- */

static bool for_words(struct lexer *lex, struct node *node)
{
    struct vector words = {0};

    while (parse_peek(lex)->kind == TOKEN_WORD && !lex->failed) {
        *(struct word **)vector_add(lex, &words, sizeof(struct word *)) = lex->token.word;
        parse_take(lex);
    }
    node->loop_for.words = words.items;
    node->loop_for.word_count = words.count;
    node->loop_for.has_in = true;
    parse_claim(lex, node);
    if (lex->failed || (lex->token.kind != TOKEN_SEMICOLON && lex->token.kind != TOKEN_NEWLINE)) {
        syntax_unexpected(lex, NULL, NULL, 0);
        return false;
    }
    parse_take(lex);
    return true;
}

static bool for_name(struct lexer *lex, struct node *node)
{
    const struct token *token = parse_peek(lex);
    const struct word *word = token->word;

    if (lex->failed || token->kind != TOKEN_WORD ||
        (word->traits & (WORD_LITERAL | WORD_QUOTED)) != WORD_LITERAL ||
        !symbol_is_name(word->text, word->length)) {
        syntax_unexpected(lex, "a name", NULL, 0);
        return false;
    }
    node->loop_for.variable = symbol_list_intern(&lex->program->names, word->text, word->length);
    parse_take(lex);
    return true;
}

static bool parse_for(struct lexer *lex, struct node *node, const struct opening *opening)
{
    node->kind = NODE_FOR;
    if (!for_name(lex, node)) {
        return false;
    }
    if (parse_start(lex) == RESERVED_NONE && lex->token.kind == TOKEN_SEMICOLON) {
        parse_take(lex);
        parse_newlines(lex);
    } else {
        parse_newlines(lex);
        if (parse_start(lex) == RESERVED_IN && !lex->failed) {
            parse_take(lex);
            if (!for_words(lex, node)) {
                return false;
            }
            parse_newlines(lex);
        }
    }
    node->loop_for.body = do_group(lex, node, opening);
    return node->loop_for.body != NULL;
}

/* ---- case ---- */

/* The patterns up to and with the `)`. */
static bool case_patterns(struct lexer *lex, struct case_item *item)
{
    struct vector patterns = {0};

    for (;;) {
        const struct token *token = parse_peek(lex);
        enum token_kind kind;

        if (lex->failed || (token->kind != TOKEN_WORD && token->kind != TOKEN_IO_NUMBER)) {
            syntax_unexpected(lex, "a pattern", NULL, 0);
            return false;
        }
        *(struct word **)vector_add(lex, &patterns, sizeof(struct word *)) = token->word;
        parse_take(lex);
        kind = parse_peek(lex)->kind;
        if (kind != TOKEN_PIPE && kind != TOKEN_CLOSE) {
            syntax_unexpected(lex, "`)'", NULL, 0);
            return false;
        }
        parse_take(lex);
        if (kind == TOKEN_CLOSE) {
            break;
        }
    }
    item->patterns = patterns.items;
    item->pattern_count = patterns.count;
    return true;
}

/* One item; the ;; may be missing before esac. */
static bool case_item(struct lexer *lex, struct node *node, struct case_item *item, bool *last)
{
    *item = (struct case_item){0};
    if (parse_peek(lex)->kind == TOKEN_OPEN) {
        parse_take(lex);
    }
    if (!case_patterns(lex, item)) {
        return false;
    }
    parse_claim(lex, node);
    item->body = parse_list(lex);
    if (lex->failed) {
        return false;
    }
    if (item->body != NULL) {
        node->traits |= item->body->traits;
    }
    *last = true;
    if (lex->token.kind == TOKEN_DSEMI || lex->token.kind == TOKEN_SEMI_AND) {
        item->falls = lex->token.kind == TOKEN_SEMI_AND;
        *last = false;
        parse_take(lex);
    }
    return true;
}

static bool at_esac(struct lexer *lex)
{
    const struct token *token;

    parse_newlines(lex);
    token = parse_peek(lex);
    return !lex->failed && token->kind == TOKEN_WORD &&
           (token->word->traits & (WORD_LITERAL | WORD_QUOTED)) == WORD_LITERAL &&
           token->word->length == 4 && memcmp(token->word->text, "esac", 4) == 0;
}

static bool parse_case(struct lexer *lex, struct node *node, const struct opening *opening)
{
    struct vector items = {0};
    bool last = false;

    node->kind = NODE_CASE;
    if (parse_peek(lex)->kind != TOKEN_WORD || lex->failed) {
        syntax_unexpected(lex, "a word", NULL, 0);
        return false;
    }
    node->choice.subject = lex->token.word;
    parse_take(lex);
    parse_newlines(lex);
    if (!expect(lex, RESERVED_IN, opening)) {
        return false;
    }
    parse_claim(lex, node);
    while (!at_esac(lex) && !last) {
        struct case_item item;

        if (lex->failed || lex->token.kind == TOKEN_END) {
            syntax_unexpected(lex, "`esac'", opening->word, opening->line);
            return false;
        }
        if (!case_item(lex, node, &item, &last)) {
            return false;
        }
        *(struct case_item *)vector_add(lex, &items, sizeof(item)) = item;
    }
    node->choice.items = items.items;
    node->choice.count = items.count;
    return expect(lex, RESERVED_ESAC, opening);
}

/* ---- all of them ---- */

static bool parse_until(struct lexer *lex, struct node *node, const struct opening *opening)
{
    node->loop.until = true;
    return parse_while(lex, node, opening);
}

/* By the reserved word they begin with, which has been taken. */
static bool (*const parsers[])(struct lexer *lex, struct node *node,
                               const struct opening *opening) = {
    [RESERVED_OPEN] = parse_brace, [RESERVED_IF] = parse_if,       [RESERVED_CASE] = parse_case,
    [RESERVED_FOR] = parse_for,    [RESERVED_UNTIL] = parse_until, [RESERVED_WHILE] = parse_while,
};

struct node *parse_compound(struct lexer *lex, enum reserved reserved)
{
    struct opening opening = {lex->token.word->text, lex->token.place.line};
    struct node *node;
    bool done;

    if (reserved >= sizeof(parsers) / sizeof(parsers[0]) || parsers[reserved] == NULL) {
        syntax_unexpected(lex, NULL, NULL, 0);
        return NULL;
    }
    node = parse_node(lex, NODE_BRACE, opening.line);
    parse_take(lex);
    if (!lex_enter(lex)) {
        return NULL;
    }
    done = parsers[reserved](lex, node, &opening);
    lex_leave(lex);
    return done && parse_redirects(lex, node) ? node : NULL;
}
