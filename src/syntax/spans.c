/* spans.c -- the lexer's tokens with their places, and a guess of the grammar around them. */
#include "syntax/spans.h"

#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "syntax/chars.h"
#include "syntax/parser.h"
#include "syntax/program.h"

/* What the next word is, besides what `struct spans.next` tells. */
enum expected { EXPECT_ANY, EXPECT_NAME, EXPECT_SUBJECT, EXPECT_IN, EXPECT_PATTERN };

struct walk {
    struct lexer lex;
    struct spans *to;
    const char *text;
    size_t done; /* what lies before has its span */
    enum expected expected;
    bool target;   /* a redirection waits for its word */
    bool for_list; /* the words behind `for name in` */
    bool function; /* between the parentheses of a definition */
    int cases;     /* open ones */
};

static void add(struct walk *walk, enum span_kind kind, size_t from, size_t to)
{
    struct spans *spans = walk->to;
    if (from >= to) {
        return;
    }
    if (spans->count == spans->capacity) {
        spans->capacity = spans->capacity == 0 ? 32 : spans->capacity * 2;
        spans->items = mem_resize(spans->items, spans->capacity * sizeof *spans->items);
    }
    spans->items[spans->count++] = (struct span){.kind = kind, .from = from, .to = to};
    walk->done = to;
}

/* Where the lexer stands; inside a layer: where the last span ended. */
static size_t place_of(const struct walk *walk, const char *at)
{
    return walk->lex.layer == NULL ? (size_t)(at - walk->text) : walk->done;
}

/* Where the token begins. A backslash that ends the text was pushed back as a layer. */
static size_t start_of_token(const struct walk *walk)
{
    const struct lexer *lex = &walk->lex;
    if (lex->token_layer != NULL) {
        return walk->done + strspn(walk->text + walk->done, " \t");
    }
    return (size_t)(lex->token.place.at - walk->text);
}

/* The blanks before a token hide a comment. */
static void add_comment(struct walk *walk, size_t until)
{
    const char *from = walk->text + walk->done;
    const char *hash = until > walk->done ? memchr(from, '#', until - walk->done) : NULL;
    if (hash != NULL) {
        add(walk, SPAN_COMMENT, (size_t)(hash - walk->text), until);
    }
}

/* A command, or one more keyword, may follow. */
static void begin_command(struct walk *walk)
{
    walk->to->next = SPAN_COMMAND;
    walk->function = false;
    walk->for_list = false;
    walk->target = false;
}

static enum span_kind keyword(struct walk *walk, enum reserved reserved)
{
    switch (reserved) {
    case RESERVED_FOR:
        walk->expected = EXPECT_NAME;
        break;
    case RESERVED_CASE:
        walk->expected = EXPECT_SUBJECT;
        walk->cases++;
        break;
    case RESERVED_ESAC:
        walk->cases -= walk->cases > 0;
        walk->to->next = SPAN_ARGUMENT;
        break;
    case RESERVED_FI:
    case RESERVED_DONE:
    case RESERVED_CLOSE:
        walk->to->next = SPAN_ARGUMENT;
        break;
    case RESERVED_IN: /* only behind for and case */
        walk->to->next = SPAN_ARGUMENT;
        return SPAN_ARGUMENT;
    case RESERVED_NONE:
    case RESERVED_UNKNOWN:
    case RESERVED_BANG:
    case RESERVED_OPEN:
    case RESERVED_DO:
    case RESERVED_ELIF:
    case RESERVED_ELSE:
    case RESERVED_IF:
    case RESERVED_THEN:
    case RESERVED_TIME:
    case RESERVED_UNTIL:
    case RESERVED_WHILE:
        break;
    }
    return SPAN_KEYWORD;
}

/* A word inside for or case. */
static enum span_kind special_word(struct walk *walk)
{
    const struct word *word = walk->lex.token.word;
    enum expected expected = walk->expected;
    walk->expected = EXPECT_ANY;
    if (expected == EXPECT_PATTERN) {
        walk->expected = EXPECT_PATTERN;
        if (parse_start(&walk->lex) == RESERVED_ESAC) {
            walk->expected = EXPECT_ANY;
            return keyword(walk, RESERVED_ESAC);
        }
        return SPAN_OTHER;
    }
    if (expected == EXPECT_IN) {
        bool is_in = (word->traits & WORD_LITERAL) != 0 && strcmp(word->text, "in") == 0;
        walk->expected = walk->for_list ? EXPECT_ANY : EXPECT_PATTERN;
        walk->to->next = walk->for_list ? SPAN_ARGUMENT : SPAN_OTHER;
        return is_in ? SPAN_KEYWORD : SPAN_OTHER;
    }
    walk->for_list = expected == EXPECT_NAME;
    walk->expected = EXPECT_IN;
    return SPAN_OTHER;
}

static enum span_kind word_kind(struct walk *walk)
{
    struct lexer *lex = &walk->lex;
    if (walk->target) {
        walk->target = false;
        return SPAN_TARGET;
    }
    if (walk->expected != EXPECT_ANY) {
        return special_word(walk);
    }
    if (walk->to->next != SPAN_COMMAND) {
        return SPAN_ARGUMENT;
    }
    enum reserved reserved = parse_start(lex);
    if (reserved != RESERVED_NONE) {
        return keyword(walk, reserved);
    }
    if ((lex->token.word->traits & WORD_ASSIGNMENT) != 0) {
        return SPAN_ASSIGNMENT;
    }
    walk->to->next = SPAN_ARGUMENT;
    return SPAN_COMMAND;
}

