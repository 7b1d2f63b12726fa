/* table.h -- the built-ins of floor 7. */
#ifndef SWISH_UI_TABLE_H
#define SWISH_UI_TABLE_H

#include "exec/builtin_set.h"

struct call;

extern const struct builtin_set ui_builtins;

/* One function each; see exec/builtin.h. */
int builtin_abbr(struct call *c);
int builtin_bind(struct call *c);
int builtin_compgen(struct call *c);
int builtin_complete(struct call *c);
int builtin_compopt(struct call *c);

#endif
