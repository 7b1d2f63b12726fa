/* params.h -- positional parameters (XCU 2.5.1). */
#ifndef SWISH_STATE_PARAMS_H
#define SWISH_STATE_PARAMS_H

#include <stdbool.h>
#include <stddef.h>

struct shell;

/* How many texts there are before the NULL. */
size_t params_count(char *const *items);

/* Replaces all; the texts are copied. */
void params_set(struct shell *sh, char *const *items, size_t count);

/* Drops the first `n`; false when there are fewer. Constant time. */
bool params_shift(struct shell *sh, size_t n);

/* "$position", NULL when unset; 0 is $0. */
const char *params_get(const struct shell *sh, size_t position);

#endif
