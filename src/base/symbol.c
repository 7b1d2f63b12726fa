/* symbol.c -- the table of interned names, and who holds them. */
#include "base/symbol.h"
#include "base/bytes.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

enum { CAPACITY_FIRST = 64, LIST_FIRST = 8 };

static bool is_name_byte(unsigned char byte)
{
    return (byte | 0x20U) - 'a' < 26 || (unsigned)byte - '0' < 10 || byte == '_';
}

bool symbol_is_name(const char *text, size_t length)
{
    if (length == 0 || (unsigned)text[0] - '0' < 10) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!is_name_byte((unsigned char)text[i])) {
            return false;
        }
    }
    return true;
}

/* The slot that holds the name, or the empty one where it would go. The table is never full. */
static inline size_t slot_find(const struct symbols *table, const char *text, size_t length,
                               uint32_t hash)
{
    size_t mask = table->capacity - 1;
    size_t at = hash & mask;

    for (;; at = (at + 1) & mask) {
        const struct symbol *symbol = table->slots[at];

        if (symbol == NULL || (symbol->hash == hash && symbol->length == length &&
                               hash_equal(symbol->text, text, length))) {
            return at;
        }
    }
}

static void symbols_rehash(struct symbols *table, size_t capacity)
{
    struct symbol **old = table->slots;
    size_t old_capacity = table->capacity;

    table->slots = mem_zero(capacity * sizeof(struct symbol *));
    table->capacity = capacity;
    for (size_t i = 0; i < old_capacity; i++) {
        if (old[i] != NULL) {
            size_t at = old[i]->hash & (capacity - 1);

            while (table->slots[at] != NULL) {
                at = (at + 1) & (capacity - 1);
            }
            table->slots[at] = old[i];
        }
    }
    mem_free(old);
}

static struct symbol *symbol_new(const char *text, size_t length, uint32_t hash)
{
    struct symbol *symbol;

    if (length > UINT32_MAX) {
        die("name too long");
    }
    symbol = mem_alloc(sizeof(*symbol) + length + 1);
    *symbol = (struct symbol){
        .hash = hash, .length = (uint32_t)length, .is_name = symbol_is_name(text, length)};
    if (length > 0) {
        bytes_copy(symbol->text, text, length);
    }
    symbol->text[length] = '\0';
    return symbol;
}

struct symbol *symbol_intern(struct symbols *table, const char *text, size_t length)
{
    uint32_t hash = hash_bytes(text, length);
    struct symbol **slot;

    /* At most half of the slots are in use. */
    if (table->count >= table->capacity / 2) {
        symbols_rehash(table, table->capacity == 0 ? CAPACITY_FIRST : table->capacity * 2);
    }
    slot = &table->slots[slot_find(table, text, length, hash)];
    if (*slot == NULL) {
        *slot = symbol_new(text, length, hash);
        table->count++;
    }
    (*slot)->references++;
    return *slot;
}

struct symbol *symbol_find(const struct symbols *table, const char *text, size_t length)
{
    if (table->count == 0) {
        return NULL;
    }
    return table->slots[slot_find(table, text, length, hash_bytes(text, length))];
}

/* Moves later symbols of the same run back, so that no probe meets a gap before its name. */
static void slot_close(struct symbols *table, size_t gap)
{
    size_t mask = table->capacity - 1;

    for (size_t at = (gap + 1) & mask; table->slots[at] != NULL; at = (at + 1) & mask) {
        size_t home = table->slots[at]->hash & mask;

        if (((at - home) & mask) >= ((at - gap) & mask)) {
            table->slots[gap] = table->slots[at];
            gap = at;
        }
    }
    table->slots[gap] = NULL;
}

static void symbol_free(struct symbols *table, struct symbol *symbol)
{
    slot_close(table, slot_find(table, symbol->text, symbol->length, symbol->hash));
    table->count--;
    mem_free(symbol);
    if (table->capacity > CAPACITY_FIRST && table->count < table->capacity / 8) {
        symbols_rehash(table, table->capacity / 2);
    }
}

bool symbol_is_held(const struct symbol *symbol)
{
    return symbol->references > 0 || symbol->variable != NULL || symbol->function != NULL ||
           symbol->builtin != NULL || symbol->alias != NULL || symbol->path != NULL;
}

void symbol_release(struct symbols *table, struct symbol *symbol)
{
    struct symbol **place = &table->idle[table->idle_next];

    if (symbol->references == 0) {
        die("symbol released too often");
    }
    symbol->references--;
    if (symbol->idle || symbol_is_held(symbol)) {
        return;
    }
    if (*place != NULL) {
        (*place)->idle = false;
        if (!symbol_is_held(*place)) {
            symbol_free(table, *place);
        }
    }
    symbol->idle = true;
    *place = symbol;
    table->idle_next = (table->idle_next + 1) % SYMBOLS_IDLE;
}

struct symbol *symbol_next(const struct symbols *table, size_t *at)
{
    while (*at < table->capacity) {
        struct symbol *symbol = table->slots[(*at)++];

        if (symbol != NULL) {
            return symbol;
        }
    }
    return NULL;
}

void symbols_free(struct symbols *table)
{
    for (size_t i = 0; i < table->capacity; i++) {
        mem_free(table->slots[i]);
    }
    mem_free(table->slots);
    *table = (struct symbols){0};
}

static void symbol_list_grow(struct symbol_list *list)
{
    size_t capacity = list->capacity == 0 ? LIST_FIRST : list->capacity * 2;
    struct symbol **lent = list->lent ? list->items : NULL;

    list->items = mem_resize(lent != NULL ? NULL : list->items, capacity * sizeof(struct symbol *));
    if (lent != NULL) {
        memcpy(list->items, lent, list->count * sizeof(struct symbol *));
    }
    list->capacity = capacity;
    list->lent = false;
}

struct symbol *symbol_list_intern(struct symbol_list *list, const char *text, size_t length)
{
    struct symbol *symbol = symbol_intern(list->table, text, length);

    if (list->count == list->capacity) {
        symbol_list_grow(list);
    }
    list->items[list->count++] = symbol;
    return symbol;
}

void symbol_list_clear(struct symbol_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        symbol_release(list->table, list->items[i]);
    }
    list->count = 0;
}

void symbol_list_release(struct symbol_list *list)
{
    symbol_list_clear(list);
    if (!list->lent) {
        mem_free(list->items);
    }
    *list = (struct symbol_list){.table = list->table};
}
