/* build.c -- gather bytes into the present field, in one or two views: plain, and as a pattern. */
#include "expand/build.h"

#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "expand/expand.h"
#include "expand/glob.h"
#include "state/shell.h"

/* Bytes that mean something in a pattern, inside brackets or outside. */
static const bool pattern_byte[256] = {
    ['*'] = true, ['?'] = true, ['['] = true, [']'] = true, ['\\'] = true, ['-'] = true,
    ['!'] = true, ['^'] = true, [':'] = true, ['.'] = true, ['='] = true,
};

/* Bytes that can make a field a pattern. */
static const bool magic_byte[256] = {['*'] = true, ['?'] = true, ['['] = true, ['\\'] = true};

static void room_grow(struct room *room, size_t extra)
{
    size_t capacity = room->capacity * 2;
    if (capacity < room->length + extra) {
        capacity = room->length + extra;
    }
    if (room->data == room->stack) {
        room->data = mem_alloc(capacity);
        memcpy(room->data, room->stack, room->length);
    } else {
        room->data = mem_resize(room->data, capacity);
    }
    room->capacity = capacity;
}

static inline void room_add(struct room *room, const char *bytes, size_t length)
{
    if (length > room->capacity - room->length) {
        room_grow(room, length);
    }
    bytes_copy(room->data + room->length, bytes, length);
    room->length += length;
}

static void room_start(struct room *room)
{
    room->data = room->stack;
    room->length = 0;
    room->capacity = sizeof room->stack;
}

static void room_free(struct room *room)
{
    if (room->data != room->stack) {
        mem_free(room->data);
    }
}

/* Does the pattern end in a backslash that escapes whatever comes next? */
static bool room_escapes(const struct room *room)
{
    size_t n = room->length;
    while (n > 0 && room->data[n - 1] == '\\') {
        n--;
    }
    return (room->length - n) % 2 != 0;
}

static void room_add_escaped(struct room *room, const char *bytes, size_t length)
{
    size_t start = 0;
    if (length > 0 && room_escapes(room)) {
        room_add(room, "\\", 1); /* it came from an expansion and cannot reach into the quotes */
    }
    for (size_t i = 0; i < length; i++) {
        if (pattern_byte[(unsigned char)bytes[i]]) {
            room_add(room, bytes + start, i - start);
            room_add(room, "\\", 1);
            start = i;
        }
    }
    room_add(room, bytes + start, length - start);
}

void build_start(struct build *b, struct shell *sh, enum build_mode mode, struct diag *d)
{
    b->sh = sh;
    b->d = d;
    b->fields = NULL;
    b->mode = mode;
    b->splits = mode == BUILD_FIELDS && sh->ifs.join_length != 0;
    b->globs = mode == BUILD_FIELDS && (sh->settings.options & OPT_NOGLOB) == 0;
    b->assigns = false;
    b->nested = false;
    b->present = false;
    b->after_space = false;
    b->magic = false;
    room_start(&b->text);
    room_start(&b->pattern);
}

void build_free(struct build *b)
{
    room_free(&b->text);
    room_free(&b->pattern);
}

void build_quoted(struct build *b, const char *bytes, size_t length)
{
    b->present = true;
    if (b->mode == BUILD_PATTERN) {
        room_add_escaped(&b->text, bytes, length);
        return;
    }
    if (b->magic) {
        room_add_escaped(&b->pattern, bytes, length);
    }
    room_add(&b->text, bytes, length);
}

static bool has_magic(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (magic_byte[(unsigned char)bytes[i]]) {
            return true;
        }
    }
    return false;
}

void build_plain(struct build *b, const char *bytes, size_t length)
{
    if (b->globs && (b->magic || has_magic(bytes, length))) {
        if (!b->magic) {
            /* What stands before was quoted or holds nothing special: escaping all of it is right.
             */
            b->magic = true;
            b->pattern.length = 0;
            room_add_escaped(&b->pattern, b->text.data, b->text.length);
        }
        room_add(&b->pattern, bytes, length);
    }
    room_add(&b->text, bytes, length);
}

void build_end(struct build *b)
{
    struct shell *sh = b->sh;
    if (!b->magic || !glob_is_pattern(b->pattern.data, b->pattern.length) ||
        !glob_expand(sh, b->pattern.data, b->pattern.length, b->fields)) {
        fields_add(sh, b->fields, arena_text(&sh->scratch, b->text.data, b->text.length));
    }
    b->text.length = 0;
    b->present = false;
    b->after_space = false;
    b->magic = false;
}

bool build_is_plain(const struct shell *sh, const char *text, size_t length)
{
    const struct ifs *ifs = &sh->ifs;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (ifs->class[byte] != IFS_NONE || magic_byte[byte] ||
            (byte >= 0x80 && ifs->wide_count != 0)) {
            return false;
        }
    }
    return true;
}
