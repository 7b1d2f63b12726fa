/* mark.h -- the note that tells program and version. */
#ifndef SWISH_UI_MARK_H
#define SWISH_UI_MARK_H

#include <stdint.h>

struct ui_mark {
    uint32_t name_size;
    uint32_t text_size;
    uint32_t type;
    char name[8];
    char text[40];
};

extern const struct ui_mark ui_mark;

#endif
