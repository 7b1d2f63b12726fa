/* suggest.h -- how the line may go on: as the newest command that began like it. */
#ifndef SWISH_UI_SUGGEST_H
#define SWISH_UI_SUGGEST_H

#include <stddef.h>

#include "base/buf.h"

struct shell;

/* Kept from key to key; zeroed for a new line. */
struct suggest {
    int number;       /* of the entry found last; 0: none */
    struct buf typed; /* what it was found for */
};

/* What follows the text in that command, or NULL. */
const char *suggest_find(struct shell *sh, struct suggest *state, const char *text, size_t length);
void suggest_free(struct suggest *state);

#endif
