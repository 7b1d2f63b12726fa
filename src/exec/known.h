/* known.h -- children whose status somebody may still ask for: by pid, the last 65,536 ended ones.
 */
#ifndef SWISH_EXEC_KNOWN_H
#define SWISH_EXEC_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct exec;
struct job;

struct known {
    pid_t pid;
    struct job *job; /* NULL: its record is gone */
    size_t stage;
    int status; /* as wait4 gives it, once ended */
    bool ended;
    struct known *older; /* among the ended ones */
    struct known *newer;
};

struct known *known_find(const struct exec *ex, pid_t pid);
void known_add(struct exec *ex, pid_t pid, struct job *job, size_t stage);
void known_ended(struct exec *ex, struct known *known, int status);

/* Accepts NULL. */
void known_forget(struct exec *ex, struct known *known);

/* The job's record goes: its last process stays known, the others are forgotten. */
void known_detach(struct exec *ex, const struct job *job);

void known_forget_ended(struct exec *ex);

/* In a forked child: they are the parent's. Frees nothing, which would copy page after page. */
void known_abandon(struct exec *ex);

#endif
