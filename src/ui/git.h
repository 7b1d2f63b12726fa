/* git.h -- what the files of a git repository tell, without a process. */
#ifndef SWISH_UI_GIT_H
#define SWISH_UI_GIT_H

#include <stddef.h>

struct buf;
struct candidates;
struct shell;

/* The branch, or the short commit, that HEAD names in the repository around the directory, if any.
   Returns how much of the directory's name is that of the work tree. */
size_t git_add_branch(const char *directory, struct buf *to);

/* Branches, those of others, and tags of the repository around the working directory. */
void git_references(struct shell *sh, struct candidates *to);

/* Names of the commands that people type. */
void git_commands(struct shell *sh, struct candidates *to);

#endif
