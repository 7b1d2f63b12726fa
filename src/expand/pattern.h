/* pattern.h -- pattern matching notation (XCU 2.14), without any meaning of `/` or a leading
 * period. */
#ifndef SWISH_EXPAND_PATTERN_H
#define SWISH_EXPAND_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct pattern;

/* Compiles the text into `arena`. A backslash takes the meaning of the next byte (that is how
   quoted characters arrive); a last lone backslash stands for itself. A `[` that opens no bracket
   expression is literal. With `utf8` characters are those of UTF-8, a byte that is none being one
   of its own; else bytes. The text is not copied: it must live as long as the pattern. */
const struct pattern *pattern_compile(struct arena *arena, const char *text, size_t length,
                                      bool utf8);

/* Does it match the whole text? */
bool pattern_matches(const struct pattern *p, const char *text, size_t length);

/* The end of the shortest or longest prefix that matches, the start of the suffix; false: none. */
bool pattern_prefix(const struct pattern *p, const char *text, size_t length, bool longest,
                    size_t *end);
bool pattern_suffix(const struct pattern *p, const char *text, size_t length, bool longest,
                    size_t *start);

#endif
