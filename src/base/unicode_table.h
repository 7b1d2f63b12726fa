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

struct unicode_set {
    const struct unicode_range *ranges;
    size_t count;
};

extern const struct unicode_set unicode_alpha; /* letters, also digits of other scripts */
extern const struct unicode_set unicode_upper;
extern const struct unicode_set unicode_lower;
extern const struct unicode_set unicode_print;
extern const struct unicode_set unicode_zero; /* takes no column of its own */
extern const struct unicode_set unicode_wide; /* takes two columns */

#endif
