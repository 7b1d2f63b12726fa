/* fields.c -- cuts a line into the fields of read. */
#include "builtin/fields.h"

#include "state/shell.h"
#include "state/special.h"

/* Class of the character at `at`; *size gets its length. */
static int class_at(const struct splitter *s, size_t at, size_t *size)
{
    if (s->quoted != NULL && s->quoted[at] != 0) {
        *size = 1;
        return IFS_NONE;
    }
    return ifs_class(s->ifs, s->text + at, s->length - at, size);
}

static size_t skip_class(const struct splitter *s, size_t at, int class)
{
    size_t size = 0;
    while (at < s->length && class_at(s, at, &size) == class) {
        at += size;
    }
    return at;
}

/* A separator: white space, at most one other character, white space. */
static size_t skip_separator(const struct splitter *s, size_t at)
{
    size_t size = 0;
    at = skip_class(s, at, IFS_SPACE);
    if (at < s->length && class_at(s, at, &size) == IFS_OTHER) {
        at = skip_class(s, at + size, IFS_SPACE);
    }
    return at;
}

void splitter_start(struct splitter *s)
{
    s->at = skip_class(s, 0, IFS_SPACE);
}

void splitter_field(struct splitter *s, size_t *start, size_t *length)
{
    size_t end = skip_class(s, s->at, IFS_NONE);
    *start = s->at;
    *length = end - s->at;
    s->at = skip_separator(s, end);
}

void splitter_rest(struct splitter *s, size_t *start, size_t *length)
{
    size_t first = s->at;
    splitter_field(s, start, length);
    if (s->at == s->length) {
        return;
    }
    size_t end = s->length;
    size_t size = 0;
    while (end > first && ((unsigned char)s->text[end - 1] < 0x80) &&
           class_at(s, end - 1, &size) == IFS_SPACE) {
        end--;
    }
    *length = end - first;
    s->at = s->length;
}
