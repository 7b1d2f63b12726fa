/* hash.h -- quick hash and comparison of short byte strings, for the tables of this floor. */
#ifndef SWISH_BASE_HASH_H
#define SWISH_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t hash_load8(const char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof(word));
    return word;
}

static inline uint64_t hash_load4(const char *bytes)
{
    uint32_t word;

    memcpy(&word, bytes, sizeof(word));
    return word;
}

/* Up to 8 bytes as one word; shorter texts overlap their ends. */
static inline uint64_t hash_load_tail(const char *bytes, size_t length)
{
    if (length >= 4) {
        return hash_load4(bytes) << 32 | hash_load4(bytes + length - 4);
    }
    if (length > 0) {
        return (uint64_t)(unsigned char)bytes[0] << 16 |
               (uint64_t)(unsigned char)bytes[length / 2] << 8 | (unsigned char)bytes[length - 1];
    }
    return 0;
}

/* The constants are odd words without a pattern (from the digits of the golden ratio and pi); the
   shift brings high bits, which a product mixes best, down to where tables look. */
static inline uint64_t hash_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
    return hash ^ hash >> 32;
}

/* As memcmp() == 0, which compares byte by byte under some libcs, and costs a call. */
static inline bool hash_equal(const char *a, const char *b, size_t length)
{
    while (length > 8) {
        if (hash_load8(a) != hash_load8(b)) {
            return false;
        }
        a += 8;
        b += 8;
        length -= 8;
    }
    return hash_load_tail(a, length) == hash_load_tail(b, length);
}

static inline uint32_t hash_bytes(const char *bytes, size_t length)
{
    uint64_t hash = length * 0x243f6a8885a308d3U;

    while (length > 8) {
        hash = hash_mix(hash, hash_load8(bytes));
        bytes += 8;
        length -= 8;
    }
    hash = hash_mix(hash, hash_load_tail(bytes, length));
    return (uint32_t)(hash ^ hash >> 29);
}

#endif
