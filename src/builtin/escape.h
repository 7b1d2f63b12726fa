/* escape.h -- the backslash sequences of echo and printf (XBD 5, XCU echo, printf). */
#ifndef SWISH_BUILTIN_ESCAPE_H
#define SWISH_BUILTIN_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum escape_kind {
    ESCAPE_ECHO,   /* \0ooo and \c */
    ESCAPE_B,      /* %b of printf: \0ooo, \ooo and \c */
    ESCAPE_FORMAT, /* format of printf: \ooo, no \c */
};

/* The byte that the sequence stands for whose backslash is text[0]; *used gets its length. An
   unknown one gives the backslash alone. -1: it is \c, all output ends here. */
int escape_one(const char *text, enum escape_kind kind, size_t *used);

/* The whole text. False when \c ended it. */
bool escape_text(struct buf *to, const char *text, enum escape_kind kind);

#endif
