/* word.h -- inside floor 2: words in the making. */
#ifndef SWISH_SYNTAX_WORD_H
#define SWISH_SYNTAX_WORD_H

#include "syntax/lexer.h"

struct builder {
    struct builder *outer;
    struct part *first;
    struct part **tail;
    const char *slice; /* text of the open part while it is one slice of the input */
    size_t length;
    unsigned traits;
    int line;
    bool active;     /* a text part is open */
    bool quoted;     /* ... and is quoted */
    bool text_opens; /* ... and is the first part of its "..." */
    bool opening;    /* the next part is the first of its "..." */
    bool bracket;    /* an unquoted [ was seen */
};

/* -- word_build.c -- */
void builder_begin(struct lexer *lex, struct builder *b);

/* Adds to the text; `bytes` must stay until the next refill of the lexer. */
void builder_text(struct lexer *lex, struct builder *b, const char *bytes, size_t length,
                  bool quoted);

/* The same for bytes that do not stay. */
void builder_copy(struct lexer *lex, struct builder *b, const char *bytes, size_t length,
                  bool quoted);

/* Ends the open text part: nothing else may be lexed into the text before. */
void builder_flush(struct lexer *lex, struct builder *b);
void builder_spill(struct lexer *lex, struct builder *b);
struct part *builder_part(struct lexer *lex, struct builder *b, enum part_kind kind, bool quoted);
struct word *builder_finish(struct lexer *lex, struct builder *b);

/* A word that is one unquoted text. */
struct word *word_literal(struct lexer *lex, const char *text, size_t length, unsigned traits);

/* Takes NAME= off an assignment word that is one; the name's length is returned by the first. */
size_t word_assignment_name(const struct word *word);
void word_make_value(struct lexer *lex, struct word *word, size_t name_length);

/* Adds the bytes before the next one of the class `stop`; that character, -1 at the end. */
static inline int builder_run(struct lexer *lex, struct builder *b, unsigned stop, bool quoted)
{
    const char *p = lex->at;

    while (p < lex->end && !(char_table[(unsigned char)*p] & stop)) {
        p++;
    }
    if (p > lex->at) {
        builder_text(lex, b, lex->at, (size_t)(p - lex->at), quoted);
        lex->at = p;
    }
    return lex_peek(lex);
}

/* -- lex_word.c -- */
enum unquoted_mode { UNQUOTED_WORD, UNQUOTED_BRACE };

struct word *lex_word(struct lexer *lex);

/* Up to the delimiter, or to the closing } of ${...}, which stay; false on an error. */
bool lex_unquoted(struct lexer *lex, struct builder *b, enum unquoted_mode mode);

/* The delimiter of a here-document, whose $ and ` mean nothing; NULL when none stands there. */
struct word *lex_delimiter(struct lexer *lex);

/* -- lex_double.c -- */
enum double_mode { DOUBLE_QUOTES, DOUBLE_BRACE, DOUBLE_ARITHMETIC, DOUBLE_HERE };
enum double_end { DOUBLE_FAILED, DOUBLE_DONE, DOUBLE_OTHER };

/* Up to and with the end of the mode (} stays). DOUBLE_OTHER: a lone ) ended $((. */
enum double_end lex_double(struct lexer *lex, struct builder *b, enum double_mode mode);
bool lex_double_quotes(struct lexer *lex, struct builder *b);

/* -- lex_dollar.c, lex_brace.c, quote_dollar.c -- */
bool lex_dollar(struct lexer *lex, struct builder *b, bool quoted);
bool lex_backquotes(struct lexer *lex, struct builder *b, bool quoted);
bool lex_braced(struct lexer *lex, struct builder *b, bool quoted, const struct place *start);
bool lex_dollar_quotes(struct lexer *lex, struct builder *b, const struct place *start);

/* Marks the word as expanding something. */
static inline void builder_expands(struct builder *b, bool quoted)
{
    b->traits |= quoted ? WORD_EXPANDS : WORD_EXPANDS | WORD_SPLITS;
}

#endif
