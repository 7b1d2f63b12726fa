/* table.c -- the built-ins that only swish-interactive has; columns as in builtin/table.c. */
#include "ui/table.h"

#include "exec/builtin.h"

/* Sorted by name, ended by an empty row. */
static const struct builtin rows[] = {
    {0},
};

const struct builtin_set ui_builtins = {rows, sizeof rows / sizeof *rows - 1};
