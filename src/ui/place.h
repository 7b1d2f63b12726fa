/* place.h -- the word before the cursor: where it stands, and the command it belongs to. */
#ifndef SWISH_UI_PLACE_H
#define SWISH_UI_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "syntax/spans.h"
#include "ui/word.h"

struct shell;

struct place_word {
    char *text;  /* without its quotes; heap */
    size_t from; /* in the line */
};

struct place {
    const char *line;
    size_t point;       /* the cursor */
    size_t from;        /* of the word; what lies before is kept */
    size_t value;       /* behind NAME= or --option= in it, else `from` */
    char open;          /* quote that is open there: ' " or 0 */
    bool backquoted;    /* inside `...`, */
    bool double_quoted; /* that stands in "..." */
    enum span_kind kind;
    struct place_word *words; /* the command before the word: its name, then its arguments */
    size_t count;
    struct typed whole; /* the word; its text is NUL-terminated, as that of its value */
    struct typed typed;
};

/* False: nothing can be completed there. place_free in either case. */
bool place_find(struct shell *sh, const char *line, size_t point, struct place *place);
void place_free(struct place *place);

/* The name of the command, its Nth argument, the one just before the word; "" when there is none.
 */
const char *place_word(const struct place *place, size_t number);
const char *place_previous(const struct place *place);

#endif
