/* complete.h -- what the word before the cursor can become. */
#ifndef SWISH_UI_COMPLETE_H
#define SWISH_UI_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct ui;

/* What is needed besides what all have in common; each includes those before it. */
enum completion_want { WANT_COMMON, WANT_LABELS, WANT_TEXTS };

struct completion {
    size_t word;   /* the word begins here in the line */
    size_t from;   /* what is replaced begins here in the line and ends at the cursor */
    char *common;  /* what all have in common, quoted; a single one with what follows it */
    char **labels; /* each, as a list shows it; NULL: not wanted */
    char **texts;  /* each, quoted, with what follows it; NULL: not wanted */
    size_t count;
    struct buf said;  /* what a function of the user's wrote, to be shown */
    struct buf block; /* holds the texts */
};

/* Finds them in a child, under a limit. False: nothing, or Ctrl-C came. The caller frees it in
   either case. */
bool complete_line(struct ui *ui, const char *line, size_t point, enum completion_want want,
                   struct completion *to);
void completion_free(struct completion *completion);

#endif
