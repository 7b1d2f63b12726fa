/* history.h -- the command history: an in-memory list, kept with `set -o history` (XCU fc, sh). */
#ifndef SWISH_STATE_HISTORY_H
#define SWISH_STATE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

struct shell;

/* Adds a command (its trailing newlines are left out; empty ones are not added). Keeps HISTSIZE
   entries, 128 when that is unset. */
void history_add(struct shell *sh, const char *text, size_t length);

/* A command that was typed: to the list, and to the history file where floor 7 keeps one. */
void history_remember(struct shell *sh, const char *text, size_t length);

/* HISTSIZE is not 0. */
bool history_is_kept(struct shell *sh);

/* Numbers of the oldest and the newest entry; 0 when there is none. */
int history_first(const struct shell *sh);
int history_last(const struct shell *sh);

/* The entry's text or NULL. */
const char *history_text(const struct shell *sh, int number);

/* Whether the newest entry is the command that runs; after history_add it is. */
void history_mark_current(struct shell *sh, bool kept);

/* The newest entry that is not the command that runs; 0 when there is none. */
int history_before(const struct shell *sh);

/* Removes the entry of the command that runs, if there is one (fc replaces itself by what it runs).
 */
void history_drop_last(struct shell *sh);

/* Forgets all entries; numbers begin anew. */
void history_free(struct shell *sh);

#endif
