/* hooks.h -- what the user wants to be run before a prompt, before a command, and with a new
   working directory. */
#ifndef SWISH_UI_HOOKS_H
#define SWISH_UI_HOOKS_H

#include "exec/flow.h"

struct shell;

/* $? stays as it was for the next hook and for what comes then. FLOW_EXIT: a hook ended the shell.
   FLOW_INTERRUPT: Ctrl-C ended it, and $? says so. An error in one ends that one only. */

/* precmd and PROMPT_COMMAND; an interrupt has no consequence here. */
enum flow hooks_precmd(struct shell *sh);

/* preexec with the command as it was read. */
enum flow hooks_preexec(struct shell *sh, const char *text);

/* chpwd; one that changes the directory itself is not called again for that. */
enum flow hooks_chpwd(struct shell *sh);

#endif
