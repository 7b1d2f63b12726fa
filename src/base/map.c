/* map.c -- hash table with open addressing; a removal closes the gap, so nothing piles up. */
#include "base/map.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

struct map_slot {
    char *key; /* heap, NUL-terminated; NULL in an empty slot */
    size_t length;
    void *value;
    uint32_t hash;
};

enum { CAPACITY_FIRST = 16 };

/* The slot that holds the key, or the empty one where it would go. The table is never full. */
static size_t slot_find(const struct map *map, const char *key, size_t length, uint32_t hash)
{
    size_t mask = map->capacity - 1;
    size_t at = hash & mask;

    for (;; at = (at + 1) & mask) {
        const struct map_slot *slot = &map->slots[at];

        if (slot->key == NULL ||
            (slot->hash == hash && slot->length == length && hash_equal(slot->key, key, length))) {
            return at;
        }
    }
}

static void map_rehash(struct map *map, size_t capacity)
{
    struct map_slot *old = map->slots;
    size_t old_capacity = map->capacity;

    map->slots = mem_zero(capacity * sizeof(*map->slots));
    map->capacity = capacity;
    for (size_t i = 0; i < old_capacity; i++) {
        size_t at = old[i].hash & (capacity - 1);

        if (old[i].key == NULL) {
            continue;
        }
        while (map->slots[at].key != NULL) {
            at = (at + 1) & (capacity - 1);
        }
        map->slots[at] = old[i];
    }
    mem_free(old);
}

void *map_get(const struct map *map, const char *key, size_t length)
{
    if (map->count == 0) {
        return NULL;
    }
    return map->slots[slot_find(map, key, length, hash_bytes(key, length))].value;
}

void *map_set(struct map *map, const char *key, size_t length, void *value)
{
    uint32_t hash = hash_bytes(key, length);
    struct map_slot *slot;
    void *before;

    /* At most two thirds are in use. */
    if ((map->count + 1) * 3 > map->capacity * 2) {
        map_rehash(map, map->capacity == 0 ? CAPACITY_FIRST : map->capacity * 2);
    }
    slot = &map->slots[slot_find(map, key, length, hash)];
    before = slot->value;
    if (slot->key == NULL) {
        slot->key = mem_text_n(key, length);
        slot->length = length;
        slot->hash = hash;
        map->count++;
    }
    slot->value = value;
    return before;
}

/* Moves later slots of the same run back, so that no probe meets a gap before its key. */
static void slot_close(struct map *map, size_t gap)
{
    size_t mask = map->capacity - 1;

    for (size_t at = (gap + 1) & mask; map->slots[at].key != NULL; at = (at + 1) & mask) {
        size_t home = map->slots[at].hash & mask;

        if (((at - home) & mask) >= ((at - gap) & mask)) {
            map->slots[gap] = map->slots[at];
            gap = at;
        }
    }
    map->slots[gap] = (struct map_slot){0};
}

void *map_remove(struct map *map, const char *key, size_t length)
{
    size_t at;
    void *value;

    if (map->count == 0) {
        return NULL;
    }
    at = slot_find(map, key, length, hash_bytes(key, length));
    if (map->slots[at].key == NULL) {
        return NULL;
    }
    value = map->slots[at].value;
    mem_free(map->slots[at].key);
    slot_close(map, at);
    map->count--;
    if (map->capacity > CAPACITY_FIRST && map->count < map->capacity / 8) {
        map_rehash(map, map->capacity / 2);
    }
    return value;
}

void map_free(struct map *map)
{
    for (size_t i = 0; i < map->capacity; i++) {
        mem_free(map->slots[i].key);
    }
    mem_free(map->slots);
    *map = (struct map){0};
}
