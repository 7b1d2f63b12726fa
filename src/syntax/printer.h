/* printer.h -- inside floor 2: what the two halves of the printer share. */
#ifndef SWISH_SYNTAX_PRINTER_H
#define SWISH_SYNTAX_PRINTER_H

#include <stdbool.h>

#include "base/buf.h"
#include "syntax/print.h"

struct word;

struct printer {
    struct buf *buf;
    struct buf bodies; /* here-documents that follow the next newline */
    enum print_style style;
    bool lines; /* compound commands take several lines */
    unsigned indent;
};

/* -- print.c -- */

/* The inside of $( ), on one line but for its here-documents. NULL: nothing. */
void print_substitution(struct printer *p, const struct node *body);

/* -- print_word.c -- */
void print_parts(struct printer *p, const struct word *word);

/* The body of a here-document that is expanded. */
void print_here_parts(struct printer *p, const struct word *body);

#endif
