/* quote.h -- text back into shell syntax, and text made safe to show. */
#ifndef SWISH_BASE_QUOTE_H
#define SWISH_BASE_QUOTE_H

#include <stddef.h>

#include "base/buf.h"

/* Appends the text quoted so that the shell reads it back as one field: bare when no byte needs it,
   else in single quotes ($'...' when it holds control bytes). */
void quote_add(struct buf *buf, const char *text, size_t length);

/* Always in single quotes (for listings such as `export -p` and `alias`). */
void quote_add_single(struct buf *buf, const char *text, size_t length);

/* Appends at most `limit` bytes with control bytes shown as \ooo, and "..." where it was cut: for
   messages, which never send raw control bytes of others to a terminal. */
void quote_add_visible(struct buf *buf, const char *text, size_t length, size_t limit);

#endif
