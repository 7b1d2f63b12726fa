/* complete.h -- what the word before the cursor can become. */
#ifndef SWISH_UI_COMPLETE_H
#define SWISH_UI_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

struct shell;

struct completion {
    size_t from;   /* what is replaced begins here in the line and ends at the cursor */
    char *common;  /* what all have in common, quoted; heap */
    char **texts;  /* each, quoted, with what follows it */
    char **labels; /* each, as a list shows it */
    size_t count;
};

/* False: nothing. Else the caller frees it. */
bool complete_line(struct shell *sh, const char *line, size_t point, struct completion *to);
void completion_free(struct completion *completion);

#endif
