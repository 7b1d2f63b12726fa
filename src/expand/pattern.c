/* pattern.c -- patterns cut at their stars into segments, matched without ever going back.

   A segment (text, `?`, brackets) has one way to match at a given place, so taking the first place
   for each is enough, as is taking the last one from the other end: no case is exponential, and the
   usual ones are one search for a text. Places are always borders of characters. */
#include "expand/pattern.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "expand/pattern_bracket.h"

enum element_kind { ELEMENT_TEXT, ELEMENT_ANY, ELEMENT_SET };

struct element {
    enum element_kind kind;
    bool ragged;   /* TEXT: holds bytes that are no characters; see is_border */
    size_t length; /* TEXT: bytes; ANY: characters */
    union {
        const char *bytes;
        const struct bracket *set;
    };
};

struct segment {
    const struct element *elements;
    size_t count;
};

struct pattern {
    bool utf8;
    const struct segment *segments; /* one more than there are stars */
    size_t count;
};

/* ---- compiling ---- */

struct builder {
    const char *at;
    const char *end;
    struct arena *arena;
    struct element *element; /* behind the last one made */
    const char *run;         /* literal bytes not yet made an element, NULL: none */
    size_t run_length;
    char *copy; /* where literal bytes go when there are backslashes, else NULL */
    bool utf8;
    bool closed; /* no bracket expression can close any more */
};

