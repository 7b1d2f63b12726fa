/* lexer.h -- inside floor 2: the state of one parse_command, its characters and its tokens. */
#ifndef SWISH_SYNTAX_LEXER_H
#define SWISH_SYNTAX_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "syntax/chars.h"
#include "syntax/parse.h"
#include "syntax/tree.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NEWLINE,
    TOKEN_WORD,
    TOKEN_IO_NUMBER,
    TOKEN_AND_IF,   /* && */
    TOKEN_OR_IF,    /* || */
    TOKEN_DSEMI,    /* ;; */
    TOKEN_SEMI_AND, /* ;& */
    TOKEN_AMPERSAND,
    TOKEN_SEMICOLON,
    TOKEN_PIPE,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_LESS, /* the redirections stand together, from here on */
    TOKEN_GREAT,
    TOKEN_CLOBBER,
    TOKEN_DGREAT,
    TOKEN_LESS_GREAT,
    TOKEN_LESS_AND,
    TOKEN_GREAT_AND,
    TOKEN_DLESS,
    TOKEN_DLESS_DASH,
};

enum reserved {
    RESERVED_NONE,
    RESERVED_BANG,
    RESERVED_OPEN, /* { */
    RESERVED_CLOSE,
    RESERVED_CASE,
    RESERVED_DO,
    RESERVED_DONE,
    RESERVED_ELIF,
    RESERVED_ELSE,
    RESERVED_ESAC,
    RESERVED_FI,
    RESERVED_FOR,
    RESERVED_IF,
    RESERVED_IN,
    RESERVED_THEN,
    RESERVED_TIME,
    RESERVED_UNTIL,
    RESERVED_WHILE,
    RESERVED_UNKNOWN, /* nobody has asked yet */
};

/* Where something stands in the input, for messages. The pointers are good only while `piece` is
   the lexer's. */
struct place {
    const char *at;
    const char *line_start;
    const char *end;
    unsigned piece;
    int line;
};

struct token {
    enum token_kind kind;
    enum reserved reserved;
    bool after_alias;  /* follows an alias whose value ends in a blank */
    bool alias_done;   /* no (further) alias substitution applies */
    bool settled;      /* parse_start has nothing more to do */
    struct word *word; /* WORD and IO_NUMBER */
    struct place place;
};

/* A place to read on from. */
struct cursor {
    const char *at;
    const char *end;
    const char *line_start;
    const char *origin; /* first byte of this piece or layer */
    uint64_t key;       /* identity of `origin` (lex_replay.c) */
};

/* A text that is read before what lies below it: an alias value, a replay, the inside of a
   here-document or of backquotes. Never changed once pushed, so that a chain can be put back. */
struct layer {
    struct layer *below;
    const struct layer *within; /* where the alias's name stood, which may be no longer below */
    const struct symbol *alias; /* NULL for the other kinds */
    bool blank_end;             /* an alias value that ends in a blank */
    bool isolated;              /* its end is an end of input */
    int line_step;              /* state of the level below: */
    struct cursor cursor;
};

struct here {
    struct here *next;
    struct redirect *redirect;
};

/* What a speculative reading of $(( needs to start over (lex_replay.c). */
struct replay {
    unsigned active;   /* open attempts */
    const char *from;  /* source level: what lies before it has been recorded */
    struct buf record; /* source bytes of pieces that are gone */
    struct map failed; /* keys of places where $(( is known not to begin an arithmetic expansion */
};

struct builder;

struct lexer {
    const char *at; /* these five are a cursor: lex_cursor, lex_go */
    const char *end;
    const char *line_start;
    const char *origin;
    uint64_t key;
    uint64_t next_key;
    int line;
    int line_step;    /* 0 inside an alias: its lines are not those of the script */
    unsigned piece;   /* counts the pieces of the source */
    bool starts;      /* no token of the command has been seen */
    bool ended;       /* the source has no more */
    bool failed;      /* an error is set; everybody unwinds */
    bool fatal;       /* no other reading of the text could help */
    bool alias_next;  /* an alias that ends in a blank has just ended */
    bool have;        /* `token` is there and not taken yet */
    unsigned literal; /* node traits found in literal texts, not claimed by a node yet */
    unsigned nesting;
    struct layer *layer;       /* NULL: reading the source itself */
    struct layer *token_layer; /* `layer` where the token began */
    struct parse_input *input;
    struct source *source;
    struct program *program;
    struct diag *d;
    struct here *here_first;
    struct here **here_tail;
    struct builder *builder; /* the innermost word under construction */
    struct buf text;         /* its text, when that is not one slice of the input */
    struct buf name;
    struct replay replay;
    struct token token;
    size_t last_length;
    char last[240]; /* the end of the piece before */
};

/* -- lex.c -- */
void lex_begin(struct lexer *lex, struct parse_input *input, struct program *program,
               struct diag *d);
void lex_finish(struct lexer *lex);

/* Next character after line continuations, or -1; not consumed. */
int lex_peek_slow(struct lexer *lex);

/* Next byte as it stands (inside '...', here-documents, comments). */
int lex_peek_raw(struct lexer *lex);

void lex_push(struct lexer *lex, const struct layer *how, const char *text, size_t length);
void lex_pop(struct lexer *lex);

/* Reads the next token into lex->token. */
void lex_token(struct lexer *lex);

/* Skips blanks and comments; the character behind them. */
int lex_skip_blanks(struct lexer *lex);

/* One level deeper: false, with the error set, when that is too deep. */
bool lex_enter(struct lexer *lex);
void lex_leave(struct lexer *lex);

/* True when text of an alias or a replay waits in front of the source. */
bool lex_layers_left(const struct lexer *lex);

/* -- lex_here.c -- */
void lex_here_add(struct lexer *lex, struct redirect *redirect);
void lex_here_bodies(struct lexer *lex);

static inline int lex_peek(struct lexer *lex)
{
    if (lex->at < lex->end) {
        unsigned char c = (unsigned char)*lex->at;
        if (!(char_table[c] & CHAR_PEEK)) {
            return c;
        }
    }
    return lex_peek_slow(lex);
}

static inline struct place lex_place(const struct lexer *lex)
{
    return (struct place){lex->at, lex->line_start, lex->end, lex->piece, lex->line};
}

static inline struct cursor lex_cursor(const struct lexer *lex)
{
    return (struct cursor){lex->at, lex->end, lex->line_start, lex->origin, lex->key};
}

static inline void lex_go(struct lexer *lex, const struct cursor *to)
{
    lex->at = to->at;
    lex->end = to->end;
    lex->line_start = to->line_start;
    lex->origin = to->origin;
    lex->key = to->key;
}

/* Consumes the character that was peeked. */
static inline void lex_advance(struct lexer *lex)
{
    if (*lex->at++ == '\n') {
        lex->line += lex->line_step;
        lex->line_start = lex->at;
    }
}

static inline bool lex_follows(struct lexer *lex, int c)
{
    if (lex_peek(lex) != c) {
        return false;
    }
    lex_advance(lex);
    return true;
}

#endif
