/* arena.h -- memory that is released all at once, or back to a mark. */
#ifndef SWISH_BASE_ARENA_H
#define SWISH_BASE_ARENA_H

#include <stddef.h>
#include <string.h>

struct arena_chunk;

/* A zeroed struct is an empty arena. */
struct arena {
    struct arena_chunk *chunk; /* the newest; older ones hang behind it */
    char *next;                /* first free byte of it */
    char *end;
    struct arena_chunk *spare; /* a released chunk kept for the next need */
};

struct arena_mark {
    struct arena_chunk *chunk;
    char *next;
};

enum { ARENA_ALIGN = 16 };

/* The slow ways of arena_alloc and arena_release. */
void *arena_grow(struct arena *arena, size_t size);
void arena_release_chunks(struct arena *arena, struct arena_mark mark);

/* `size` bytes aligned for any object, not zeroed; never NULL. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
    char *start = arena->next;

    if (size >= (size_t)(arena->end - start)) {
        return arena_grow(arena, size);
    }
    arena->next = start + ((size + (ARENA_ALIGN - 1)) & ~(size_t)(ARENA_ALIGN - 1));
    return start;
}

/* Zeroed; here so that a constant size becomes a few stores. */
static inline void *arena_zero(struct arena *arena, size_t size)
{
    return memset(arena_alloc(arena, size), 0, size);
}

/* A NUL-terminated copy of `length` bytes. */
char *arena_text(struct arena *arena, const char *text, size_t length);

/* All that was allocated after the mark was taken is gone after the release. */
static inline struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){.chunk = arena->chunk, .next = arena->next};
}

static inline void arena_release(struct arena *arena, struct arena_mark mark)
{
    if (arena->chunk == mark.chunk) {
        arena->next = mark.next;
    } else {
        arena_release_chunks(arena, mark);
    }
}

/* Everything allocated is gone, but the newest chunk stays in use. */
void arena_reset(struct arena *arena);

/* Frees everything; the struct is empty again and may be used on. */
void arena_free(struct arena *arena);

#endif
