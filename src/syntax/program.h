/* program.h -- one complete command with the arena it lives in, reference-counted. */
#ifndef SWISH_SYNTAX_PROGRAM_H
#define SWISH_SYNTAX_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/symbol.h"

struct node;

/* Where large texts go that need not stay in memory: injected, this floor makes no system call. */
struct text_store {
    /* Adds a piece; *handle is -1 before the first. False: no room, what was added before counts.
     */
    bool (*add)(int *handle, const char *bytes, size_t length);
    /* All that was added, NUL-terminated, until `release`. The handle is gone. */
    const char *(*take)(int *handle, size_t length);
    void (*release)(const char *text, size_t length);
};

struct stored_text;

/* Where programs come from: the memory of one that is no more serves the next. Outlives them all.
 */
struct programs {
    struct symbols *symbols;
    struct program *idle; /* empty; or NULL */
    struct buf text;      /* the lexer's, between two commands */
    struct buf name;
};

/* Functions, jobs and running commands hold it; nothing ever writes into it after parsing. */
struct program {
    struct arena arena;
    struct symbol_list names; /* the symbols it mentions */
    const struct node *root;  /* NULL: nothing to run (blank lines, comments) */
    struct stored_text *stored;
    struct programs *home;
    unsigned references;
};

/* An empty program with one reference. */
struct program *program_new(struct programs *home);

struct program *program_hold(struct program *program);

/* The text of the store's `take` lives as long as the program. */
void program_keep(struct program *program, const struct text_store *store, const char *text,
                  size_t length);

/* The last release gives back tree, texts and symbol references. Accepts NULL. */
void program_release(struct program *program);

/* Frees what is kept. */
void programs_finish(struct programs *home);

#endif
