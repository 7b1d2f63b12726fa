/* map.h -- a growing hash table from byte strings to pointers. */
#ifndef SWISH_BASE_MAP_H
#define SWISH_BASE_MAP_H

#include <stddef.h>

struct map_slot;

/* A zeroed struct is an empty map. Keys are copied; values belong to the caller. */
struct map {
    struct map_slot *slots;
    size_t count;
    size_t capacity; /* 0 or a power of two */
};

/* NULL when absent. */
void *map_get(const struct map *map, const char *key, size_t length);

/* Adds or replaces; returns the value that stood there before, or NULL. `value` is not NULL. */
void *map_set(struct map *map, const char *key, size_t length, void *value);

/* Returns the removed value, or NULL. */
void *map_remove(struct map *map, const char *key, size_t length);

void map_free(struct map *map);

#endif
