/* word.h -- a word that is being typed: what it says so far, and text put behind it. */
#ifndef SWISH_UI_WORD_H
#define SWISH_UI_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct shell;

struct typed {
    struct buf text; /* without its quotes, parameters expanded */
    size_t base;     /* place in `text` behind the last slash */
    size_t raw_base; /* place in the typed word of that */
    char base_quote; /* quote that is open there: ' " or 0 */
    char quote;      /* quote that is open at the end */
    size_t variable; /* place of the name when it ends in $NAME or ${NAME; else 0 */
    bool brace;      /* ${NAME */
    bool unknown;    /* holds a substitution: nobody knows what it says */
    size_t command;  /* behind the innermost $( or ` that is open; else 0 */
};

void typed_read(struct shell *sh, const char *raw, size_t length, struct typed *to);

/* The name with what it needs to be read as it is, inside the quote. `ends`: nothing follows it. */
void typed_quote(const char *name, size_t length, char quote, bool ends, struct buf *to);

#endif
