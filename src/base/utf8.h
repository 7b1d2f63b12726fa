/* utf8.h -- characters of UTF-8 text, and their classes, the same under every libc. */
#ifndef SWISH_BASE_UTF8_H
#define SWISH_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that are no valid UTF-8 decode, one by one, to UTF8_BAD + byte: no byte is lost, and each
   counts as one character. */
enum { UTF8_BAD = 0x110000 };

/* Decodes one character from at least 1 byte; returns its length in bytes (1 to 4). */
size_t utf8_decode(const char *text, size_t length, uint32_t *character);

/* Encodes (1 to 4 bytes); returns the length. Inverse of utf8_decode, also for UTF8_BAD bytes. */
size_t utf8_encode(uint32_t character, char room[4]);

/* Number of characters. With `utf8` false: the number of bytes. */
size_t utf8_count(const char *text, size_t length, bool utf8);

/* Length in bytes of the first character / of the last character. At least 1 byte is given. */
size_t utf8_first(const char *text, size_t length, bool utf8);
size_t utf8_last(const char *text, size_t length, bool utf8);

/* Columns on a terminal: 0 (combining), 1, 2 (wide), or -1 (control). */
int utf8_width(uint32_t character);

/* Class by its POSIX name ("alpha", "digit", ...: XBD 7.3.1). With `utf8` false only ASCII counts.
   An unknown class name holds no character. */
bool utf8_in_class(uint32_t character, const char *name, size_t length, bool utf8);

#endif
