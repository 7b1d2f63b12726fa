/* symbol.h -- interned names; run-time look-up of anything is a pointer (architecture, idea 2). */
#ifndef SWISH_BASE_SYMBOL_H
#define SWISH_BASE_SYMBOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct alias;
struct builtin;
struct function;
struct remembered;
struct variable;

/* One name and what it is bound to. Only floor 3 writes the slots. */
struct symbol {
    struct variable *variable;
    struct function *function;
    const struct builtin *builtin;
    struct alias *alias;
    struct remembered *path;
    unsigned references; /* by programs and scope frames; a bound symbol lives without */
    uint32_t hash;
    uint32_t length;
    uint32_t environment; /* 1 + its place in the environment block; 0: not there */
    uint8_t special;      /* enum special of state/special.h: a variable the shell itself watches */
    bool is_name;         /* letters, digits, underscores, no digit first (XBD 3.216) */
    bool idle;            /* stands among the idle ones */
    char text[];          /* NUL-terminated */
};

enum { SYMBOLS_IDLE = 64 };

struct symbols {
    struct symbol **slots; /* open addressing, NULL is empty */
    size_t count;
    size_t capacity; /* 0 or a power of two */
    /* Nobody may hold these any more; they stay a while, for most names come back soon. */
    struct symbol *idle[SYMBOLS_IDLE];
    unsigned idle_next; /* the one that has been there the longest */
};

/* Finds or makes the symbol and counts one more reference to it. */
struct symbol *symbol_intern(struct symbols *table, const char *text, size_t length);

/* NULL when there is no such symbol. Counts nothing. */
struct symbol *symbol_find(const struct symbols *table, const char *text, size_t length);

/* One reference less. Some time after the last one a symbol with every slot empty is freed. */
void symbol_release(struct symbols *table, struct symbol *symbol);

/* Does a reference or a binding hold it? If not it is about to be freed. */
bool symbol_is_held(const struct symbol *symbol);

/* Walks all symbols in no order; start with *at = 0, NULL at the end. No symbol may be made or
   released meanwhile: collect first, then change. */
struct symbol *symbol_next(const struct symbols *table, size_t *at);

/* Frees the table and the symbols, whatever they are bound to. */
void symbols_free(struct symbols *table);

/* References held together and given back together: a program's, or those of one evaluation. */
struct symbol_list {
    struct symbols *table;
    struct symbol **items;
    size_t count;
    size_t capacity;
    bool lent; /* `items` is the owner's array for the first few; more of them move to the heap */
};

/* Interns and keeps one reference per call. */
struct symbol *symbol_list_intern(struct symbol_list *list, const char *text, size_t length);

/* Gives all references back; the memory stays. */
void symbol_list_clear(struct symbol_list *list);

/* Gives all references back and frees the list's memory; room that was lent is forgotten. */
void symbol_list_release(struct symbol_list *list);

/* Is the text a name in the sense of XBD 3.216? */
bool symbol_is_name(const char *text, size_t length);

#endif
