/* pattern_bracket.c -- bracket expressions: parsed once, then a bitmap and two short lists. */
#include "expand/pattern_bracket.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* No character: an unknown collating symbol. */
enum { NO_CHARACTER = 0x7fffffff };

struct bracket_range {
    const struct bracket_range *next;
    uint32_t first;
    uint32_t last;
};

/* Only for characters that the bitmap does not cover. */
struct bracket_class {
    const struct bracket_class *next;
    const char *name;
    size_t length;
};

struct scan {
    const char *at;
    const char *end;
    struct arena *arena;
    struct bracket *bracket;
    bool utf8;
    bool items;
};

struct class_bits {
    const char *name;
    uint64_t bits[2];
};

/* The ASCII part of the classes of XBD 7.3.1. */
static const struct class_bits classes[] = {
    {"alnum", {0x03ff000000000000, 0x07fffffe07fffffe}},
    {"alpha", {0x0000000000000000, 0x07fffffe07fffffe}},
    {"blank", {0x0000000100000200, 0x0000000000000000}},
    {"cntrl", {0x00000000ffffffff, 0x8000000000000000}},
    {"digit", {0x03ff000000000000, 0x0000000000000000}},
    {"graph", {0xfffffffe00000000, 0x7fffffffffffffff}},
    {"lower", {0x0000000000000000, 0x07fffffe00000000}},
    {"print", {0xffffffff00000000, 0x7fffffffffffffff}},
    {"punct", {0xfc00fffe00000000, 0x78000001f8000001}},
    {"space", {0x0000000100003e00, 0x0000000000000000}},
    {"upper", {0x0000000000000000, 0x0000000007fffffe}},
    {"xdigit", {0x03ff000000000000, 0x0000007e0000007e}},
};

struct symbol_name {
    const char *name;
    char character;
};

/* Collating symbols with a name in the POSIX locale (XBD 6.1) that is not the character itself. */
static const struct symbol_name symbol_names[] = {
    {"alert", '\a'},
    {"backspace", '\b'},
    {"tab", '\t'},
    {"newline", '\n'},
    {"vertical-tab", '\v'},
    {"form-feed", '\f'},
    {"carriage-return", '\r'},
    {"space", ' '},
    {"exclamation-mark", '!'},
    {"quotation-mark", '"'},
    {"number-sign", '#'},
    {"dollar-sign", '$'},
    {"percent-sign", '%'},
    {"ampersand", '&'},
    {"apostrophe", '\''},
    {"left-parenthesis", '('},
    {"right-parenthesis", ')'},
    {"asterisk", '*'},
    {"plus-sign", '+'},
    {"comma", ','},
    {"hyphen", '-'},
    {"hyphen-minus", '-'},
    {"period", '.'},
    {"full-stop", '.'},
    {"slash", '/'},
    {"solidus", '/'},
    {"zero", '0'},
    {"one", '1'},
    {"two", '2'},
    {"three", '3'},
    {"four", '4'},
    {"five", '5'},
    {"six", '6'},
    {"seven", '7'},
    {"eight", '8'},
    {"nine", '9'},
    {"colon", ':'},
    {"semicolon", ';'},
    {"less-than-sign", '<'},
    {"equals-sign", '='},
    {"greater-than-sign", '>'},
    {"question-mark", '?'},
    {"commercial-at", '@'},
    {"left-square-bracket", '['},
    {"backslash", '\\'},
    {"reverse-solidus", '\\'},
    {"right-square-bracket", ']'},
    {"circumflex", '^'},
    {"circumflex-accent", '^'},
    {"underscore", '_'},
    {"low-line", '_'},
    {"grave-accent", '`'},
    {"left-brace", '{'},
    {"left-curly-bracket", '{'},
    {"vertical-line", '|'},
    {"right-brace", '}'},
    {"right-curly-bracket", '}'},
    {"tilde", '~'},
    {"DEL", '\177'},
};

/* Long enough for every name above; keeps the search for its end from going through the pattern. */
enum { NAME_MOST = 32 };

/* ---- adding to the set ---- */

static void set_bits(struct bracket *bracket, uint32_t first, uint32_t last)
{
    for (uint32_t c = first; c <= last && c < bracket->bit_count; c++) {
        bracket->bits[c / 64] |= (uint64_t)1 << (c % 64);
    }
}

static void add_range(struct scan *s, uint32_t first, uint32_t last)
{
    struct bracket_range *range;

    if (first == NO_CHARACTER || last == NO_CHARACTER) {
        return;
    }
    set_bits(s->bracket, first, last);
    if (first <= last && last >= s->bracket->bit_count) {
        range = arena_alloc(s->arena, sizeof(*range));
        *range = (struct bracket_range){s->bracket->ranges, first, last};
        s->bracket->ranges = range;
    }
}

