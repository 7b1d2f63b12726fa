/* lookup.h -- is there such a program? Asked of a child, so that a folder of PATH that does not
   answer holds up nobody who types. */
#ifndef SWISH_UI_LOOKUP_H
#define SWISH_UI_LOOKUP_H

#include <stdbool.h>
#include <sys/types.h>

struct shell;

/* A zeroed struct has no child yet. */
struct lookup {
    pid_t pid; /* 0: none; -1: none could be made */
    int fd;
    unsigned owed; /* answers that came too late so far */
};

enum lookup_result { LOOKUP_NONE, LOOKUP_FOUND, LOOKUP_UNKNOWN };

/* Waits a moment at most; not at all while an earlier answer is still owed. */
enum lookup_result lookup_program(struct shell *sh, struct lookup *lookup, const char *name);

void lookup_end(struct shell *sh, struct lookup *lookup);

#endif
