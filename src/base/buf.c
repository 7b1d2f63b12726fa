/* buf.c -- a growing byte string. */
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"

enum { CAPACITY_FIRST = 32 };

/* One byte more than asked for is kept, so that buf_text never has to grow. */
char *buf_grow(struct buf *buf, size_t extra)
{
    size_t capacity = buf->capacity * 2;

    if (extra > SIZE_MAX / 4 || buf->length > SIZE_MAX / 4) {
        die("out of memory");
    }
    if (capacity < CAPACITY_FIRST) {
        capacity = CAPACITY_FIRST;
    }
    if (capacity < buf->length + extra + 1) {
        capacity = buf->length + extra + 1;
    }
    buf->data = mem_resize(buf->data, capacity);
    buf->capacity = capacity;
    return buf->data + buf->length;
}

void buf_add(struct buf *buf, const char *bytes, size_t length)
{
    if (length > 0) {
        bytes_copy(buf_reserve(buf, length), bytes, length);
        buf->length += length;
    }
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_vaddf(buf, format, args);
    va_end(args);
}

void buf_vaddf(struct buf *buf, const char *format, va_list args)
{
    size_t room = buf->capacity - buf->length;
    va_list again;
    int need;

    va_copy(again, args);
    need = vsnprintf(room == 0 ? NULL : buf->data + buf->length, room, format, args);
    if (need < 0) {
        die("bad format");
    }
    if ((size_t)need >= room) {
        char *place = buf_reserve(buf, (size_t)need);

        vsnprintf(place, (size_t)need + 1, format, again);
    }
    va_end(again);
    buf->length += (size_t)need;
}

char *buf_text(struct buf *buf)
{
    *buf_reserve(buf, 0) = '\0';
    return buf->data;
}

char *buf_take(struct buf *buf)
{
    char *text = buf_text(buf);

    /* The text may live long: do not let it hold twice its size. */
    if (buf->capacity > 256 && buf->length + 1 < buf->capacity - buf->capacity / 4) {
        text = mem_resize(text, buf->length + 1);
    }
    *buf = (struct buf){0};
    return text;
}
