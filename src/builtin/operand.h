/* operand.h -- operands of the form NAME or NAME=VALUE, and how such pairs are listed. */
#ifndef SWISH_BUILTIN_OPERAND_H
#define SWISH_BUILTIN_OPERAND_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct call;
struct job;
struct symbol;

struct operand {
    struct symbol *symbol; /* one reference: give it back with operand_release */
    const char *value;     /* behind the `=`, NULL: there is none */
};

/* The operands behind options that have no arguments of their own. *last (may be NULL) gets the
   letter that came last, 0 without any. NULL: a message was printed, return 2. */
char **operand_first(struct call *c, const char *letters, int *last);

/* False with a message when the part before the `=` is no name. */
bool operand_parse(struct call *c, const char *text, struct operand *operand);
void operand_release(struct call *c, struct operand *operand);

/* Assigns the value, if any; false with the message printed. */
bool operand_assign(struct call *c, const struct operand *operand);

/* Assigns to the variable of this name, a text of NULL unsets it; false with the message printed. */
bool operand_set(struct call *c, const char *name, const char *text, size_t length);

/* The job it names, or NULL with the message printed. */
struct job *operand_job(struct call *c, const char *text);

/* Appends the text in single quotes, as listings have it; control bytes as $'...'. */
void operand_quote(struct buf *to, const char *text);

/* One line `PREFIXname='value'`, reading back as input; without `=` when the value is NULL. */
void operand_list(struct call *c, const char *prefix, const char *name, const char *value);

#endif