static void see_operator(struct walk *walk, enum token_kind kind)
{
    switch (kind) {
    case TOKEN_DSEMI:
    case TOKEN_SEMI_AND:
        begin_command(walk);
        walk->expected = walk->cases > 0 ? EXPECT_PATTERN : EXPECT_ANY;
        break;
    case TOKEN_CLOSE:
        if (walk->expected == EXPECT_PATTERN || walk->function) {
            walk->expected = EXPECT_ANY;
            begin_command(walk);
        } else {
            walk->to->next = SPAN_ARGUMENT;
        }
        break;
    case TOKEN_OPEN:
    case TOKEN_PIPE:
        if (walk->expected != EXPECT_PATTERN) {
            bool function = kind == TOKEN_OPEN && walk->to->next == SPAN_ARGUMENT;
            begin_command(walk);
            walk->function = function;
        }
        break;
    case TOKEN_NEWLINE:
    case TOKEN_SEMICOLON:
        if (walk->expected == EXPECT_IN && walk->for_list) {
            walk->expected = EXPECT_ANY;
        }
        begin_command(walk);
        break;
    case TOKEN_AND_IF:
    case TOKEN_OR_IF:
    case TOKEN_AMPERSAND:
        begin_command(walk);
        break;
    case TOKEN_END:
    case TOKEN_WORD:
    case TOKEN_IO_NUMBER:
    case TOKEN_DLESS:
    case TOKEN_DLESS_DASH:
        break;
    case TOKEN_LESS:
    case TOKEN_GREAT:
    case TOKEN_CLOBBER:
    case TOKEN_DGREAT:
    case TOKEN_LESS_GREAT:
    case TOKEN_LESS_AND:
    case TOKEN_GREAT_AND:
        walk->target = true;
        break;
    }
}

/* << and its delimiter; the body comes with the newline. */
static void here_document(struct walk *walk, size_t from)
{
    struct lexer *lex = &walk->lex;
    struct redirect *redirect = NULL;
    unsigned traits = 0;
    parse_redirect(lex, &redirect, &traits);
    add(walk, SPAN_OPERATOR, from, place_of(walk, lex->at));
}

/* A word that does not end: what it will be. */
static enum span_kind open_kind(const struct walk *walk, const char *text, size_t length)
{
    size_t name = 0;
    while (name < length && char_is((unsigned char)text[name], CHAR_NAME)) {
        name++;
    }
    bool assigns = name > 0 && name < length && text[name] == '=' &&
                   !char_is((unsigned char)*text, CHAR_DIGIT);
    return walk->target                                ? SPAN_TARGET
           : walk->expected != EXPECT_ANY              ? SPAN_OTHER
           : walk->to->next == SPAN_COMMAND && assigns ? SPAN_ASSIGNMENT
                                                       : walk->to->next;
}

/* One token; false at the end or where the text does not go on. */
static bool step(struct walk *walk, size_t length)
{
    struct lexer *lex = &walk->lex;
    lex_token(lex);
    size_t from = start_of_token(walk);
    enum token_kind kind = lex->token.kind;
    add_comment(walk, from < length ? from : length);
    if (kind == TOKEN_WORD && lex->failed) {
        walk->lex.token.word = NULL;
        add(walk, open_kind(walk, walk->text + from, length - from), from, length);
        if (walk->to->count > 0) {
            walk->to->items[walk->to->count - 1].open = true;
        }
        return false;
    }
    if (kind == TOKEN_WORD && lex->token.word != NULL) {
        enum span_kind what = word_kind(walk);
        add(walk, what, from, place_of(walk, lex->at));
    } else if (kind == TOKEN_DLESS || kind == TOKEN_DLESS_DASH) {
        here_document(walk, from);
    } else if (kind == TOKEN_NEWLINE) {
        add(walk, SPAN_HERE, from + 1, lex->failed ? length : place_of(walk, lex->at));
        see_operator(walk, kind);
    } else if (kind != TOKEN_END) {
        add(walk, SPAN_OPERATOR, from, place_of(walk, lex->at));
        see_operator(walk, kind);
    }
    lex->have = false;
    return kind != TOKEN_END && !lex->failed;
}

void spans_find(struct programs *programs, struct depth *depth, const char *text, size_t length,
                struct spans *to)
{
    struct diag d = {0};
    struct source source;
    struct walk walk = {.to = to, .text = text};
    struct parse_input input = {.source = &source, .programs = programs, .depth = depth};
    struct program *program = program_new(programs);
    to->count = 0;
    to->next = SPAN_COMMAND;
    source_text(&source, text, length, 1);
    lex_begin(&walk.lex, &input, program, &d);
    while (step(&walk, length)) {
    }
    if (walk.target) {
        to->next = SPAN_TARGET;
    } else if (walk.expected != EXPECT_ANY) {
        to->next = SPAN_OTHER;
    }
    lex_finish(&walk.lex);
    program_release(program);
    diag_clear(&d);
}

void spans_free(struct spans *spans)
{
    mem_free(spans->items);
    *spans = (struct spans){0};
}
