/* history_file.h -- the history in a file, shared by all sessions (src/man/swish.1, HISTFILE). */
#ifndef SWISH_UI_HISTORY_FILE_H
#define SWISH_UI_HISTORY_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct shell;
struct ui;

/* HISTFILE begins as the usual place: whoever unsets it wants no file. */
void history_file_start(struct ui *ui);
void history_file_finish(struct ui *ui);

/* What others (or earlier sessions) have added to the file goes to the list. */
void history_file_read(struct ui *ui);

/* shell.hooks.remember: to the list and the end of the file, unless it begins with a blank or
   repeats the entry before. */
void history_file_add(struct shell *sh, const char *text, size_t length);

/* The commands of a file of bash's (or ours) are added to the list and our file. False and errno.
 */
bool history_file_import(struct shell *sh, const char *path);

/* At the first prompt: bash has a history and we have none; says how to take it over. */
void history_file_offer(struct ui *ui);

#endif
