/* program.h -- one complete command with the arena it lives in, reference-counted. */
#ifndef SWISH_SYNTAX_PROGRAM_H
#define SWISH_SYNTAX_PROGRAM_H

#include "base/arena.h"
#include "base/symbol.h"

struct node;

/* Functions, jobs and running commands hold it; nothing ever writes into it after parsing. */
struct program {
    struct arena arena;
    struct symbol_list names; /* the symbols it mentions */
    const struct node *root;  /* NULL: nothing to run (blank lines, comments) */
    unsigned references;
};

/* An empty program with one reference. `symbols` must outlive it. */
struct program *program_new(struct symbols *symbols);

struct program *program_hold(struct program *program);

/* The last release frees tree, arena and symbol references. Accepts NULL. */
void program_release(struct program *program);

#endif
