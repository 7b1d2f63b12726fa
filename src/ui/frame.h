/* frame.h -- lays a view out in rows of cells. */
#ifndef SWISH_UI_FRAME_H
#define SWISH_UI_FRAME_H

#include <stddef.h>

#include "ui/render.h"

void frame_lay(struct frame *frame, const struct view *view);
/* Columns that the text of a prompt takes. */
size_t frame_width(const char *text);
void frame_free(struct frame *frame);

#endif
