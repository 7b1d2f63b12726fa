/* parse.c -- complete commands, lists and pipelines (XCU 2.9.2, 2.9.3, 2.10.2). */
#include "syntax/parse.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "syntax/parser.h"

/* ---- small things that all of the parser uses ---- */

enum { VECTOR_FIRST = 16 }; /* bytes: one assignment, two words */

void *vector_add(struct lexer *lex, struct vector *vector, size_t size)
{
    if (vector->count == vector->capacity) {
        size_t capacity =
            vector->capacity == 0 ? (VECTOR_FIRST + size - 1) / size : vector->capacity * 2;
        void *items = arena_alloc(&lex->program->arena, capacity * size);

        if (vector->count > 0) {
            memcpy(items, vector->items, vector->count * size);
        }
        vector->items = items;
        vector->capacity = capacity;
    }
    return (char *)vector->items + vector->count++ * size;
}

struct node *parse_node(struct lexer *lex, enum node_kind kind, int line)
{
    struct node *node = arena_zero(&lex->program->arena, sizeof(*node));

    node->kind = kind;
    node->line = line;
    return node;
}

void parse_claim(struct lexer *lex, struct node *node)
{
    node->traits |= lex->literal;
    lex->literal = 0;
}

void parse_newlines(struct lexer *lex)
{
    while (parse_peek(lex)->kind == TOKEN_NEWLINE) {
        parse_take(lex);
    }
}

/* Newlines before a command, also those that an alias leaves. */
static void linebreak(struct lexer *lex)
{
    do {
        parse_newlines(lex);
        parse_start(lex);
    } while (!lex->failed && lex->token.kind == TOKEN_NEWLINE);
}

/* ---- pipelines ---- */

/* Reserved words that end the list before them; no command begins with one. */
static bool ends_body(enum reserved reserved)
{
    switch (reserved) {
    case RESERVED_THEN:
    case RESERVED_ELSE:
    case RESERVED_ELIF:
    case RESERVED_FI:
    case RESERVED_DO:
    case RESERVED_DONE:
    case RESERVED_ESAC:
    case RESERVED_CLOSE:
        return true;
    default:
        return false;
    }
}

/* Can the current token begin a command? */
static bool begins_command(struct lexer *lex)
{
    const struct token *token = parse_peek(lex);

    return token->kind == TOKEN_WORD || token->kind == TOKEN_IO_NUMBER ||
           token->kind == TOKEN_OPEN || token->kind >= TOKEN_LESS;
}

static bool is_option(const struct token *token)
{
    return token->kind == TOKEN_WORD && token->word != NULL &&
           (token->word->traits & WORD_LITERAL) && token->word->text[0] == '-';
}

static struct node *parse_pipeline(struct lexer *lex);

/* `time` has been taken. With an option other than -p it is an ordinary command word. */
static struct node *parse_time(struct lexer *lex, struct word *word)
{
    const struct token *token = parse_peek(lex);
    struct node *node;
    bool posix = false;

    if (is_option(token)) {
        posix = strcmp(token->word->text, "-p") == 0;
        if (!posix) {
            return parse_simple(lex, word);
        }
        parse_take(lex);
    }
    node = parse_node(lex, NODE_TIME, word->line);
    node->time.posix = posix;
    if (!ends_body(parse_start(lex)) && begins_command(lex)) {
        node->time.pipeline = parse_pipeline(lex);
        if (node->time.pipeline == NULL) {
            return NULL;
        }
        node->traits |= node->time.pipeline->traits;
    }
    return lex->failed ? NULL : node;
}

static struct node *parse_command_node(struct lexer *lex)
{
    enum reserved reserved = parse_start(lex);

    if (lex->failed) {
        return NULL;
    }
    if (lex->token.kind == TOKEN_OPEN) {
        return parse_subshell(lex);
    }
    if (reserved == RESERVED_NONE || reserved == RESERVED_TIME) {
        return parse_simple(lex, NULL);
    }
    return parse_compound(lex, reserved);
}

/* One stage; `time` may stand before the first one. */
static struct node *parse_stage(struct lexer *lex, bool first)
{
    struct word *word;
    struct node *node;

