/* names.h -- functions, aliases and remembered paths: the other slots of a symbol. */
#ifndef SWISH_STATE_NAMES_H
#define SWISH_STATE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct node;
struct program;
struct shell;
struct symbol;

struct function {
    struct program *program;
    const struct node *node; /* NODE_FUNCTION inside it */
    unsigned references;     /* the slot, and every running call */
    uint64_t serial;
};

/* Defines or replaces; the program is held. */
void function_define(struct shell *sh, struct program *program, const struct node *node);
void function_unset(struct shell *sh, struct symbol *symbol);
struct function *function_hold(struct function *function);
void function_release(struct function *function); /* accepts NULL */

/* The bound function or NULL (an unset one inside a mark leaves an empty record in the slot). */
struct function *function_get(const struct symbol *symbol);

struct alias {
    char *value; /* NULL: removed inside a mark */
    uint64_t serial;
};

/* A value of NULL takes it away. */
void alias_define(struct shell *sh, struct symbol *symbol, const char *value);
bool alias_remove(struct shell *sh, struct symbol *symbol); /* false: there was none */
void alias_remove_all(struct shell *sh);
const char *alias_get(const struct symbol *symbol); /* NULL: none */
void alias_free(struct alias *alias);

struct remembered {
    char *path; /* NULL: forgotten inside a mark */
    uint64_t
        generation; /* counts only while it is the shell's: a change of PATH begins a new one */
    uint64_t serial;
};

/* A path of NULL takes it away. */
void path_remember(struct shell *sh, struct symbol *symbol, const char *path);
const char *path_get(const struct shell *sh, const struct symbol *symbol); /* NULL: none */
void path_forget(struct shell *sh, struct symbol *symbol);
void path_forget_all(struct shell *sh); /* hash -r, and a change of PATH */
void path_free(struct remembered *remembered);

/* All symbols for which the slot of this kind holds something (of variables: a value or a flag),
   sorted, in the scratch arena. */
enum name_kind { NAME_VARIABLE, NAME_FUNCTION, NAME_ALIAS, NAME_PATH };
struct symbol **name_list(struct shell *sh, enum name_kind kind, size_t *count);

#endif
