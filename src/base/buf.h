/* buf.h -- a growing byte string. */
#ifndef SWISH_BASE_BUF_H
#define SWISH_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "base/mem.h"

/* A zeroed struct is an empty buffer. The bytes may contain NUL; `data` may be NULL while empty. */
struct buf {
    char *data;
    size_t length;
    size_t capacity;
};

/* The slow way of buf_reserve: grows geometrically. */
char *buf_grow(struct buf *buf, size_t extra);

/* Room for `extra` more bytes; returns the place where they go. Does not change the length. */
static inline char *buf_reserve(struct buf *buf, size_t extra)
{
    if (extra >= buf->capacity - buf->length) {
        return buf_grow(buf, extra);
    }
    return buf->data + buf->length;
}

static inline void buf_putc(struct buf *buf, char byte)
{
    *buf_reserve(buf, 1) = byte;
    buf->length++;
}

/* `bytes` may not point into the buffer itself. */
void buf_add(struct buf *buf, const char *bytes, size_t length);
void buf_puts(struct buf *buf, const char *text);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* NUL-terminates (the NUL is not counted) and returns the data: never NULL, valid until the next
   change. */
char *buf_text(struct buf *buf);

/* Hands the NUL-terminated heap text to the caller; the buffer is empty again. */
char *buf_take(struct buf *buf);

static inline void buf_free(struct buf *buf)
{
    mem_free(buf->data);
    *buf = (struct buf){0};
}

#endif