    if (!first || parse_start(lex) != RESERVED_TIME || lex->failed) {
        return parse_command_node(lex);
    }
    word = lex->token.word;
    parse_take(lex);
    if (!lex_enter(lex)) {
        return NULL;
    }
    node = parse_time(lex, word);
    lex_leave(lex);
    return node;
}

static struct node *parse_pipeline(struct lexer *lex)
{
    struct vector stages = {0};
    struct node *node;
    struct node *stage;
    bool bang = false;
    bool negated = false;
    int line = parse_peek(lex)->place.line;

    while (parse_start(lex) == RESERVED_BANG && !lex->failed) {
        bang = true;
        negated = !negated;
        parse_take(lex);
    }
    stage = parse_stage(lex, true);
    if (stage == NULL || (!bang && parse_peek(lex)->kind != TOKEN_PIPE)) {
        return lex->failed ? NULL : stage;
    }
    node = parse_node(lex, NODE_PIPELINE, line);
    node->pipeline.negated = negated;
    *(struct node **)vector_add(lex, &stages, sizeof(struct node *)) = stage;
    node->traits |= stage->traits;
    while (parse_peek(lex)->kind == TOKEN_PIPE) {
        parse_take(lex);
        linebreak(lex);
        stage = parse_stage(lex, false);
        if (stage == NULL) {
            return NULL;
        }
        node->traits |= stage->traits;
        *(struct node **)vector_add(lex, &stages, sizeof(struct node *)) = stage;
    }
    node->pipeline.stages = stages.items;
    node->pipeline.count = stages.count;
    return lex->failed ? NULL : node;
}

/* ---- lists ---- */

static bool at_and_or(struct lexer *lex)
{
    enum token_kind kind = parse_peek(lex)->kind;

    return kind == TOKEN_AND_IF || kind == TOKEN_OR_IF;
}

static struct node *parse_and_or(struct lexer *lex)
{
    struct vector items = {0};
    int line = parse_peek(lex)->place.line;
    struct node *next = parse_pipeline(lex);
    struct node *node;
    bool or_else = false;

    if (next == NULL || !at_and_or(lex)) {
        return lex->failed ? NULL : next;
    }
    node = parse_node(lex, NODE_AND_OR, line);
    for (;;) {
        *(struct list_item *)vector_add(lex, &items, sizeof(struct list_item)) =
            (struct list_item){.node = next, .or_else = or_else};
        node->traits |= next->traits;
        if (!at_and_or(lex)) {
            break;
        }
        or_else = lex->token.kind == TOKEN_OR_IF;
        parse_take(lex);
        linebreak(lex);
        next = parse_pipeline(lex);
        if (next == NULL) {
            return NULL;
        }
    }
    node->list.items = items.items;
    node->list.count = items.count;
    return lex->failed ? NULL : node;
}

/* Does something end the list here that no command can begin with? */
static bool at_list_end(struct lexer *lex)
{
    if (ends_body(parse_start(lex))) {
        return true;
    }
    switch (lex->token.kind) {
    case TOKEN_END:
    case TOKEN_NEWLINE:
    case TOKEN_CLOSE:
    case TOKEN_DSEMI:
    case TOKEN_SEMI_AND:
        return true;
    default:
        return lex->failed;
    }
}

/* A list in the making. One command alone is no list. */
struct list {
    struct vector items;
    struct list_item first;
    size_t count;
    unsigned traits;
};

static void list_add(struct lexer *lex, struct list *list, const struct list_item *item)
{
    if (list->count++ == 0) {
        list->first = *item;
    } else {
        if (list->count == 2) {
            *(struct list_item *)vector_add(lex, &list->items, sizeof(*item)) = list->first;
        }
        *(struct list_item *)vector_add(lex, &list->items, sizeof(*item)) = *item;
    }
    list->traits |= item->node->traits;
}

static struct node *list_node(struct lexer *lex, struct list *list)
{
    struct node *node = list->first.node;

    if (list->count == 0 || lex->failed) {
        return NULL;
    }
    if (list->count > 1 || list->first.async) {
        if (list->count == 1) {
            *(struct list_item *)vector_add(lex, &list->items, sizeof(struct list_item)) =
                list->first;
        }
        node = parse_node(lex, NODE_LIST, list->first.node->line);
        node->list.items = list->items.items;
        node->list.count = list->count;
        node->traits = list->traits;
    }
    parse_claim(lex, node);
    return node;
}

