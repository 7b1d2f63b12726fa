/* history.c -- the command history: texts by number, the oldest dropped first. */
#include "state/history.h"

#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "state/shell.h"
#include "state/variable.h"

enum { SIZE_DEFAULT = 128, SIZE_MOST = 1 << 24 };

struct history {
    char **texts; /* the oldest first */
    size_t count;
    size_t capacity;
    int last; /* number of the newest */
};

static size_t wanted_size(struct shell *sh)
{
    const char *text = variable_by_name(sh, "HISTSIZE");
    unsigned long size = 0;
    return text != NULL && number_parse(text, SIZE_MOST, &size) ? size : SIZE_DEFAULT;
}

static void drop_oldest(struct history *h, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mem_free(h->texts[i]);
    }
    h->count -= count;
    memmove(h->texts, h->texts + count, h->count * sizeof *h->texts);
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
    if (h->count > 0 && h->count >= size) {
        drop_oldest(h, size == 0 ? h->count : h->count - size + 1);
    }
    h->last++; /* numbers go on also when nothing is kept */
    if (size == 0) {
        return;
    }
    if (h->count == h->capacity) {
        h->capacity = h->capacity == 0 ? 64 : h->capacity * 2;
        h->texts = mem_resize(h->texts, h->capacity * sizeof *h->texts);
    }
    h->texts[h->count++] = mem_text_n(text, length);
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
    return known ? sh->history->texts[number - history_first(sh)] : NULL;
}

void history_drop_last(struct shell *sh)
{
    struct history *h = sh->history;
    if (h != NULL && h->count > 0) {
        mem_free(h->texts[--h->count]);
        h->last--;
    }
}

void history_free(struct shell *sh)
{
    struct history *h = sh->history;
    if (h == NULL) {
        return;
    }
    if (h->count > 0) {
        drop_oldest(h, h->count);
    }
    mem_free(h->texts);
    mem_free(h);
    sh->history = NULL;
}
