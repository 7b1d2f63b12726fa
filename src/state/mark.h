/* mark.h -- subshell marks: restore everything that a body changed (architecture 2.3). */
#ifndef SWISH_STATE_MARK_H
#define SWISH_STATE_MARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/scope.h"
#include "state/shell.h"

struct alias;
struct function;
struct remembered;
struct symbol;
struct variable;

enum mark_entry_kind {
    MARK_VARIABLE,
    MARK_FUNCTION,
    MARK_ALIAS,
    MARK_PATH,
    MARK_PARAMS,
    MARK_SETTINGS,
    MARK_FD,
    MARK_DIRECTORY,
    MARK_PUSHED,
    MARK_UMASK,
};

struct mark_entry {
    enum mark_entry_kind kind;
    union {
        struct {
            struct symbol *symbol;
            void *before; /* struct variable, function, alias or remembered; owned by the entry */
        } slot;
        struct params params;
        struct settings settings;
        struct {
            int fd;
            int copy; /* private descriptor, -1: it was closed */
            uint64_t serial;
        } fd;
        struct {
            int held;   /* O_PATH descriptor */
            char *path; /* sh->directory before */
        } directory;
        mode_t umask;
        struct pushed pushed;
    };
};

enum { MARK_FIRST = 6 };

/* Lives in the C function that opens it. Opening costs nothing but these stores. */
struct mark {
    struct mark *outer;
    uint64_t serial;
    struct scope scope;         /* SCOPE_SUBSHELL: takes locals made directly inside */
    struct mark_entry *entries; /* oldest first: `first`, or heap when there are more */
    struct mark_entry first[MARK_FIRST];
    size_t count;
    size_t capacity;
    bool directory_saved;
    bool umask_saved;
    pid_t last_async;  /* the shell's when the mark was opened */
    char *exit_action; /* heap: `trap ACTION EXIT` inside, NULL: none */
    bool traps_shown;  /* `trap` still lists the parent's traps: false after the first change */
};

void mark_open(struct shell *sh, struct mark *mark);

/* Rolls back, newest entry first, and re-derives what depends on it. False when the directory
   cannot be entered any more (then `errno` says why and the shell must end with 2). */
bool mark_close(struct shell *sh, struct mark *mark);

/* In the forked child of the door: the marks are forgotten, what was changed stays. */
void mark_forget_all(struct shell *sh);

/* Called by the mutators before they change something: the old value goes into the log when a mark
   is open and this object was not yet saved for it. A slot's `before` belongs to the entry from
   then on. */
bool mark_wants(const struct shell *sh, uint64_t object_serial);
void mark_save_slot(struct shell *sh, enum mark_entry_kind kind, struct symbol *symbol,
                    void *before);
void mark_save_params(struct shell *sh);
void mark_save_settings(struct shell *sh);
void mark_save_umask(struct shell *sh);
void mark_save_pushed(struct shell *sh);

/* False with errno: the directory cannot be held (the caller takes the door). */
bool mark_save_directory(struct shell *sh);

/* Descriptor `fd` is about to be changed for good (exec with a redirection). False: no copy
 * possible. */
bool mark_save_fd(struct shell *sh, int fd);

/* Serial of the mark that last saved the descriptor; a redirection frame sets it to the open mark's
   and puts the old one back. */
uint64_t mark_fd_serial(const struct shell *sh, int fd);
void mark_fd_set_serial(struct shell *sh, int fd, uint64_t serial);

#endif
