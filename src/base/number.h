/* number.h -- numbers from text, strictly: no white space, no trailing bytes, no overflow. */
#ifndef SWISH_BASE_NUMBER_H
#define SWISH_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal digits only, value at most `most`. */
bool number_parse(const char *text, unsigned long most, unsigned long *value);

/* The same for bytes known to be digits; stays at `most` when there are too many. */
unsigned number_most(const char *digits, size_t length, unsigned most);

/* The value of a digit of any base up to 16; 16 for other bytes. */
static inline unsigned number_digit(int byte)
{
    unsigned digit = (unsigned)byte - '0';
    unsigned letter = ((unsigned)byte | 0x20) - 'a';

    if (digit <= 9) {
        return digit;
    }
    return letter < 6 ? letter + 10 : 16;
}

/* An integer constant as a variable may hold it for arithmetic: blanks, sign, then decimal, 0 octal
   or 0x hexadecimal (XBD 7.1.2.5 of ISO C), blanks. Wraps around. Empty text is 0. */
bool number_constant(const char *text, size_t length, int64_t *value);

/* Decimal text of the value into `room` (at least 24 bytes); returns its start inside `room` and
   puts the length into *length when that is not NULL. */
__attribute__((returns_nonnull)) char *number_text(int64_t value, char *room, size_t *length);

#endif
