/* special.h -- variables the shell itself watches or computes. */
#ifndef SWISH_STATE_SPECIAL_H
#define SWISH_STATE_SPECIAL_H

#include <stddef.h>

#include "state/shell.h"

enum special {
    SPECIAL_NONE,
    SPECIAL_IFS,
    SPECIAL_PATH,
    SPECIAL_LOCALE, /* LC_ALL, LC_CTYPE, LANG */
    SPECIAL_OPTIND,
    /* computed when read, until the user unsets them; assigning to them has its own meaning */
    SPECIAL_LINENO,
    SPECIAL_RANDOM,
    SPECIAL_SECONDS,
    SPECIAL_EPOCHSECONDS,
};

/* Interns the special names and gives them their number and first values. */
void special_init(struct shell *sh);

/* The binding of a symbol with symbol->special set has changed (assignment, unset, end of a scope,
   rollback): derive again what hangs on it. */
void special_changed(struct shell *sh, struct symbol *symbol);

/* Class of the character at `at` (IFS_NONE, IFS_SPACE, IFS_OTHER); *size gets its length. */
int ifs_wide_class(const struct ifs *ifs, const char *at, size_t length, size_t *size);

static inline int ifs_class(const struct ifs *ifs, const char *at, size_t length, size_t *size)
{
    unsigned char byte = (unsigned char)*at;
    if (byte >= 0x80 && ifs->wide_count != 0) {
        return ifs_wide_class(ifs, at, length, size);
    }
    *size = 1;
    return ifs->class[byte];
}

/* Puts the present value of a computed variable into its struct variable. */
void special_refresh(struct shell *sh, struct symbol *symbol);

/* A number was assigned to a computed variable (seed of RANDOM, start of SECONDS). */
void special_assigned(struct shell *sh, struct symbol *symbol);

#endif
