/* test_map.c -- hash table: replacing, removing, memory that does not pile up. */
#include "unit.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/map.h"

static char values[1000];

static size_t name_of(char *room, unsigned i)
{
    return (size_t)sprintf(room, "name_%u", i);
}

TEST(an_empty_map_holds_nothing)
{
    struct map map = {0};

    CHECK(map_get(&map, "a", 1) == NULL);
    CHECK(map_remove(&map, "a", 1) == NULL);
    map_free(&map);
}

TEST(set_replaces_and_remove_returns)
{
    struct map map = {0};

    CHECK(map_set(&map, "key", 3, &values[1]) == NULL);
    CHECK(map_set(&map, "key", 3, &values[2]) == &values[1]);
    CHECK_INT(map.count, 1);
    CHECK(map_get(&map, "key", 3) == &values[2]);
    CHECK(map_get(&map, "ke", 2) == NULL);
    CHECK(map_remove(&map, "key", 3) == &values[2]);
    CHECK(map_remove(&map, "key", 3) == NULL);
    CHECK_INT(map.count, 0);
    map_free(&map);
}

TEST(keys_are_bytes_and_are_copied)
{
    struct map map = {0};
    char key[] = "a\0b";

    map_set(&map, key, 3, &values[1]);
    map_set(&map, key, 1, &values[2]);
    map_set(&map, "", 0, &values[3]);
    key[2] = 'X';
    CHECK(map_get(&map, "a\0b", 3) == &values[1]);
    CHECK(map_get(&map, "a", 1) == &values[2]);
    CHECK(map_get(&map, "", 0) == &values[3]);
    CHECK(map_get(&map, "a\0X", 3) == NULL);
    map_free(&map);
}

/* The same calls on an array that is looked through: every answer must agree. */
TEST(random_calls_agree_with_a_plain_array)
{
    struct map map = {0};
    void *model[1000] = {0};
    size_t count = 0;
    unsigned random = 12345;

    for (int i = 0; i < 200000; i++) {
        unsigned n;
        char key[32];
        size_t length;

        random = random * 1103515245U + 12345U;
        n = (random >> 8) % 1000;
        length = name_of(key, n);
        /* Phases of growing and of shrinking. */
        if ((random >> 20) % 4 < (i / 20000 % 2 == 0 ? 3U : 1U)) {
            if (!CHECK(map_set(&map, key, length, &values[i % 1000]) == model[n])) {
                break;
            }
            count += model[n] == NULL;
            model[n] = &values[i % 1000];
        } else {
            if (!CHECK(map_remove(&map, key, length) == model[n])) {
                break;
            }
            count -= model[n] != NULL;
            model[n] = NULL;
        }
        if (!CHECK_INT(map.count, count)) {
            break;
        }
    }
    for (unsigned n = 0; n < 1000; n++) {
        char key[32];
        size_t length = name_of(key, n);

        CHECK(map_get(&map, key, length) == model[n]);
    }
    map_free(&map);
}

TEST(a_million_names_that_come_and_go_leave_no_room_behind)
{
    struct map map = {0};
    size_t most = 0;
    char name[32];

    for (unsigned i = 0; i < 1000000; i++) {
        map_set(&map, name, name_of(name, i), values);
        if (i >= 10) {
            map_remove(&map, name, name_of(name, i - 10));
        }
        most = map.capacity > most ? map.capacity : most;
    }
    CHECK(most <= 64);
    CHECK_INT(map.count, 10);
    map_free(&map);
}

TEST(a_large_map_shrinks_again)
{
    struct map map = {0};
    char name[32];

    for (unsigned i = 0; i < 100000; i++) {
        map_set(&map, name, name_of(name, i), values);
    }
    CHECK(map.capacity >= 100000);
    for (unsigned i = 0; i < 100000; i++) {
        CHECK(map_remove(&map, name, name_of(name, i)) == values);
    }
    CHECK_INT(map.count, 0);
    CHECK(map.capacity <= 64);
    map_free(&map);
}

/* Names that differ little must still spread: a run of collisions would make the table slow. */
TEST(hashes_of_like_names_spread)
{
    enum { BUCKETS = 4096 };
    static unsigned char full[BUCKETS];
    int used = 0;

    for (unsigned i = 0; i < BUCKETS; i++) {
        char name[32];
        uint32_t bucket = hash_bytes(name, name_of(name, i)) % BUCKETS;

        used += full[bucket] == 0;
        full[bucket] = 1;
    }
    CHECK(used > BUCKETS * 6 / 10); /* chance alone gives 63 % */
}
