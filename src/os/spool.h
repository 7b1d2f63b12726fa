/* spool.h -- large texts that need not be resident: written in pieces to memory that has no name,
   then mapped. No descriptor stays open, and a forked child has the text, too. */
#ifndef SWISH_OS_SPOOL_H
#define SWISH_OS_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

/* Adds a piece; *fd is -1 before the first one. False when there is no room: then only what was
   added before counts. */
bool spool_add(int *fd, const char *bytes, size_t length);

/* The `length` bytes that were added, NUL-terminated, until they are released. Closes *fd. */
__attribute__((returns_nonnull)) const char *spool_take(int *fd, size_t length);

void spool_release(const char *text, size_t length);

/* As fd_from_text, for a text of spool_take: it is not resident afterwards. */
int spool_open(const char *text, size_t length);

#endif