/* One and-or list with the & or ; behind it; false when no other can follow on this line. */
static bool parse_item(struct lexer *lex, struct list *list)
{
    struct list_item item = {.node = parse_and_or(lex)};
    enum token_kind separator;

    if (item.node == NULL) {
        return false;
    }
    separator = parse_peek(lex)->kind;
    if (separator == TOKEN_AMPERSAND) {
        item.async = true;
        list->traits |= TRAIT_ASYNC;
    }
    list_add(lex, list, &item);
    if (separator != TOKEN_AMPERSAND && separator != TOKEN_SEMICOLON) {
        return separator == TOKEN_NEWLINE;
    }
    parse_take(lex);
    return true;
}

struct node *parse_list(struct lexer *lex)
{
    struct list list = {0};

    do {
        linebreak(lex);
    } while (!at_list_end(lex) && parse_item(lex, &list));
    return list_node(lex, &list);
}

/* ---- the whole ---- */

struct node *parse_substitution(struct lexer *lex, enum token_kind end, const struct place *start)
{
    struct node *node = parse_list(lex);

    if (lex->failed) {
        return NULL;
    }
    if (parse_peek(lex)->kind == end) {
        parse_take(lex);
        return node;
    }
    if (lex->token.kind == TOKEN_END && lex->layer == NULL) {
        syntax_unterminated(lex, start, "command substitution");
    } else {
        syntax_unexpected(lex, end == TOKEN_CLOSE ? "`)'" : NULL, NULL, 0);
    }
    return NULL;
}

/* The list of one complete command. Lines that come from an alias (or a replay) all belong to it:
   the rest could not be kept for the next one. */
static struct node *complete_command(struct lexer *lex)
{
    struct list list = {0};

    for (;;) {
        if (!at_list_end(lex)) {
            if (!parse_item(lex, &list)) {
                break;
            }
        } else if (lex->token.kind == TOKEN_NEWLINE && lex_layers_left(lex) && !lex->failed) {
            parse_take(lex);
        } else {
            break;
        }
    }
    return list_node(lex, &list);
}

/* Skips blank lines and comments that are there already. False: more would have to be read, or the
   input has ended; the token tells. */
static bool find_command(struct lexer *lex)
{
    while (parse_peek(lex)->kind == TOKEN_NEWLINE) {
        if (lex->at == lex->end && lex->layer == NULL) {
            return false;
        }
        parse_take(lex);
    }
    return lex->token.kind != TOKEN_END;
}

/* After an error the rest of its line is nothing worth. */
static void drop_line(struct lexer *lex)
{
    const char *newline;

    while (lex->layer != NULL) {
        lex_pop(lex);
    }
    if (lex->at == lex->end || (lex->at > lex->origin && lex->at[-1] == '\n')) {
        return;
    }
    newline = memchr(lex->at, '\n', (size_t)(lex->end - lex->at));
    lex->at = newline == NULL ? lex->end : newline + 1;
    lex->line += newline != NULL;
}

static enum parse_result parse_root(struct lexer *lex)
{
    if (!find_command(lex)) {
        return lex->token.kind == TOKEN_END ? PARSE_END : PARSE_OK;
    }
    lex->program->root = complete_command(lex);
    if (!lex->failed && lex->token.kind != TOKEN_NEWLINE && lex->token.kind != TOKEN_END) {
        syntax_unexpected(lex, NULL, NULL, 0);
    }
    return PARSE_OK;
}

enum parse_result parse_command(struct parse_input *input, struct program **program, struct diag *d)
{
    struct program *made = program_new(input->programs);
    enum parse_result result;
    struct lexer lex;

    *program = NULL;
    lex_begin(&lex, input, made, d);
    result = parse_root(&lex);
    if (lex.failed) {
        drop_line(&lex);
        result = PARSE_ERROR;
    }
    lex_finish(&lex);
    if (result == PARSE_OK) {
        *program = made;
    } else {
        program_release(made);
    }
    return result;
}
