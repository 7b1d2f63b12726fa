/* scope.h -- scope frames: what a function call or a prefix assignment takes back (idea 3). */
#ifndef SWISH_STATE_SCOPE_H
#define SWISH_STATE_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "state/shell.h"

struct symbol;
struct variable;

enum scope_kind { SCOPE_FUNCTION, SCOPE_PREFIX, SCOPE_SUBSHELL };

struct scope_binding {
    struct symbol *symbol;
    struct variable *before; /* what it was bound to outside */
    size_t getopts_offset;   /* for OPTIND: where the caller's getopts was in its word */
};

enum { SCOPE_FIRST = 4 };

/* Lives in the C function that opens it. */
struct scope {
    struct scope *outer;
    enum scope_kind kind;
    bool has_params; /* params below are to be put back */
    struct params params;
    struct scope_binding *bindings; /* `first`, or heap when there are more; NULL: none yet */
    struct scope_binding first[SCOPE_FIRST];
    size_t count;
    size_t capacity;
};

void scope_enter(struct shell *sh, struct scope *scope, enum scope_kind kind);

/* Puts the params and every binding of this frame back, newest first. */
void scope_leave(struct shell *sh, struct scope *scope);

/* New positional parameters for a function call: the texts stay the caller's. */
void scope_params(struct shell *sh, struct scope *scope, char **items, size_t count);

/* Shadows the variable in this frame with a copy of its value and flags (a local keeps the outer
   value until it is assigned; a prefix assignment exports what it assigns). Once per symbol and
   frame. */
void scope_shadow(struct shell *sh, struct scope *scope, struct symbol *symbol);

/* Innermost function frame reachable without leaving the subshell, or the enclosing one; NULL:
 * none. */
struct scope *scope_function(const struct shell *sh);

#endif
