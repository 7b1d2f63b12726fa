/* spell.h -- commands whose names are near one that there is not. */
#ifndef SWISH_UI_SPELL_H
#define SWISH_UI_SPELL_H

struct buf;
struct shell;

/* Appends those that may have been meant, at most three: "a, b or c"; nothing when none is near.
   Looks at built-ins, aliases, functions and along PATH, for a moment only. */
void spell_commands(struct shell *sh, const char *name, struct buf *to);

#endif
