/* chars.h -- what a byte means to the lexer (XCU 2.2, 2.3): one table, a bit per question. */
#ifndef SWISH_SYNTAX_CHARS_H
#define SWISH_SYNTAX_CHARS_H

#include <stdbool.h>
#include <stdint.h>

enum char_class {
    CHAR_BLANK = 1 << 0,
    CHAR_NEWLINE = 1 << 1,
    CHAR_OPERATOR = 1 << 2, /* & | ; < > ( ) */
    CHAR_QUOTE = 1 << 3,    /* ' " \ ` $ */
    CHAR_DOUBLE = 1 << 4,   /* what is special inside "...": " \ ` $ */
    CHAR_PEEK = 1 << 5,     /* backslash and NUL: the next character needs a closer look */
    CHAR_GLOB = 1 << 6,     /* * ? [ */
    CHAR_LETTER = 1 << 7,   /* letters and _ */
    CHAR_DIGIT = 1 << 8,
    CHAR_CLOSE_BRACE = 1 << 9,
    CHAR_COLON = 1 << 10,
    CHAR_PAREN = 1 << 11,
    CHAR_LOGIN = 1 << 12,   /* may stand in a login name */
    CHAR_SPECIAL = 1 << 13, /* special parameters: @ * # ? - $ ! */
    CHAR_TELLS = 1 << 14,   /* a text that holds one of these may have node traits (traits.c) */

    CHAR_NAME = CHAR_LETTER | CHAR_DIGIT,
    CHAR_DELIMITER = CHAR_BLANK | CHAR_NEWLINE | CHAR_OPERATOR,
};

extern const uint16_t char_table[256];

/* False for the end of input (-1), too. */
static inline bool char_is(int c, unsigned classes)
{
    return c >= 0 && (char_table[c & 0xff] & classes) != 0;
}

#endif
