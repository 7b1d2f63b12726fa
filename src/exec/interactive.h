/* interactive.h -- a shell at a terminal, with the plain line reader. */
#ifndef SWISH_EXEC_INTERACTIVE_H
#define SWISH_EXEC_INTERACTIVE_H

struct shell;

/* Signals, job control and the options of comfort, before any start-up file. `off`: options
   switched off on the command line. */
void interactive_start(struct shell *sh, unsigned off);

/* Prompts, reads and runs until the end of input or exit. */
void interactive_run(struct shell *sh);

#endif
