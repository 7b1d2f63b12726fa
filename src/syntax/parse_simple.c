/* parse_simple.c -- simple commands and function definitions (XCU 2.9.1, 2.9.5). */
#include "syntax/parser.h"
#include "syntax/word.h"

/* A simple command in the making. */
struct simple {
    struct node *node;
    struct vector words;
    struct vector assignments;
    struct redirect **redirects;
};

/* `name (`: the ( is the current token. */
static struct node *parse_function(struct lexer *lex, struct word *name)
{
    struct node *node = parse_node(lex, NODE_FUNCTION, name->line);
    enum reserved reserved;
    struct node *body;

    if ((name->traits & (WORD_LITERAL | WORD_QUOTED)) != WORD_LITERAL) {
        syntax_unexpected(lex, NULL, NULL, 0);
        return NULL;
    }
    if (traits_special_builtin(name->text, name->length)) {
        syntax_error(lex, &lex->token.place, "%s: is a special built-in", name->text);
        return NULL;
    }
    parse_take(lex);
    if (parse_peek(lex)->kind != TOKEN_CLOSE) {
        syntax_unexpected(lex, "`)'", NULL, 0);
        return NULL;
    }
    parse_take(lex);
    parse_newlines(lex);
    reserved = parse_start(lex);
    if (reserved == RESERVED_NONE && lex->token.kind != TOKEN_OPEN) {
        syntax_unexpected(lex, "a compound command", NULL, 0);
        return NULL;
    }
    body = reserved == RESERVED_NONE ? parse_subshell(lex) : parse_compound(lex, reserved);
    if (body == NULL) {
        return NULL;
    }
    node->function.name = symbol_list_intern(&lex->program->names, name->text, name->length);
    node->function.body = body;
    node->redirects = body->redirects; /* they belong to each call */
    body->redirects = NULL;
    return node;
}

static void add_assignment(struct lexer *lex, struct simple *simple, struct word *word)
{
    struct assignment *assignment =
        vector_add(lex, &simple->assignments, sizeof(struct assignment));
    size_t length = word_assignment_name(word);

    assignment->name = symbol_list_intern(&lex->program->names, word->parts->text.bytes, length);
    word_make_value(lex, word, length);
    assignment->value = word;
}

static void add_word(struct lexer *lex, struct simple *simple, struct word *word)
{
    if (simple->words.count == 0 && (word->traits & WORD_LITERAL) && word->symbol == NULL) {
        word->symbol = symbol_list_intern(&lex->program->names, word->text, word->length);
    }
    *(struct word **)vector_add(lex, &simple->words, sizeof(struct word *)) = word;
}

static void take_word(struct lexer *lex, struct simple *simple)
{
    struct word *word = lex->token.word;

    if (simple->words.count == 0 && (word->traits & WORD_ASSIGNMENT)) {
        add_assignment(lex, simple, word);
    } else {
        add_word(lex, simple, word);
    }
    parse_take(lex);
}

/* Takes assignments, words and redirections, in any order, until something else comes. */
static bool take_all(struct lexer *lex, struct simple *simple)
{
    for (;;) {
        if (simple->words.count == 0) {
            parse_alias(lex);
        }
        if (parse_at_redirect(lex) && !lex->failed) {
            simple->redirects = parse_redirect(lex, simple->redirects, &simple->node->traits);
            if (simple->redirects == NULL) {
                return false;
            }
            continue;
        }
        if (lex->failed || lex->token.kind != TOKEN_WORD) {
            return !lex->failed;
        }
        take_word(lex, simple);
        if (simple->words.count == 1 && parse_peek(lex)->kind == TOKEN_OPEN) {
            return !lex->failed;
        }
    }
}

static bool is_function(const struct lexer *lex, const struct simple *simple)
{
    return lex->token.kind == TOKEN_OPEN && simple->words.count == 1 &&
           simple->assignments.count == 0 && simple->node->redirects == NULL;
}

struct node *parse_simple(struct lexer *lex, struct word *first)
{
    struct node *node = parse_node(lex, NODE_SIMPLE, parse_peek(lex)->place.line);
    struct simple simple = {.node = node, .redirects = &node->redirects};

    if (first != NULL) {
        node->line = first->line;
        add_word(lex, &simple, first);
    }
    if (!take_all(lex, &simple)) {
        return NULL;
    }
    if (is_function(lex, &simple)) {
        return parse_function(lex, *(struct word **)simple.words.items);
    }
    if (simple.words.count == 0 && simple.assignments.count == 0 && node->redirects == NULL) {
        syntax_unexpected(lex, NULL, NULL, 0);
        return NULL;
    }
    node->simple.assignments = simple.assignments.items;
    node->simple.assignment_count = simple.assignments.count;
    node->simple.words = simple.words.items;
    node->simple.word_count = simple.words.count;
    node->traits |= traits_of_simple(node);
    parse_claim(lex, node);
    return node;
}
