/* abbr.h -- abbreviations: words in the place of a command that grow into their text while they are
   typed. */
#ifndef SWISH_UI_ABBR_H
#define SWISH_UI_ABBR_H

#include <stdbool.h>
#include <stddef.h>

struct shell;

struct abbreviation {
    char *name;
    char *text;
};

/* Zeroed: none. Sorted by name. */
struct abbreviations {
    struct abbreviation *items;
    size_t count;
};

/* Is there one with this name? */
bool abbr_exists(const struct abbreviations *list, const char *name, size_t length);

/* The text for the word that ends at `end` when it stands for a command; *from is where it begins.
   NULL: there is nothing to expand. */
const char *abbr_find(struct shell *sh, const char *line, size_t end, size_t *from);

void abbr_free(struct abbreviations *list);

#endif
