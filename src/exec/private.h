/* private.h -- descriptors of ours that stay open over commands: saved ones, pipe ends. Each is
   known by the place where its number stands, so it can be moved when the user names that number.
 */
#ifndef SWISH_EXEC_PRIVATE_H
#define SWISH_EXEC_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

struct shell;

/* *slot holds an open descriptor (or -1: nothing is noted). */
void private_add(struct shell *sh, int *slot);

/* Closes it and forgets the slot; *slot becomes -1. Does nothing when it is -1 already. */
void private_close(struct shell *sh, int *slot);

/* The descriptor stands in another place from now on; *from becomes -1. */
void private_rename(struct shell *sh, int *from, int *to);

/* The user is about to use this number: when it is ours it moves away. */
int private_make_way(struct shell *sh, int fd);

/* Is it one of ours? (The user's `>&12` must not reach it.) */
bool private_is(const struct shell *sh, int fd);

/* In a forked child: closes and forgets the first `count` that were noted. */
void private_close_below(struct shell *sh, size_t count);

#endif
