/* arena.c -- chunks of memory that grow, and go back to the heap together. */
#include "base/arena.h"

#include <stdint.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"

/* The bytes for the caller follow. Every size here is a multiple of ARENA_ALIGN, so the room that
   is left in a chunk always is, too; arena_alloc relies on that. */
struct arena_chunk {
    struct arena_chunk *older;
    char *end;
};

_Static_assert(sizeof(struct arena_chunk) % ARENA_ALIGN == 0, "bytes after the header are aligned");

/* Sizes of whole chunks; a little below a power of two leaves the heap room for its own header. */
enum { HEADING = 16, CHUNK_FIRST = 1024 - HEADING, CHUNK_MOST = 65536 - HEADING };

static char *chunk_start(struct arena_chunk *chunk)
{
    return (char *)(chunk + 1);
}

static size_t chunk_size(const struct arena_chunk *chunk)
{
    return (size_t)(chunk->end - (const char *)chunk);
}

static struct arena_chunk *chunk_new(const struct arena_chunk *newest, size_t need)
{
    size_t size = CHUNK_FIRST;
    struct arena_chunk *chunk;

    if (newest != NULL) {
        size = chunk_size(newest); /* many functions fit two small ones; growth begins then */
        size = newest->older == NULL ? size : (size + HEADING) * 2 - HEADING;
    }
    if (size > CHUNK_MOST) {
        size = CHUNK_MOST;
    }
    if (size < need + sizeof(*chunk)) {
        size = need + sizeof(*chunk);
    }
    chunk = mem_alloc(size);
    chunk->end = (char *)chunk + size;
    return chunk;
}

/* The spare if it is big enough, else a fresh one. */
static struct arena_chunk *chunk_get(struct arena *arena, size_t need)
{
    struct arena_chunk *spare = arena->spare;

    if (spare != NULL && chunk_size(spare) - sizeof(*spare) >= need) {
        arena->spare = NULL;
        return spare;
    }
    return chunk_new(arena->chunk, need);
}

void *arena_grow(struct arena *arena, size_t size)
{
    size_t rounded = (size + (ARENA_ALIGN - 1)) & ~(size_t)(ARENA_ALIGN - 1);
    char *start = arena->next;

    if (size > SIZE_MAX / 4) {
        die("out of memory");
    }
    if (rounded == 0 || rounded > (size_t)(arena->end - start)) {
        struct arena_chunk *chunk = chunk_get(arena, rounded);

        chunk->older = arena->chunk;
        arena->chunk = chunk;
        arena->end = chunk->end;
        start = chunk_start(chunk);
    }
    arena->next = start + rounded;
    return start;
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);

    if (length > 0) {
        bytes_copy(copy, text, length);
    }
    copy[length] = '\0';
    return copy;
}

/* Keeps the larger one of it and the spare, unless it was made for one big request. */
static void chunk_retire(struct arena *arena, struct arena_chunk *chunk)
{
    if (chunk_size(chunk) <= CHUNK_MOST &&
        (arena->spare == NULL || chunk_size(arena->spare) < chunk_size(chunk))) {
        mem_free(arena->spare);
        arena->spare = chunk;
    } else {
        mem_free(chunk);
    }
}

void arena_release_chunks(struct arena *arena, struct arena_mark mark)
{
    while (arena->chunk != mark.chunk) {
        struct arena_chunk *chunk = arena->chunk;

        if (chunk != NULL) {
            arena->chunk = chunk->older;
            chunk_retire(arena, chunk);
        } else {
            die("arena released to a mark that is gone");
        }
    }
    arena->next = mark.next;
    arena->end = mark.chunk == NULL ? NULL : mark.chunk->end;
}

void arena_reset(struct arena *arena)
{
    struct arena_chunk *newest = arena->chunk;

    if (newest == NULL || chunk_size(newest) > CHUNK_MOST) {
        arena_release(arena, (struct arena_mark){0});
        return;
    }
    while (newest->older != NULL) {
        struct arena_chunk *chunk = newest->older;

        newest->older = chunk->older;
        chunk_retire(arena, chunk);
    }
    arena->next = chunk_start(newest);
}

void arena_free(struct arena *arena)
{
    arena_release_chunks(arena, (struct arena_mark){0});
    mem_free(arena->spare);
    *arena = (struct arena){0};
}
