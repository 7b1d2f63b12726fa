/* suggest.c -- looks for a command in the history that begins like the line. */
#include "ui/suggest.h"

#include <string.h>

#include "state/history.h"
#include "state/shell.h"

static const char *rest_of(struct shell *sh, int number, const char *text, size_t length)
{
    const char *entry = history_text(sh, number);
    bool fits = entry != NULL && strncmp(entry, text, length) == 0 && entry[length] != '\0';
    return fits ? entry + length : NULL;
}

/* Typing on, the search goes on from where it was: newer entries did not fit before. */
static int first_to_try(struct shell *sh, const struct suggest *state, const char *text,
                        size_t length)
{
    bool longer = state->typed.length > 0 && state->typed.length <= length &&
                  memcmp(state->typed.data, text, state->typed.length) == 0;
    return longer ? state->number : history_last(sh);
}

const char *suggest_find(struct shell *sh, struct suggest *state, const char *text, size_t length)
{
    int number = length == 0 ? 0 : first_to_try(sh, state, text, length);
    const char *rest = NULL;
    int first = history_first(sh);
    while (number > 0 && number >= first && rest == NULL) {
        rest = rest_of(sh, number, text, length);
        number -= rest == NULL;
    }
    state->number = rest == NULL ? 0 : number;
    state->typed.length = 0;
    buf_add(&state->typed, text, length);
    return rest;
}

void suggest_free(struct suggest *state)
{
    buf_free(&state->typed);
    state->number = 0;
}
