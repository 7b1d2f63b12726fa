/* spec.h -- what the user said with `complete` about the arguments of commands. */
#ifndef SWISH_UI_SPEC_H
#define SWISH_UI_SPEC_H

#include <stdbool.h>

struct asked;
struct call;
struct candidates;
struct shell;
struct spec;

/* Was something said of the command? */
bool spec_stands(struct shell *sh, const char *command);

/* As the sources in sources.c. Runs a function of the user's: only where that may hang and do what
   it wants, in a child. */
bool spec_ask(struct asked *asked);

/* The names for -A. */
void spec_actions(struct shell *sh, struct candidates *to);

void spec_free_all(struct spec *specs);

int builtin_compgen(struct call *c);
int builtin_complete(struct call *c);

#endif
