/* editor.h -- what reads a line at the terminal: readline, or the plain reader where that is
   missing or the terminal is dumb. */
#ifndef SWISH_UI_EDITOR_H
#define SWISH_UI_EDITOR_H

#include <stdbool.h>

struct buf;
struct call;
struct candidates;
struct line;
struct ui;

struct editor {
    /* Can it serve at a terminal of this type? */
    bool (*fits)(const char *terminal);

    /* Shows line->prompt (between \001 and \002: without width) and fills line->text, as
       line_read. Calls ui_idle once the prompt stands. */
    bool (*read)(struct ui *ui, struct line *line);

    /* `!` expansion of the line in `text`; what there is to say goes to `said`: the new line, or an
       error (false: the line is dropped). NULL: none. */
    bool (*expand)(struct ui *ui, struct buf *text, struct buf *said);

    /* The bind built-in. NULL: there are no keys to bind. */
    int (*bind)(struct ui *ui, struct call *c);

    /* Adds the names of what keys can be bound to. NULL: none. */
    void (*functions)(struct candidates *to);

    void (*finish)(struct ui *ui);
};

extern const struct editor editor_plain;
extern const struct editor editor_readline; /* not with READLINE=0 */

#endif
