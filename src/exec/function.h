/* function.h -- calls of shell functions. */
#ifndef SWISH_EXEC_FUNCTION_H
#define SWISH_EXEC_FUNCTION_H

#include <stddef.h>

#include "exec/flow.h"

struct function;
struct shell;

/* argv[0] is the name; the texts must live until the call returns. */
enum flow function_call(struct shell *sh, struct function *function, char **argv, size_t argc,
                        unsigned how);

#endif
