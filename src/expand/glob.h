/* glob.h -- pathname expansion (XCU 2.6.6, 2.14.3). */
#ifndef SWISH_EXPAND_GLOB_H
#define SWISH_EXPAND_GLOB_H

#include <stdbool.h>
#include <stddef.h>

struct fields;
struct shell;

/* Does the text hold a * ? or [...] that no backslash escapes? */
bool glob_is_pattern(const char *text, size_t length);

/* Appends the existing pathnames that match, sorted by bytes, to the fields (in the scratch arena).
   False and nothing appended when there is none. */
bool glob_expand(struct shell *sh, const char *text, size_t length, struct fields *fields);

/* Sorts by bytes. `common`: this many are the same at the start of all texts. */
void glob_sort(char **texts, size_t count, size_t common);

#endif
