/* whole.h -- does Enter end the command, or is there more to come? The parser knows. */
#ifndef SWISH_UI_WHOLE_H
#define SWISH_UI_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

struct shell;

/* Would the shell run (or refuse) the text without asking for another line? */
bool whole_text(struct shell *sh, const char *text, size_t length);

#endif
