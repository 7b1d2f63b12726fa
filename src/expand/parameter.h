/* parameter.h -- the values of parameters, for the quick ways of the expander. */
#ifndef SWISH_EXPAND_PARAMETER_H
#define SWISH_EXPAND_PARAMETER_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct parameter;
struct shell;

struct value {
    const char *text; /* NULL: unset; else valid until something is assigned */
    size_t length;
    char room[40]; /* for numbers and the letters of $- */
};

/* $@ or $*? */
bool parameter_is_list(const struct parameter *p);

/* Of one parameter other than $@ and $*, without its op. */
void parameter_value(struct shell *sh, const struct parameter *p, struct value *v);

/* ${#p}; false when it is unset. */
bool parameter_length(struct shell *sh, const struct parameter *p, size_t *length);

/* An unset parameter was used: false with `d` set under set -u. */
bool parameter_unset_ok(struct shell *sh, const struct parameter *p, struct diag *d);

#endif
