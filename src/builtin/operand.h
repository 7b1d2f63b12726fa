/* operand.h -- what built-ins have in common: options, variables and jobs by name, listings. */
#ifndef SWISH_BUILTIN_OPERAND_H
#define SWISH_BUILTIN_OPERAND_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct call;
struct job;

/* The operands behind options that have no arguments of their own. *last (may be NULL) gets the
   letter that came last, 0 without any. NULL: a message was printed, return 2. */
char **operand_first(struct call *c, const char *letters, int *last);

/* Assigns to the variable of this name (NULL: unsets it); false with the message printed. */
bool operand_set(struct call *c, const char *name, const char *text, size_t length);

/* The job it names, or NULL with the message printed. */
struct job *operand_job(struct call *c, const char *text);

/* Appends the text in single quotes, as listings have it; control bytes as $'...'. */
void operand_quote(struct buf *to, const char *text);

/* One line `PREFIXname='value'`, reading back as input; without `=` when the value is NULL. */
void operand_list(struct call *c, const char *prefix, const char *name, const char *value);

#endif
