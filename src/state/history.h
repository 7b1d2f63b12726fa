/* history.h -- the command history: an in-memory list, kept with `set -o history` (XCU fc, sh). */
#ifndef SWISH_STATE_HISTORY_H
#define SWISH_STATE_HISTORY_H

#include <stddef.h>

struct shell;

/* Adds a command (its trailing newlines are left out; empty ones are not added). Keeps HISTSIZE
   entries, 128 when that is unset. */
void history_add(struct shell *sh, const char *text, size_t length);

/* Numbers of the oldest and the newest entry; 0 when there is none. */
int history_first(const struct shell *sh);
int history_last(const struct shell *sh);

/* The entry's text or NULL. */
const char *history_get(const struct shell *sh, int number);

/* Removes the newest entry (fc replaces itself by what it runs). */
void history_drop_last(struct shell *sh);

void history_free(struct shell *sh);

#endif
