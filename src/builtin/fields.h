/* fields.h -- cuts a line into the fields of read (XCU read, 2.6.5). */
#ifndef SWISH_BUILTIN_FIELDS_H
#define SWISH_BUILTIN_FIELDS_H

#include <stddef.h>

struct ifs;

struct splitter {
    const struct ifs *ifs;
    const char *text;
    size_t length;
    const char *quoted; /* by byte: it separates nothing; NULL: all bytes count */
    size_t at;
};

/* Passes leading IFS white space. */
void splitter_start(struct splitter *s);

/* The next field, and the separator behind it is passed. Empty at the end. */
void splitter_field(struct splitter *s, size_t *start, size_t *length);

/* What is left, for the last variable: one field without its separator, or all of them with what is
   between, less the IFS white space at the end. */
void splitter_rest(struct splitter *s, size_t *start, size_t *length);

#endif
