/* history.c -- the command history: texts by number, the oldest dropped first. */
#include "state/history.h"

#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "state/shell.h"
#include "state/variable.h"

enum { SIZE_DEFAULT = 128, SIZE_MOST = 1 << 24 };

struct history {
    char **texts; /* the oldest, and `count` in all, from `start` on */
    size_t start;
    size_t count;
    size_t capacity;
    int last;      /* number of the newest */
    bool left_out; /* the command that runs is not among them */
};

static size_t wanted_size(struct shell *sh)
{
    const char *text = variable_by_name(sh, "HISTSIZE");
    unsigned long size = 0;
    return text != NULL && number_parse(text, SIZE_MOST, &size) ? size : SIZE_DEFAULT;
}

bool history_is_kept(struct shell *sh)
{
    return wanted_size(sh) > 0;
}

static void drop_oldest(struct history *h, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mem_free(h->texts[h->start++]);
    }
    h->count -= count;
}

/* Room for one more: what was dropped is used again once that is worth the moving. */
static void make_room(struct history *h)
{
    if (h->start + h->count < h->capacity) {
        return;
    }
    if (h->start > h->count) {
        memmove(h->texts, h->texts + h->start, h->count * sizeof *h->texts);
        h->start = 0;
        return;
    }
    h->capacity = h->capacity == 0 ? 64 : h->capacity * 2;
    h->texts = mem_resize(h->texts, h->capacity * sizeof *h->texts);
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
    h->left_out = size == 0;
    h->last++; /* numbers go on also when nothing is kept */
    if (size == 0) {
        return;
    }
    make_room(h);
    h->texts[h->start + h->count++] = mem_text_n(text, length);
}

void history_remember(struct shell *sh, const char *text, size_t length)
{
    if (sh->hooks.remember != NULL) {
        sh->hooks.remember(sh, text, length);
    } else {
        history_add(sh, text, length);
    }
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

const char *history_text(const struct shell *sh, int number)
{
    bool known = number >= history_first(sh) && number <= history_last(sh) && number > 0;
    return known ? sh->history->texts[sh->history->start + (size_t)(number - history_first(sh))]
                 : NULL;
}

void history_mark_current(struct shell *sh, bool kept)
{
    if (sh->history != NULL) {
        sh->history->left_out = !kept;
    }
}

int history_before(const struct shell *sh)
{
    const struct history *h = sh->history;
    int last = history_last(sh);
    return last == 0 || h->left_out ? last : last - 1 < history_first(sh) ? 0 : last - 1;
}

void history_drop_last(struct shell *sh)
{
    struct history *h = sh->history;
    if (h != NULL && h->count > 0 && !h->left_out) {
        mem_free(h->texts[h->start + --h->count]);
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
