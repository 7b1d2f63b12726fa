/* unicode_table.h -- ranges of characters with something in common (for utf8.c alone). */
#ifndef SWISH_BASE_UNICODE_TABLE_H
#define SWISH_BASE_UNICODE_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* `first`, `first + stride`, ... up to `first + span`. The ranges of a set are sorted by `first`
   and do not overlap, not even where the stride leaves characters out. Only characters above ASCII.
 */
struct unicode_range {
    uint32_t first;
    uint16_t span;
    uint16_t stride;
};

/* As above; the partner of a character in the other case is `character + delta`. */
struct unicode_case {
    uint32_t first;
    uint16_t span;
    uint16_t stride;
    int32_t delta;
};

struct unicode_set {
    const struct unicode_range *ranges;
    size_t count;
};

struct unicode_case_map {
    const struct unicode_case *ranges;
    size_t count;
};

extern const struct unicode_set unicode_alpha; /* letters, also digits of other scripts */
extern const struct unicode_set unicode_upper;
extern const struct unicode_set unicode_lower;
extern const struct unicode_set unicode_print;
extern const struct unicode_set unicode_zero; /* takes no column of its own */
extern const struct unicode_set unicode_wide; /* takes two columns */
extern const struct unicode_case_map unicode_to_upper;
extern const struct unicode_case_map unicode_to_lower;

#endif
