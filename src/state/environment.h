/* environment.h -- the environment block taken over at start; variable_environment() makes the
 * children's. */
#ifndef SWISH_STATE_ENVIRONMENT_H
#define SWISH_STATE_ENVIRONMENT_H

struct shell;
struct symbol;

/* Makes exported variables of the entries whose name is one; the others stay foreign and must live
   as long as the shell. */
void environment_import(struct shell *sh, char **block);

/* The variable was or is exported, and changed. */
void environment_changed(struct shell *sh, struct symbol *symbol);

void environment_free(struct shell *sh);

#endif
