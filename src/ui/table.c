/* table.c -- the built-ins that only swish-interactive has; columns as in builtin/table.c. */
#include "ui/table.h"

#include "exec/builtin.h"

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
     "compgen [-abcdefgjksuv] [-A action] [-C command] [-F function] [-G glob] [-P prefix] "
     "[-S suffix] [-W words] [-X pattern] [-o option] [word]",
     "write what a word could be completed to"},
    {"complete", builtin_complete, 0,
     "complete [-abcdefgjksuv] [-DEI] [-A action] [-C command] [-F function] [-G glob] [-P prefix] "
     "[-S suffix] [-W words] [-X pattern] [-o option] [name...], "
     "complete [-pr] [-DEI] [name...]",
     "say how arguments of commands are completed"},
    {"compopt", builtin_compopt, 0, "compopt [-o|+o option] [-DEI] [name...]",
     "change or show options of what is completed now, or of commands"},
    {0},
};

const struct builtin_set ui_builtins = {rows, sizeof rows / sizeof *rows - 1};
