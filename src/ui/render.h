/* render.h -- draws prompt and line on an ANSI terminal, and only what has changed. */
#ifndef SWISH_UI_RENDER_H
#define SWISH_UI_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* What a byte of the line is, for its colour. */
enum style {
    STYLE_PLAIN,
    STYLE_COMMAND,
    STYLE_UNKNOWN, /* no such command, or a quote that does not end */
    STYLE_KEYWORD,
    STYLE_STRING,
    STYLE_VARIABLE,
    STYLE_OPERATOR,
    STYLE_COMMENT,
    STYLE_GHOST,
    STYLES
};
enum { STYLE_MARKED = 64 }; /* added: the active region */

/* What is to be seen. */
struct view {
    const char *prompt; /* between \001 and \002: without width */
    const char *right;  /* at the right edge of the row where the line begins; may be NULL */
    const char *next;   /* in front of the second and further lines; may be NULL */
    const char *line;
    size_t length;
    size_t point;
    const uint8_t *styles; /* one per byte of the line, or NULL */
    const char *ghost;     /* behind the line; or NULL */
    bool utf8;
    bool colours;
    int columns;
    int rows;
};

struct cell {
    char text[14]; /* a character with what combines with it; empty: the right half of a wide one */
    uint8_t length;
    uint8_t style;
};

struct row {
    size_t from; /* in `cells` */
    size_t count;
    bool hard; /* a newline ends it, not the edge of the screen */
};

struct frame {
    struct cell *cells;
    size_t count;
    size_t capacity;
    struct row *rows;
    size_t row_count;
    size_t row_capacity;
    size_t start_row; /* where the line begins, behind the prompt */
    size_t start_column;
    size_t cursor_row;
    size_t cursor_column;
};

/* Zeroed: nothing is on the screen, the cursor stands at the beginning of a line. */
struct render {
    struct frame shown;
    struct frame next;
    struct buf prompt; /* as drawn */
    struct buf right;  /* what `right_width` is about */
    size_t right_width;
    size_t right_column; /* where it stands; 0: it is not shown */
    bool drawn;
    int columns;
    size_t row; /* where the cursor is */
    size_t column;
};

/* Appends to `out` what changes the screen into the view. */
void render_draw(struct render *render, const struct view *view, struct buf *out);

/* Has the edge of the screen taken the cursor to an empty row already? */
bool render_is_below(const struct render *render);

/* Appends what takes prompt and line off the screen; the cursor goes where they began. */
void render_erase(struct render *render, struct buf *out);

/* The cursor stands at the beginning of an empty line from now on. */
void render_forget(struct render *render);
void render_free(struct render *render);

#endif
