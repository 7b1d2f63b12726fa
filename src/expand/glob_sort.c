/* glob_sort.c -- a merge sort that mostly compares eight bytes at once, taken out of the texts. */
#include "expand/glob.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

struct sorted {
    uint64_t key; /* the first eight bytes behind the common ones, the first byte highest */
    char *text;
};

static uint64_t key_of(const char *text)
{
    uint64_t key = 0;
    int shift = 56;
    for (; shift >= 0 && *text != '\0'; shift -= 8, text++) {
        key |= (uint64_t)(unsigned char)*text << shift;
    }
    return key;
}

static bool in_order(const struct sorted *a, const struct sorted *b, size_t skip)
{
    if (a->key != b->key) {
        return a->key < b->key;
    }
    /* A key that ends in a NUL byte holds the whole text: both are equal then. */
    return (a->key & 0xff) == 0 || strcmp(a->text + skip, b->text + skip) <= 0;
}

/* Runs of this length are sorted by insertion first. */
enum { RUN = 8 };

static void sort_run(struct sorted *items, size_t count, size_t skip)
{
    for (size_t i = 1; i < count; i++) {
        struct sorted item = items[i];
        size_t at = i;
        for (; at > 0 && !in_order(&items[at - 1], &item, skip); at--) {
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

/* Merges from[0, middle) and from[middle, count) into `to`. */
static void merge(const struct sorted *from, size_t middle, size_t count, struct sorted *to,
                  size_t skip)
{
    size_t a = 0;
    size_t b = middle;
    size_t n = 0;
    while (a < middle && b < count) {
        to[n++] = in_order(&from[a], &from[b], skip) ? from[a++] : from[b++];
    }
    if (a < middle) {
        memcpy(to + n, from + a, (middle - a) * sizeof *to);
        n += middle - a;
    }
    if (b < count) {
        memcpy(to + n, from + b, (count - b) * sizeof *to);
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

void glob_sort(char **texts, size_t count, size_t common)
{
    struct sorted *from = mem_alloc(2 * count * sizeof *from);
    struct sorted *heap = from;
    struct sorted *to = from + count;
    for (size_t i = 0; i < count; i++) {
        from[i] = (struct sorted){key_of(texts[i] + common), texts[i]};
    }
    for (size_t i = 0; i < count; i += RUN) {
        sort_run(from + i, least(RUN, count - i), common + 8);
    }
    for (size_t width = RUN; width < count; width *= 2) {
        for (size_t i = 0; i < count; i += 2 * width) {
            size_t n = least(2 * width, count - i);
            merge(from + i, least(width, n), n, to + i, common + 8);
        }
        struct sorted *swap = from;
        from = to;
        to = swap;
    }
    for (size_t i = 0; i < count; i++) {
        texts[i] = from[i].text;
    }
    mem_free(heap);
}
