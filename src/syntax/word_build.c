/* word_build.c -- puts words together from texts and expansions, and finds their traits. */
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "syntax/parser.h"
#include "syntax/word.h"

/* A literal word in one piece of memory. */
struct literal_word {
    struct word word;
    struct part part;
    char text[];
};

void builder_begin(struct lexer *lex, struct builder *b)
{
    *b = (struct builder){.outer = lex->builder, .line = lex->line};
    b->tail = &b->first;
    lex->builder = b;
}

void builder_spill(struct lexer *lex, struct builder *b)
{
    if (b->slice != NULL) {
        buf_add(&lex->text, b->slice, b->length);
        b->slice = NULL;
        b->length = 0;
    }
}

void builder_flush(struct lexer *lex, struct builder *b)
{
    struct part *part;
    const char *bytes = b->slice != NULL ? b->slice : lex->text.data;
    size_t length = b->slice != NULL ? b->length : lex->text.length;

    if (!b->active) {
        return;
    }
    b->active = false;
    if (length > 0 || b->quoted) {
        part = arena_alloc(&lex->program->arena, sizeof(*part));
        part->next = NULL;
        part->kind = PART_TEXT;
        part->quoted = b->quoted;
        part->opens = b->text_opens;
        part->text.bytes = arena_text(&lex->program->arena, bytes, length);
        part->text.length = length;
        lex->literal |= traits_of_text(part->text.bytes, length);
        *b->tail = part;
        b->tail = &part->next;
    }
    b->slice = NULL;
    b->length = 0;
    lex->text.length = 0;
}

/* Opens a text part of that quotedness, unless one is open. */
static void open_text(struct lexer *lex, struct builder *b, bool quoted)
{
    if (b->active && b->quoted == quoted) {
        return;
    }
    builder_flush(lex, b);
    b->active = true;
    b->quoted = quoted;
    b->text_opens = quoted && b->opening;
    b->length = 0;
}

void builder_copy(struct lexer *lex, struct builder *b, const char *bytes, size_t length,
                  bool quoted)
{
    open_text(lex, b, quoted);
    b->opening = false;
    builder_spill(lex, b);
    buf_add(&lex->text, bytes, length);
}

void builder_text(struct lexer *lex, struct builder *b, const char *bytes, size_t length,
                  bool quoted)
{
    open_text(lex, b, quoted);
    b->opening = false;
    if (b->length == 0 && lex->text.length == 0) {
        b->slice = bytes;
        b->length = length;
    } else if (b->slice != NULL && b->slice + b->length == bytes) {
        b->length += length;
    } else {
        builder_spill(lex, b);
        buf_add(&lex->text, bytes, length);
    }
}

struct part *builder_part(struct lexer *lex, struct builder *b, enum part_kind kind, bool quoted)
{
    struct part *part = arena_zero(&lex->program->arena, sizeof(*part));

    builder_flush(lex, b);
    part->kind = kind;
    part->quoted = quoted;
    part->opens = quoted && b->opening;
    b->opening = false;
    *b->tail = part;
    b->tail = &part->next;
    return part;
}

/* An unquoted [ matters for patterns only when an unquoted ] comes later. */
static bool closes_bracket(const struct part *part)
{
    bool open = false;

    for (; part != NULL; part = part->next) {
        const char *text = part->text.bytes;
        size_t length;

        if (part->kind != PART_TEXT || part->quoted) {
            continue;
        }
        length = part->text.length;
        if (!open) {
            const char *bracket = memchr(text, '[', length);

            if (bracket == NULL) {
                continue;
            }
            open = true;
            length -= (size_t)(bracket - text);
            text = bracket;
        }
        if (memchr(text, ']', length) != NULL) {
            return true;
        }
    }
    return false;
}

/* Sets text and length of a word that has only texts. */
static void join_texts(struct lexer *lex, struct word *word)
{
    const struct part *part = word->parts;
    size_t length = 0;
    char *text;

    if (part == NULL || part->next == NULL) {
        word->text = part == NULL ? "" : part->text.bytes;
        word->length = part == NULL ? 0 : part->text.length;
        return;
    }
    for (; part != NULL; part = part->next) {
        length += part->text.length;
    }
    text = arena_alloc(&lex->program->arena, length + 1);
    word->text = text;
    word->length = length;
    for (part = word->parts; part != NULL; part = part->next) {
        bytes_copy(text, part->text.bytes, part->text.length);
        text += part->text.length;
    }
    *text = '\0';
}

/* The traits that parts tell: what is quoted, and whether anything but text is there. */
static void settle_traits(struct lexer *lex, struct word *word)
{
    bool literal = (word->traits & WORD_GLOBS) == 0;

    for (const struct part *part = word->parts; part != NULL; part = part->next) {
        literal = literal && part->kind == PART_TEXT;
        if (part->quoted) {
            word->traits |= WORD_QUOTED;
        }
    }
    word->traits &= ~(unsigned)WORD_LITERAL;
    if (literal) {
        word->traits |= WORD_LITERAL;
        join_texts(lex, word);
    }
}

struct word *builder_finish(struct lexer *lex, struct builder *b)
{
    struct word *word;

    builder_flush(lex, b);
    lex->builder = b->outer;
    if (b->bracket && (b->traits & WORD_GLOBS) == 0 && closes_bracket(b->first)) {
        b->traits |= WORD_GLOBS;
    }
    word = arena_zero(&lex->program->arena, sizeof(*word));
    word->parts = b->first;
    word->traits = b->traits;
    word->line = b->line;
    settle_traits(lex, word);
    return word;
}

struct word *word_literal(struct lexer *lex, const char *text, size_t length, unsigned traits)
{
    struct literal_word *whole = arena_alloc(&lex->program->arena, sizeof(*whole) + length + 1);

    bytes_copy(whole->text, text, length);
    whole->text[length] = '\0';
    whole->part = (struct part){.kind = PART_TEXT, .text = {whole->text, length}};
    whole->word = (struct word){.parts = &whole->part,
                                .text = whole->text,
                                .length = length,
                                .traits = WORD_LITERAL | traits,
                                .line = lex->line};
    return &whole->word;
}

size_t word_assignment_name(const struct word *word)
{
    const char *text = word->parts->text.bytes;
    size_t length = 0;

    while (text[length] != '=') {
        length++;
    }
    return length;
}

void word_make_value(struct lexer *lex, struct word *word, size_t name_length)
{
    struct part *first = word->parts;

    first->text.bytes += name_length + 1;
    first->text.length -= name_length + 1;
    if (first->text.length == 0) {
        word->parts = first->next;
    }
    word->traits &= ~(unsigned)WORD_ASSIGNMENT;
    for (struct part *part = word->parts; part != NULL; part = part->next) {
        if (part->kind == PART_TILDE) {
            part->tilde.assignment_only = false;
            word->traits |= WORD_TILDE;
        }
    }
    settle_traits(lex, word);
}