static void add_class(struct scan *s, const char *name, size_t length)
{
    struct bracket_class *class;

    for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
        if (strncmp(classes[i].name, name, length) == 0 && classes[i].name[length] == '\0') {
            s->bracket->bits[0] |= classes[i].bits[0];
            s->bracket->bits[1] |= classes[i].bits[1];
        }
    }
    if (s->utf8) {
        class = arena_alloc(s->arena, sizeof(*class));
        *class = (struct bracket_class){s->bracket->classes, name, length};
        s->bracket->classes = class;
    }
}

/* ---- reading ---- */

static uint32_t take_character(struct scan *s)
{
    uint32_t character = (unsigned char)*s->at;
    size_t size = 1;

    if (s->utf8 && character >= 0x80) {
        size = utf8_decode(s->at, (size_t)(s->end - s->at), &character);
    }
    s->at += size;
    return character;
}

/* The character that a collating symbol or equivalence class names. */
static uint32_t named_character(const struct scan *s, const char *name, size_t length)
{
    struct scan inner = {.at = name, .end = name + length, .utf8 = s->utf8};
    uint32_t character = take_character(&inner);

    if (inner.at == inner.end) {
        return character;
    }
    for (size_t i = 0; i < ARRAY_LEN(symbol_names); i++) {
        if (strncmp(symbol_names[i].name, name, length) == 0 &&
            symbol_names[i].name[length] == '\0') {
            return (unsigned char)symbol_names[i].character;
        }
    }
    return NO_CHARACTER;
}

/* s->at is on the `[` of `[.`, `[=` or `[:`. The text between that and the same byte with `]`, at
   least one byte; NULL: there is no such end. Moves on only when there is. */
static const char *take_item(struct scan *s, size_t *length)
{
    char kind = s->at[1];
    const char *start = s->at + 2;

    for (const char *at = start + 1; at < s->end - 1 && at - start <= NAME_MOST; at++) {
        if (at[0] == kind && at[1] == ']') {
            s->at = at + 2;
            s->items = true;
            *length = (size_t)(at - start);
            return start;
        }
    }
    return NULL;
}

static bool opens_item(const struct scan *s, const char *kinds)
{
    return s->end - s->at > 2 && s->at[0] == '[' && s->at[1] != '\0' &&
           strchr(kinds, s->at[1]) != NULL;
}

/* One end of a range, or a character alone. */
static uint32_t take_end(struct scan *s)
{
    size_t length;

    if (opens_item(s, ".=")) {
        const char *name = take_item(s, &length);

        if (name != NULL) {
            return named_character(s, name, length);
        }
    }
    if (*s->at == '\\' && s->end - s->at > 1) {
        s->at++;
    }
    return take_character(s);
}

static bool is_class_name(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned)name[i] - 'a' >= 26) {
            return false;
        }
    }
    return true;
}

static bool take_class(struct scan *s)
{
    struct scan before = *s;
    const char *name;
    size_t length;

    if (!opens_item(s, ":")) {
        return false;
    }
    name = take_item(s, &length);
    if (name == NULL || !is_class_name(name, length)) {
        *s = before;
        return false;
    }
    add_class(s, name, length);
    return true;
}

/* A `-` before the closing bracket is no range. */
static void take_element(struct scan *s)
{
    uint32_t first;

    if (take_class(s)) {
        return;
    }
    first = take_end(s);
    if (s->end - s->at > 1 && s->at[0] == '-' && s->at[1] != ']') {
        s->at++;
        add_range(s, first, take_end(s));
    } else {
        add_range(s, first, first);
    }
}

const struct bracket *bracket_compile(struct arena *arena, const char **at, const char *end,
                                      bool utf8, bool *items)
{
    struct bracket *bracket = arena_zero(arena, sizeof(*bracket));
    struct scan s = {.at = *at, .end = end, .arena = arena, .bracket = bracket, .utf8 = utf8};
    const char *first;

    bracket->bit_count = utf8 ? 128 : 256;
    if (s.at < end && (*s.at == '!' || *s.at == '^')) {
        bracket->negated = true;
        s.at++;
    }
    first = s.at;
    while (s.at < end && (*s.at != ']' || s.at == first)) {
        take_element(&s);
    }
    *items = s.items;
    if (s.at == end) {
        return NULL;
    }
    *at = s.at + 1;
    return bracket;
}

bool bracket_lists(const struct bracket *bracket, uint32_t character)
{
    for (const struct bracket_range *r = bracket->ranges; r != NULL; r = r->next) {
        if (character >= r->first && character <= r->last) {
            return true;
        }
    }
    for (const struct bracket_class *c = bracket->classes; c != NULL; c = c->next) {
        if (utf8_in_class(character, c->name, c->length, true)) {
            return true;
        }
    }
    return false;
}
