/* replay.h -- inside floor 2: read ahead in earnest, and start over when it was the wrong reading.
 */
#ifndef SWISH_SYNTAX_REPLAY_H
#define SWISH_SYNTAX_REPLAY_H

#include "syntax/lexer.h"

struct snapshot {
    struct layer *layer;
    struct layer *token_layer;
    struct cursor cursor;
    uint64_t source_key; /* of the next byte of the source itself */
    size_t recorded;     /* offset in the record of that byte */
    int line;
    int line_step;
    unsigned piece;
    unsigned nesting;
    unsigned literal;
    bool alias_next;
    struct here **here_tail;
};

/* Each replay_begin is followed by exactly one replay_end. */
void replay_begin(struct lexer *lex, struct snapshot *snapshot);
void replay_end(struct lexer *lex);

/* Back to the snapshot; the attempt stays open. */
void replay_rewind(struct lexer *lex, const struct snapshot *snapshot);

/* Saves what was consumed of the current piece; called before the source gets its next one. */
void replay_record(struct lexer *lex);

/* What stands at a place where $(( was found to be a command substitution. */
struct known {
    struct node *body;
    size_t length; /* of its text; 0: it has to be parsed again */
    int lines;
};

/* NULL: nothing is known about the place. */
struct known *replay_known(const struct lexer *lex, const struct snapshot *snapshot);
struct known *replay_remark(struct lexer *lex, const struct snapshot *snapshot);

#endif
