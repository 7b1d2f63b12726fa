/* history.c -- the command history: texts by number, the oldest dropped first. */
#include "state/history.h"

#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "state/shell.h"
#include "state/variable.h"

enum { SIZE_DEFAULT = 128, SIZE_MOST = 1 << 24 };

/* Entry `number` stands in slot number % capacity. */
struct history {
    char **slots;
    size_t capacity;
    size_t count;
    int last; /* number of the newest */
};

static size_t wanted_size(struct shell *sh)
{
    const char *text = variable_by_name(sh, "HISTSIZE");
    unsigned long size = 0;
    return text != NULL && number_parse(text, SIZE_MOST, &size) ? size : SIZE_DEFAULT;
}

static char **slot(const struct history *h, int number)
{
    return &h->slots[(size_t)number % h->capacity];
}

static void drop_oldest(struct history *h)
{
    char **oldest = slot(h, h->last - (int)h->count + 1);
    mem_free(*oldest);
    *oldest = NULL;
    h->count--;
}

static void resize(struct history *h, size_t capacity)
{
    struct history old = *h;
    h->slots = mem_zero(capacity * sizeof *h->slots);
    h->capacity = capacity;
    for (size_t i = 0; i < old.count; i++) {
        int number = old.last - (int)i;
        *slot(h, number) = *slot(&old, number);
    }
    mem_free(old.slots);
}

void history_add(struct shell *sh, const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == '\n') {
        length--;
    }
    size_t size = wanted_size(sh);
    if (length == 0) {
        return;
    }
    if (sh->history == NULL) {
        sh->history = mem_zero(sizeof *sh->history);
    }
    struct history *h = sh->history;
    while (h->count > 0 && h->count >= size) {
        drop_oldest(h);
    }
    h->last++; /* numbers go on also when nothing is kept */
    if (size == 0) {
        return;
    }
    if (h->count == h->capacity) {
        h->last--;
        resize(h, h->capacity == 0 ? 64 : h->capacity * 2);
        h->last++;
    }
    *slot(h, h->last) = mem_text_n(text, length);
    h->count++;
}

int history_first(const struct shell *sh)
{
    const struct history *h = sh->history;
    return h == NULL || h->count == 0 ? 0 : h->last - (int)h->count + 1;
}

int history_last(const struct shell *sh)
{
    const struct history *h = sh->history;
    return h == NULL || h->count == 0 ? 0 : h->last;
}

const char *history_get(const struct shell *sh, int number)
{
    bool known = number >= history_first(sh) && number <= history_last(sh) && number > 0;
    return known ? *slot(sh->history, number) : NULL;
}

void history_drop_last(struct shell *sh)
{
    struct history *h = sh->history;
    if (h != NULL && h->count > 0) {
        char **newest = slot(h, h->last);
        mem_free(*newest);
        *newest = NULL;
        h->count--;
        h->last--;
    }
}

void history_free(struct shell *sh)
{
    struct history *h = sh->history;
    if (h == NULL) {
        return;
    }
    while (h->count > 0) {
        drop_oldest(h);
    }
    mem_free(h->slots);
    mem_free(h);
    sh->history = NULL;
}
