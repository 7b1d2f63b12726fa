/* variable.h -- shell variables (XCU 2.5.3). */
#ifndef SWISH_STATE_VARIABLE_H
#define SWISH_STATE_VARIABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct diag;
struct shell;
struct symbol;

/* A tagged value: arrays will be one more tag. */
enum value_kind { VALUE_UNSET, VALUE_TEXT, VALUE_NUMBER /* text not yet made */ };
enum variable_flag {
    VARIABLE_EXPORTED = 1 << 0,
    VARIABLE_READONLY = 1 << 1,
    VARIABLE_COMPUTED = 1 << 2, /* ask special_refresh before reading */
    VARIABLE_CONSTANT = 1 << 3, /* text: `number` holds its value as an integer constant */
    VARIABLE_LOCAL = 1 << 4,    /* belongs to a scope frame: unset leaves an unset one behind */
};

struct variable {
    uint8_t kind; /* enum value_kind */
    uint8_t flags;
    char *text; /* heap, NUL-terminated */
    size_t length;
    size_t capacity;
    int64_t number;
    uint64_t serial; /* of the mark that last saved this binding */
};

/* The value (valid until the variable changes) or NULL when it is unset; *length may be NULL. */
const char *variable_get(struct shell *sh, struct symbol *symbol, size_t *length);

/* By name, for the few names that floors above need now and then. */
const char *variable_by_name(struct shell *sh, const char *name);

/* Assigns; read-only: false with `d` set (DIAG_ASSIGNMENT, `x: readonly variable`). Exports under
   -a. The text is copied and must not overlap the old value unless it is the old value's start. */
bool variable_set(struct shell *sh, struct symbol *symbol, const char *text, size_t length,
                  struct diag *d);

/* The same; a long text's memory becomes the variable's, and `text` gets that of the old value. */
bool variable_take(struct shell *sh, struct symbol *symbol, struct buf *text, struct diag *d);
bool variable_set_number(struct shell *sh, struct symbol *symbol, int64_t number, struct diag *d);
bool variable_set_by_name(struct shell *sh, const char *name, const char *text, struct diag *d);

/* Adds to the end of the value (unset: as set); no cost for what stands there. `text` must not
   point into the value. */
bool variable_append(struct shell *sh, struct symbol *symbol, const char *text, size_t length,
                     struct diag *d);

/* The value as an integer constant (unset and empty: 0). False: it is none. `present` (may be NULL)
   tells whether it is set. */
bool variable_number(struct shell *sh, struct symbol *symbol, int64_t *number, bool *present);

/* False with `d` set when it is read-only. A local stays as an unset local (semantics 6). */
bool variable_unset(struct shell *sh, struct symbol *symbol, struct diag *d);

/* Adds or removes flags; makes an unset variable with them when there is none. */
void variable_flag(struct shell *sh, struct symbol *symbol, unsigned add, unsigned remove);
unsigned variable_flags(const struct symbol *symbol);

/* The NULL-terminated environment for a child; valid until a variable changes. */
char **variable_environment(struct shell *sh);

/* For scopes and marks: frees the binding and puts another (NULL: none) in its place. */
void variable_rebind(struct shell *sh, struct symbol *symbol, struct variable *variable);
void variable_free(struct variable *variable);

#endif
