/* source.c -- the source that is one text. */
#include "syntax/source.h"

void source_text(struct source *source, const char *text, size_t length, int line)
{
    *source = (struct source){.at = text, .end = text + length, .line = line};
}
