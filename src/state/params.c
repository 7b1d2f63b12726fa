/* params.c -- positional parameters. */
#include "state/params.h"

#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "state/mark.h"
#include "state/shell.h"

size_t params_count(char *const *items)
{
    size_t count = 0;
    while (items[count] != NULL) {
        count++;
    }
    return count;
}

void params_set(struct shell *sh, char *const *items, size_t count)
{
    size_t bytes = (count + 1) * sizeof(char *);
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(items[i]) + 1;
    }
    /* One block: the pointers, then the texts. Made before the old one goes, which may hold
     * `items`. */
    char **block = mem_alloc(bytes);
    char *text = (char *)(block + count + 1);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(items[i]) + 1;
        bytes_copy(text, items[i], length);
        block[i] = text;
        text += length;
    }
    block[count] = NULL;
    mark_save_params(sh);
    mem_free(sh->params.block);
    sh->params.block = block;
    sh->params.items = block;
    sh->params.count = count;
    sh->params.measured = NULL;
}

bool params_shift(struct shell *sh, size_t n)
{
    if (n > sh->params.count) {
        return false;
    }
    if (n > 0) {
        mark_save_params(sh);
        sh->params.items += n;
        sh->params.count -= n;
    }
    return true;
}

const char *params_get(const struct shell *sh, size_t position)
{
    if (position == 0) {
        return sh->name;
    }
    return position <= sh->params.count ? sh->params.items[position - 1] : NULL;
}
