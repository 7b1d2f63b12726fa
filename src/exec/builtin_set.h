/* builtin_set.h -- the built-ins that a shell has come in sets: floor 6's and the front's. */
#ifndef SWISH_EXEC_BUILTIN_SET_H
#define SWISH_EXEC_BUILTIN_SET_H

#include <stddef.h>

struct builtin;

enum { BUILTIN_SETS = 2 };

struct builtin_set {
    const struct builtin *rows; /* sorted by name */
    size_t count;
};

#endif
