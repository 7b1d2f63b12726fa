/* mem.h -- the one checked allocator: nothing here ever returns NULL. */
#ifndef SWISH_BASE_MEM_H
#define SWISH_BASE_MEM_H

#include <stddef.h>
#include <stdlib.h>

/* Fresh heap memory; the caller owns it. A size of 0 gives a valid, unique pointer. */
__attribute__((returns_nonnull)) void *mem_alloc(size_t size);
__attribute__((returns_nonnull)) void *mem_zero(size_t size);

/* As realloc; `old` may be NULL. */
__attribute__((returns_nonnull)) void *mem_resize(void *old, size_t size);

/* Heap copies, NUL-terminated. */
char *mem_text(const char *text);
char *mem_text_n(const char *text, size_t length);

/* Accepts NULL: most of what is freed on the hot paths was never needed. */
static inline void mem_free(void *memory)
{
    if (memory != NULL) {
        free(memory);
    }
}

/* One line `swish: MESSAGE` on descriptor 2, then _exit(2): for exhausted memory and broken
   invariants only, from anywhere, also from inside an inline subshell. */
_Noreturn void die(const char *message);

#endif
