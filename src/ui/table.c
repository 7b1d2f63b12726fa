/* table.c -- the built-ins that only swish-interactive has; columns as in builtin/table.c. */
#include "ui/table.h"

#include "exec/builtin.h"
#include "ui/spec.h"

/* Sorted by name, ended by an empty row. */
static const struct builtin rows[] = {
    {"abbr", builtin_abbr, 0, "abbr [name=text...], abbr -d name...",
     "define or show words that grow while they are typed"},
    {"bind", builtin_bind, 0,
     "bind [-m keymap] [-lpPsSvVX] [-f file] [-q function] [-u function] [-r keys] [-x "
     "keys:command] "
     "[line...]",
     "bind keys, set and show what line editing does"},
    {"compgen", builtin_compgen, 0,
     "compgen [-abcdefgjkuv] [-A action] [-W words] [-X pattern] [word]",
     "write what a word could be completed to"},
    {"complete", builtin_complete, 0,
     "complete [-abcdefgjkuv] [-A action] [-o option] [-W words] [-F function] [-X pattern] "
     "name..., "
     "complete [-pr] [name...]",
     "say how arguments of commands are completed"},
    {0},
};

const struct builtin_set ui_builtins = {rows, sizeof rows / sizeof *rows - 1};
