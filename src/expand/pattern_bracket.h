/* pattern_bracket.h -- bracket expressions (XBD 9.3.5 as changed by XCU 2.14.1). */
#ifndef SWISH_EXPAND_PATTERN_BRACKET_H
#define SWISH_EXPAND_PATTERN_BRACKET_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct bracket_class;
struct bracket_range;

/* The bits decide for bytes, and for ASCII in UTF-8 text; the lists for all other characters. */
struct bracket {
    uint64_t bits[4];
    const struct bracket_range *ranges;
    const struct bracket_class *classes;
    uint32_t bit_count; /* 128 with UTF-8, else 256 */
    bool negated;
};

/* *at stands behind the `[`, and behind the closing `]` afterwards. NULL: no closing one before
   `end`, so the `[` is literal. *items tells then whether a [. .] or the like was met on the way.
 */
const struct bracket *bracket_compile(struct arena *arena, const char **at, const char *end,
                                      bool utf8, bool *items);

/* The slow part of bracket_has. */
bool bracket_lists(const struct bracket *bracket, uint32_t character);

static inline bool bracket_has(const struct bracket *bracket, uint32_t character)
{
    bool inside = character < bracket->bit_count
                      ? (bracket->bits[character / 64] >> (character % 64) & 1) != 0
                      : bracket_lists(bracket, character);

    return inside != bracket->negated;
}

#endif
