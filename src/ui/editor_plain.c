/* editor_plain.c -- the editor that the terminal itself is: the core's plain reader. */
#include <stddef.h>

#include "exec/line.h"
#include "ui/editor.h"
#include "ui/prompt.h"
#include "ui/ui.h"

static bool fits_all(const char *terminal)
{
    (void)terminal;
    return true;
}

static void idle(struct line *line)
{
    ui_idle(ui_of(line->sh));
}

static bool read_plain(struct ui *ui, struct line *line)
{
    static const struct line_events events = {.idle = idle};
    (void)ui;
    line->events = &events;
    prompt_drop_marks(&line->prompt);
    return line_read(line);
}

const struct editor editor_plain = {.fits = fits_all, .read = read_plain};
