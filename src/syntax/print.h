/* print.h -- tree to text; the text parses to an equal tree. */
#ifndef SWISH_SYNTAX_PRINT_H
#define SWISH_SYNTAX_PRINT_H

#include "base/buf.h"

struct node;

enum print_style {
    PRINT_LINES, /* indented, several lines, here-document bodies included: reads back; ends with
                    a newline */
    PRINT_SHORT, /* one line for `jobs` and messages, no newline; here-document bodies left out,
                    control bytes made visible */
};

/* Appends; nothing for a NULL node. */
void print_node(struct buf *buf, const struct node *node, enum print_style style);

#endif
