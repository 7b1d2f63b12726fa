/* highlight.h -- what each byte of a line is. */
#ifndef SWISH_UI_HIGHLIGHT_H
#define SWISH_UI_HIGHLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "syntax/spans.h"
#include "ui/lookup.h"

struct shell;

/* Kept from key to key; zeroed at first. */
struct highlight {
    struct spans spans;
    uint8_t *styles;
    size_t room;
    struct buf names; /* commands looked up for this line: text, NUL, 1 when found */
    struct lookup lookup;
};

/* Styles (ui/render.h) of the bytes, the caller's until the next call; all plain when not `on`. */
uint8_t *highlight_line(struct shell *sh, struct highlight *state, const char *line, size_t length,
                        bool on);

/* A new line: commands may have come and gone. */
void highlight_begin(struct highlight *state);
void highlight_free(struct shell *sh, struct highlight *state);

#endif
