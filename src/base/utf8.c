/* utf8.c -- UTF-8 and the properties of characters, without a libc's locale. */
#include "base/utf8.h"

#include <string.h>

#include "base/unicode_table.h"

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

enum { REPLACEMENT = 0xfffd };

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Length by the first byte; 0 when no character starts with it. */
static size_t lead_length(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xc2 || lead > 0xf4) {
        return 0;
    }
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

size_t utf8_decode(const char *text, size_t length, uint32_t *character)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)text[0];
    size_t size = lead_length(lead);
    uint32_t c;

    if (size == 1) {
        *character = lead;
        return 1;
    }
    *character = UTF8_BAD + (uint32_t)lead;
    if (size == 0 || size > length) {
        return 1;
    }
    c = lead & (0x7fU >> size);
    for (size_t i = 1; i < size; i++) {
        if (!is_continuation(text[i])) {
            return 1;
        }
        c = c << 6 | ((unsigned char)text[i] & 0x3fU);
    }
    /* Overlong forms, surrogates, and what lies beyond Unicode. */
    if (c < least[size] || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff) {
        return 1;
    }
    *character = c;
    return size;
}

size_t utf8_encode(uint32_t character, char room[4])
{
    if (character < 0x80) {
        room[0] = (char)character;
        return 1;
    }
    if (character >= UTF8_BAD && character <= UTF8_BAD + 0xff) {
        room[0] = (char)(character - UTF8_BAD);
        return 1;
    }
    if (character >= UTF8_BAD || (character >= 0xd800 && character <= 0xdfff)) {
        character = REPLACEMENT;
    }
    if (character < 0x800) {
        room[0] = (char)(0xc0 | character >> 6);
        room[1] = (char)(0x80 | (character & 0x3f));
        return 2;
    }
    if (character < 0x10000) {
        room[0] = (char)(0xe0 | character >> 12);
        room[1] = (char)(0x80 | (character >> 6 & 0x3f));
        room[2] = (char)(0x80 | (character & 0x3f));
        return 3;
    }
    room[0] = (char)(0xf0 | character >> 18);
    room[1] = (char)(0x80 | (character >> 12 & 0x3f));
    room[2] = (char)(0x80 | (character >> 6 & 0x3f));
    room[3] = (char)(0x80 | (character & 0x3f));
    return 4;
}

/* Length of the ASCII text at the start, looking at eight bytes at a time. */
static size_t ascii_run(const char *text, size_t length)
{
    size_t at = 0;
    uint64_t word;

    while (at + sizeof(word) <= length) {
        memcpy(&word, text + at, sizeof(word));
        if ((word & 0x8080808080808080U) != 0) {
            break;
        }
        at += sizeof(word);
    }
    while (at < length && (unsigned char)text[at] < 0x80) {
        at++;
    }
    return at;
}

size_t utf8_count(const char *text, size_t length, bool utf8)
{
    size_t count = 0;
    size_t at = 0;
    uint32_t character;

    if (!utf8) {
        return length;
    }
    while (at < length) {
        size_t run = ascii_run(text + at, length - at);

        count += run;
        at += run;
        while (at < length && (unsigned char)text[at] >= 0x80) {
            at += utf8_decode(text + at, length - at, &character);
            count++;
        }
    }
    return count;
}

size_t utf8_first(const char *text, size_t length, bool utf8)
{
    uint32_t character;

    return utf8 ? utf8_decode(text, length, &character) : 1;
}

size_t utf8_last(const char *text, size_t length, bool utf8)
{
    size_t size = 1;
    uint32_t character;

    if (!utf8) {
        return 1;
    }
    while (size < 4 && size < length && is_continuation(text[length - size])) {
        size++;
    }
    /* Only a whole character that ends where the text ends is more than one byte. */
    return utf8_decode(text + length - size, size, &character) == size ? size : 1;
}

static bool in_set(const struct unicode_set *set, uint32_t character)
{
    size_t low = 0;
    size_t high = set->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct unicode_range *range = &set->ranges[middle];

        if (character < range->first) {
            high = middle;
        } else if (character > range->first + range->span) {
            low = middle + 1;
        } else {
            return (character - range->first) % range->stride == 0;
        }
    }
    return false;
}

static bool is_lower(uint32_t c)
{
    return c < 0x80 ? c - 'a' < 26 : in_set(&unicode_lower, c);
}

static bool is_upper(uint32_t c)
{
    return c < 0x80 ? c - 'A' < 26 : in_set(&unicode_upper, c);
}

static bool is_alpha(uint32_t c)
{
    return c < 0x80 ? (c | 0x20) - 'a' < 26 : in_set(&unicode_alpha, c);
}

static bool is_digit(uint32_t c)
{
    return c - '0' < 10;
}

static bool is_alnum(uint32_t c)
{
    return is_digit(c) || is_alpha(c);
}

static bool is_xdigit(uint32_t c)
{
    return is_digit(c) || (c < 0x80 && (c | 0x20) - 'a' < 6);
}

/* Spaces that forbid a line break (U+00A0, U+2007, U+202F) are none here: they do not divide. */
static bool is_blank(uint32_t c)
{
    if (c < 0x80) {
        return c == ' ' || c == '\t';
    }
    return c == 0x1680 || (c >= 0x2000 && c <= 0x200a && c != 0x2007) || c == 0x205f || c == 0x3000;
}

static bool is_space(uint32_t c)
{
    return is_blank(c) || (c >= '\t' && c <= '\r') || c == 0x2028 || c == 0x2029;
}

static bool is_cntrl(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

static bool is_print(uint32_t c)
{
    return c < 0x80 ? c >= 0x20 && c < 0x7f : in_set(&unicode_print, c);
}

static bool is_graph(uint32_t c)
{
    return is_print(c) && !is_space(c);
}

static bool is_punct(uint32_t c)
{
    return is_graph(c) && !is_alnum(c);
}

struct class
{
    const char *name;
    bool (*holds)(uint32_t character);
};

static const struct class classes[] = {
    {"alnum", is_alnum}, {"alpha", is_alpha}, {"blank", is_blank}, {"cntrl", is_cntrl},
    {"digit", is_digit}, {"graph", is_graph}, {"lower", is_lower}, {"print", is_print},
    {"punct", is_punct}, {"space", is_space}, {"upper", is_upper}, {"xdigit", is_xdigit},
};

bool utf8_in_class(uint32_t character, const char *name, size_t length, bool utf8)
{
    if (character >= UTF8_BAD || (!utf8 && character >= 0x80)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
        if (strlen(classes[i].name) == length && memcmp(classes[i].name, name, length) == 0) {
            return classes[i].holds(character);
        }
    }
    return false;
}

int utf8_width(uint32_t character)
{
    if (character - 0x20 < 0x5f) {
        return 1;
    }
    if (is_cntrl(character)) {
        return -1;
    }
    if (in_set(&unicode_zero, character)) {
        return 0;
    }
    return in_set(&unicode_wide, character) ? 2 : 1;
}
