/* interactive.h -- a shell at a terminal, with the plain line reader. */
#ifndef SWISH_EXEC_INTERACTIVE_H
#define SWISH_EXEC_INTERACTIVE_H

#include <stdbool.h>

struct shell;

/* Start-up files (login: /etc/profile and ~/.profile; interactive: $ENV), signals and job control.
   `off`: options switched off on the command line. */
void interactive_start(struct shell *sh, bool login, unsigned off);

/* Prompts, reads and runs until the end of input or exit. */
void interactive_run(struct shell *sh);

#endif
