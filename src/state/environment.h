/* environment.h -- the environment block taken over at start; variable_environment() makes the
 * children's. */
#ifndef SWISH_STATE_ENVIRONMENT_H
#define SWISH_STATE_ENVIRONMENT_H

struct shell;

/* Makes exported variables of the entries whose name is one; the others stay foreign and must live
   as long as the shell. */
void environment_import(struct shell *sh, char **block);

void environment_free(struct shell *sh);

#endif
