/* test_arena.c -- arenas: alignment, growth, marks. */
#include "unit.h"

#include <stdint.h>
#include <sys/wait.h>

#include "base/arena.h"

TEST(an_empty_arena_gives_and_frees)
{
    struct arena arena = {0};
    struct arena_mark mark = arena_mark(&arena);

    arena_release(&arena, mark);
    arena_free(&arena);
    CHECK(arena_alloc(&arena, 0) != NULL);
    CHECK(arena_alloc(&arena, 1) != NULL);
    arena_free(&arena);
    CHECK(arena.chunk == NULL && arena.spare == NULL && arena.next == NULL);
    arena_free(&arena);
}

TEST(every_size_is_aligned_and_apart)
{
    struct arena arena = {0};
    unsigned char *places[600];

    for (size_t i = 0; i < 600; i++) {
        places[i] = arena_alloc(&arena, i);
        CHECK_INT((uintptr_t)places[i] % 16, 0);
        memset(places[i], (int)(i % 251), i);
    }
    for (size_t i = 0; i < 600; i++) {
        for (size_t k = 0; k < i; k++) {
            if (places[i][k] != i % 251) {
                CHECK_INT(places[i][k], i % 251);
                break;
            }
        }
    }
    arena_free(&arena);
}

TEST(an_exact_fit_stays_in_the_chunk)
{
    struct arena arena = {0};
    const struct arena_chunk *chunk;
    size_t room;

    arena_alloc(&arena, 1);
    chunk = arena.chunk;
    room = (size_t)(arena.end - arena.next);
    CHECK_INT(room % 16, 0);
    memset(arena_alloc(&arena, room), 1, room);
    CHECK(arena.chunk == chunk);
    CHECK(arena.next == arena.end);
    CHECK(arena_alloc(&arena, 0) != NULL);
    CHECK(arena.chunk != chunk);
    arena_free(&arena);
}

TEST(the_first_chunk_is_small_and_the_last_is_not)
{
    struct arena arena = {0};

    arena_alloc(&arena, 1);
    CHECK(arena.end - arena.next < 1024);
    for (int i = 0; i < 100000; i++) {
        arena_alloc(&arena, 16);
    }
    CHECK(arena.end - (char *)arena.chunk <= 65536);
    CHECK(arena.end - (char *)arena.chunk > 60000);
    arena_free(&arena);
}

TEST(big_requests_get_their_own_chunk)
{
    struct arena arena = {0};
    struct arena_mark mark;
    char *big;
    char *small = arena_text(&arena, "small", 5);

    mark = arena_mark(&arena);
    big = arena_zero(&arena, 1000000);
    CHECK_INT(big[0] + big[999999], 0);
    memset(big, 1, 1000000);
    CHECK_TEXT(small, "small");
    arena_release(&arena, mark);
    CHECK_TEXT(small, "small");
    CHECK(arena.spare == NULL); /* a giant is not kept */
    arena_free(&arena);
}

TEST(release_goes_back_to_the_mark)
{
    struct arena arena = {0};
    char *before = arena_text(&arena, "before", 6);
    struct arena_mark mark = arena_mark(&arena);
    char *after = arena_alloc(&arena, 10);
    const struct arena_chunk *spare;

    arena_release(&arena, mark);
    CHECK(arena_alloc(&arena, 10) == after);
    for (int turn = 0; turn < 3; turn++) {
        for (int i = 0; i < 1000; i++) {
            memset(arena_alloc(&arena, 100), turn, 100);
        }
        arena_release(&arena, mark);
        CHECK(arena.next == after);
        CHECK_TEXT(before, "before");
    }
    spare = arena.spare;
    CHECK(spare != NULL);
    arena_alloc(&arena, 2000);
    CHECK(arena.chunk == spare);
    CHECK(arena.spare == NULL);
    arena_free(&arena);
}

TEST(marks_nest)
{
    struct arena arena = {0};
    struct arena_mark outer = arena_mark(&arena);
    struct arena_mark inner;
    char *kept;

    arena_alloc(&arena, 900);
    kept = arena_text(&arena, "kept", 4);
    inner = arena_mark(&arena);
    arena_alloc(&arena, 5000);
    arena_alloc(&arena, 5000);
    arena_release(&arena, inner);
    CHECK_TEXT(kept, "kept");
    arena_release(&arena, outer);
    CHECK(arena.chunk == NULL && arena.next == NULL && arena.end == NULL);
    CHECK(arena_alloc(&arena, 3) != NULL);
    arena_free(&arena);
}

TEST(text_may_hold_nul_and_may_be_empty)
{
    struct arena arena = {0};

    CHECK_BYTES(arena_text(&arena, "a\0b", 3), 4, "a\0b\0");
    CHECK_TEXT(arena_text(&arena, NULL, 0), "");
    arena_free(&arena);
}

static void misuse(void *arg)
{
    struct arena arena = {0};

    if (*(int *)arg == 0) {
        arena_alloc(&arena, SIZE_MAX - 5);
    } else {
        arena_alloc(&arena, 5);
        arena_release(&arena, (struct arena_mark){.chunk = (struct arena_chunk *)16});
    }
}

TEST(absurd_sizes_and_foreign_marks_die)
{
    for (int way = 0; way < 2; way++) {
        char said[200];

        CHECK_INT(unit_child(misuse, &way, said, sizeof(said)), 2 << 8);
        CHECK(strstr(said, "swish: ") == said);
    }
}
