/* manual.h -- option words of programs, from their manual pages or, for some, their --help. */
#ifndef SWISH_UI_MANUAL_H
#define SWISH_UI_MANUAL_H

#include <stdbool.h>

#include "base/buf.h"

struct candidates;
struct shell;

/* Adds those of the command, noted with the first words of what is said of them. `first`: its first
   argument, for programs with a page for each subcommand. Kept in a file, made in the background
   where that takes long. */
void manual_options(struct shell *sh, const char *command, const char *first,
                    struct candidates *to);

/* One line `OPTION\tNOTE` for each that is told of in the text: a page's source, or what --help
   says. In manual_text.c. */
void manual_parse(const char *text, bool page, struct buf *to);

#endif
