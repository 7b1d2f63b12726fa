/* bytes.h -- copying short texts without a call: musl's memcpy costs 30 cycles before the first
 * byte. */
#ifndef SWISH_BASE_BYTES_H
#define SWISH_BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { BYTES_SHORT = 256 };

/* Copies of constant size, which every compiler turns into one load and one store. */
static inline void bytes_copy16(char *to, const char *from)
{
    uint64_t words[2];

    memcpy(words, from, 16);
    memcpy(to, words, 16);
}

static inline void bytes_copy8(char *to, const char *from)
{
    uint64_t word;

    memcpy(&word, from, 8);
    memcpy(to, &word, 8);
}

/* Up to 15 bytes: the two halves overlap. */
static inline void bytes_copy_tail(char *to, const char *from, size_t length)
{
    if (length >= 8) {
        bytes_copy8(to, from);
        bytes_copy8(to + length - 8, from + length - 8);
    } else if (length >= 4) {
        uint32_t last;

        memcpy(&last, from + length - 4, 4);
        memcpy(to, from, 4);
        memcpy(to + length - 4, &last, 4);
    } else if (length > 0) {
        to[0] = from[0];
        to[length / 2] = from[length / 2];
        to[length - 1] = from[length - 1];
    }
}

/* As memcpy; `from` may be NULL when there is nothing to copy. */
static inline void bytes_copy(char *to, const char *from, size_t length)
{
    if (length > BYTES_SHORT) {
        memcpy(to, from, length);
        return;
    }
    for (; length >= 16; length -= 16) {
        bytes_copy16(to, from);
        to += 16;
        from += 16;
    }
    bytes_copy_tail(to, from, length);
}

#endif