static bool is_ragged(const char *text, size_t length)
{
    uint32_t character;

    for (size_t at = 0; at < length;) {
        if ((unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        at += utf8_decode(text + at, length - at, &character);
        if (character >= UTF8_BAD) {
            return true;
        }
    }
    return false;
}

static void add_byte(struct builder *b, const char *byte)
{
    if (b->copy != NULL) {
        *b->copy = *byte;
        byte = b->copy++;
    }
    if (b->run == NULL) {
        b->run = byte;
        b->run_length = 0;
    }
    b->run_length++;
}

static void end_run(struct builder *b)
{
    if (b->run != NULL) {
        *b->element++ = (struct element){.kind = ELEMENT_TEXT,
                                         .ragged = b->utf8 && is_ragged(b->run, b->run_length),
                                         .length = b->run_length,
                                         .bytes = b->run};
        b->run = NULL;
    }
}

/* b->at is behind a `[`. */
static void add_bracket(struct builder *b)
{
    const char *opening = b->at - 1;
    const struct bracket *set = NULL;
    bool items;

    if (!b->closed) {
        set = bracket_compile(b->arena, &b->at, b->end, b->utf8, &items);
        b->closed = set == NULL && !items;
    }
    if (set == NULL) {
        add_byte(b, opening);
        return;
    }
    end_run(b);
    *b->element++ = (struct element){.kind = ELEMENT_SET, .set = set};
}

/* Makes elements up to the next star or the end, and steps over the stars. */
static struct segment build_segment(struct builder *b)
{
    struct segment segment = {.elements = b->element};

    while (b->at < b->end && *b->at != '*') {
        const char *at = b->at++;

        if (*at == '?') {
            end_run(b);
            *b->element = (struct element){.kind = ELEMENT_ANY, .length = 1};
            while (b->at < b->end && *b->at == '?') {
                b->element->length++;
                b->at++;
            }
            b->element++;
        } else if (*at == '[') {
            add_bracket(b);
        } else if (*at == '\\' && b->at < b->end) {
            add_byte(b, b->at++);
        } else {
            add_byte(b, at);
        }
    }
    end_run(b);
    segment.count = (size_t)(b->element - segment.elements);
    return segment;
}

/* How many bytes may be special, and how many of them are backslashes. */
static size_t count_special(const char *text, size_t length, size_t *backslashes)
{
    size_t count = 0;

    *backslashes = 0;
    for (size_t i = 0; i < length; i++) {
        switch (text[i]) {
        case '*':
        case '?':
        case '[':
            count++;
            break;
        case '\\':
            (*backslashes)++;
            i++;
            break;
        default:
            break;
        }
    }
    return count;
}

/* Pattern, segments, elements and copied bytes are one piece of memory. */
const struct pattern *pattern_compile(struct arena *arena, const char *text, size_t length,
                                      bool utf8)
{
    size_t backslashes;
    size_t special = count_special(text, length, &backslashes);
    size_t segment_room = (special + 1) * sizeof(struct segment);
    size_t element_room = (2 * special + 1) * sizeof(struct element);
    struct pattern *p = arena_alloc(arena, sizeof(*p) + segment_room + element_room +
                                               (backslashes == 0 ? 0 : length));
    struct segment *segments = (struct segment *)(p + 1);
    struct builder b = {.at = text, .end = text + length, .arena = arena, .utf8 = utf8};

    b.element = (struct element *)(segments + special + 1);
    b.copy = backslashes == 0 ? NULL : (char *)(b.element + 2 * special + 1);
    *p = (struct pattern){.utf8 = utf8, .segments = segments};
    segments[p->count++] = build_segment(&b);
    while (b.at < b.end) {
        while (b.at < b.end && *b.at == '*') {
            b.at++;
        }
        segments[p->count++] = build_segment(&b);
    }
    return p;
}

/* ---- one segment at one place ---- */

struct subject {
    const char *text;
    size_t length;
    bool utf8;
};

struct span {
    size_t start;
    size_t end;
};

/* A text that is no whole characters may fit into the middle of one: it counts only when it begins
   and ends at a border. Only three bytes before the place can matter. */
static bool is_border(const struct subject *s, size_t at)
{
    uint32_t character;

    for (size_t back = 1; back <= 3 && back <= at; back++) {
        unsigned char byte = (unsigned char)s->text[at - back];

        if (byte < 0x80) {
            return true;
        }
        if (byte >= 0xc0) {
            return utf8_decode(s->text + at - back, s->length - at + back, &character) <= back;
        }
    }
    return true;
}

static size_t first_size(const struct subject *s, size_t at)
{
    if (!s->utf8 || (unsigned char)s->text[at] < 0x80) {
        return 1;
    }
    return utf8_first(s->text + at, s->length - at, true);
}

static size_t last_size(const struct subject *s, size_t end)
{
    if (!s->utf8 || (unsigned char)s->text[end - 1] < 0x80) {
        return 1;
    }
    return utf8_last(s->text, end, true);
}

static bool in_set(const struct subject *s, const struct bracket *set, size_t at, size_t *size)
{
    uint32_t character = (unsigned char)s->text[at];

    *size = 1;
    if (s->utf8 && character >= 0x80) {
        *size = utf8_decode(s->text + at, s->length - at, &character);
    }
    return bracket_has(set, character);
}

static bool text_fits(const struct subject *s, const struct element *e, size_t at)
{
    return memcmp(s->text + at, e->bytes, e->length) == 0 &&
           (!e->ragged || (is_border(s, at) && is_border(s, at + e->length)));
}

static bool element_forward(const struct subject *s, const struct element *e, size_t *at)
{
    size_t size;

    switch (e->kind) {
    case ELEMENT_TEXT:
        if (s->length - *at < e->length || !text_fits(s, e, *at)) {
            return false;
        }
        *at += e->length;
        return true;
    case ELEMENT_ANY:
        if (s->length - *at < e->length) {
            return false;
        }
        for (size_t i = 0; i < e->length; i++) {
            if (*at == s->length) {
                return false;
            }
            *at += first_size(s, *at);
        }
        return true;
    case ELEMENT_SET:
        if (*at == s->length || !in_set(s, e->set, *at, &size)) {
            return false;
        }
        *at += size;
        return true;
    }
    return false;
}

static bool element_backward(const struct subject *s, const struct element *e, size_t *end)
{
    size_t size;

    switch (e->kind) {
    case ELEMENT_TEXT:
        if (*end < e->length || !text_fits(s, e, *end - e->length)) {
            return false;
        }
        *end -= e->length;
        return true;
    case ELEMENT_ANY:
        for (size_t i = 0; i < e->length; i++) {
            if (*end == 0) {
                return false;
            }
            *end -= last_size(s, *end);
        }
        return true;
    case ELEMENT_SET:
        if (*end == 0) {
            return false;
        }
        *end -= last_size(s, *end);
        return in_set(s, e->set, *end, &size);
    }
    return false;
}

/* Moves span->end from span->start to behind the match. */
static bool segment_forward(const struct subject *s, const struct segment *g, struct span *span)
{
    span->end = span->start;
    for (size_t i = 0; i < g->count; i++) {
        if (!element_forward(s, &g->elements[i], &span->end)) {
            return false;
        }
    }
    return true;
}

/* Moves span->start from span->end to the beginning of the match. */
static bool segment_backward(const struct subject *s, const struct segment *g, struct span *span)
{
    span->start = span->end;
    for (size_t i = g->count; i-- > 0;) {
        if (!element_backward(s, &g->elements[i], &span->start)) {
            return false;
        }
    }
    return true;
}

/* ---- one segment somewhere ---- */

/* First place of the bytes at or behind `from`. */
static bool find_text(const struct subject *s, const struct element *e, size_t from, size_t *at)
{
    const char *hit;

    if (e->length == 1) {
        hit = memchr(s->text + from, e->bytes[0], s->length - from);
    } else {
        hit = memmem(s->text + from, s->length - from, e->bytes, e->length);
    }
    if (hit == NULL) {
        return false;
    }
    *at = (size_t)(hit - s->text);
    return true;
}

/* Last place of the bytes that ends at or before `limit`. */
static bool find_text_last(const struct subject *s, const struct element *e, size_t limit,
                           size_t *at)
{
    while (limit >= e->length) {
        const char *hit = memrchr(s->text, e->bytes[0], limit - e->length + 1);

        if (hit == NULL) {
            return false;
        }
        *at = (size_t)(hit - s->text);
        if (memcmp(hit + 1, e->bytes + 1, e->length - 1) == 0) {
            return true;
        }
        limit = *at + e->length - 1;
    }
    return false;
}

/* The first match at or behind `from`. */
static bool find_first(const struct subject *s, const struct segment *g, size_t from,
                       struct span *span)
{
    bool searches = g->count > 0 && g->elements[0].kind == ELEMENT_TEXT;

    for (span->start = from;;) {
        if (searches && !find_text(s, &g->elements[0], span->start, &span->start)) {
            return false;
        }
        if (segment_forward(s, g, span)) {
            return true;
        }
        if (span->start == s->length) {
            return false;
        }
        span->start += searches ? 1 : first_size(s, span->start);
    }
}

/* The last match that begins at or behind `from` and ends at or before `limit`. */
static bool find_last(const struct subject *s, const struct segment *g, size_t from, size_t limit,
                      struct span *span)
{
    const struct element *last = g->elements + g->count - (g->count > 0 ? 1 : 0);
    bool searches = g->count > 0 && last->kind == ELEMENT_TEXT;

    for (span->end = limit; span->end >= from;) {
        if (searches) {
            if (!find_text_last(s, last, span->end, &span->end)) {
                return false;
            }
            span->end += last->length;
        }
        if (segment_backward(s, g, span)) {
            return span->start >= from;
        }
        if (span->end == 0) {
            return false;
        }
        span->end -= searches ? 1 : last_size(s, span->end);
    }
    return false;
}

/* ---- whole patterns ---- */

bool pattern_matches(const struct pattern *p, const char *text, size_t length)
{
    struct subject s = {.text = text, .length = length, .utf8 = p->utf8};
    struct span head = {0};
    struct span tail = {.end = length};

    if (!segment_forward(&s, &p->segments[0], &head)) {
        return false;
    }
    if (p->count == 1) {
        return head.end == length;
    }
    if (!segment_backward(&s, &p->segments[p->count - 1], &tail) || tail.start < head.end) {
        return false;
    }
    s.length = tail.start;
    for (size_t i = 1; i + 1 < p->count; i++) {
        if (!find_first(&s, &p->segments[i], head.end, &head)) {
            return false;
        }
    }
    return true;
}

bool pattern_prefix(const struct pattern *p, const char *text, size_t length, bool longest,
                    size_t *end)
{
    struct subject s = {.text = text, .length = length, .utf8 = p->utf8};
    const struct segment *last = &p->segments[p->count - 1];
    struct span span = {0};
    bool found = segment_forward(&s, &p->segments[0], &span);

    for (size_t i = 1; found && i + 1 < p->count; i++) {
        found = find_first(&s, &p->segments[i], span.end, &span);
    }
    if (found && p->count > 1) {
        found = longest ? find_last(&s, last, span.end, length, &span)
                        : find_first(&s, last, span.end, &span);
    }
    *end = span.end;
    return found;
}

bool pattern_suffix(const struct pattern *p, const char *text, size_t length, bool longest,
                    size_t *start)
{
    struct subject s = {.text = text, .length = length, .utf8 = p->utf8};
    struct span span = {.end = length};
    bool found = segment_backward(&s, &p->segments[p->count - 1], &span);

    for (size_t i = p->count - 1; found && i-- > 1;) {
        found = find_last(&s, &p->segments[i], 0, span.start, &span);
    }
    if (found && p->count > 1) {
        s.length = span.start; /* a border: nothing before it looks further */
        found = longest ? find_first(&s, &p->segments[0], 0, &span)
                        : find_last(&s, &p->segments[0], 0, s.length, &span);
    }
    *start = span.start;
    return found;
}
