/* highlight.c -- colours from the shell's own lexer, and from what the commands are. */
#include "ui/highlight.h"

#include <string.h>

#include "base/mem.h"
#include "state/names.h"
#include "state/shell.h"
#include "syntax/chars.h"
#include "ui/render.h"
#include "ui/ui.h"

static bool is_command(struct shell *sh, struct highlight *state, const char *name)
{
    const struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
    if (abbr_exists(&ui_of(sh)->abbreviations, name, strlen(name))) {
        return true;
    }
    if (symbol != NULL &&
        (symbol->builtin != NULL || function_get(symbol) != NULL || alias_get(symbol) != NULL)) {
        return true;
    }
    const char *at = buf_text(&state->names);
    const char *end = at + state->names.length;
    while (at < end) {
        size_t length = strlen(at);
        if (strcmp(at, name) == 0) {
            return at[length + 1] != 0;
        }
        at += length + 2;
    }
    enum lookup_result found = lookup_program(sh, &state->lookup, name);
    if (found != LOOKUP_UNKNOWN) {
        buf_add(&state->names, name, strlen(name) + 1);
        buf_putc(&state->names, found == LOOKUP_FOUND);
    }
    return found != LOOKUP_NONE;
}

static uint8_t command_style(struct shell *sh, struct highlight *state, const char *word,
                             size_t length)
{
    static const char special[] = "$`\\\"'*?[~";
    for (size_t i = 0; i < length; i++) {
        if (strchr(special, word[i]) != NULL || word[0] == '%') {
            return STYLE_COMMAND; /* who knows */
        }
    }
    char *name = mem_text_n(word, length);
    bool known = is_command(sh, state, name);
    mem_free(name);
    return known ? STYLE_COMMAND : STYLE_UNKNOWN;
}

/* The length of $name, ${...}, $? and their like; of $( only the two characters. */
static size_t parameter_length(const char *at, const char *end)
{
    const char *p = at + 1;
    if (p < end && *p == '{') {
        const char *close = memchr(p, '}', (size_t)(end - p));
        return close == NULL ? (size_t)(end - at) : (size_t)(close + 1 - at);
    }
    while (p < end && char_is((unsigned char)*p, CHAR_NAME)) {
        p++;
    }
    return p > at + 1 || p == end ? (size_t)(p - at) : 2;
}

/* Quotes and parameters inside a word. */
static void style_word(const char *line, const struct span *span, uint8_t plain, uint8_t *styles)
{
    const char *at = line + span->from;
    const char *end = line + span->to;
    char quote = 0;
    while (at < end) {
        size_t length = 1;
        uint8_t style = quote != 0 ? (uint8_t)STYLE_STRING : plain;
        if (*at == quote) {
            quote = 0;
        } else if (*at == '\\' && quote != '\'') {
            length = at + 1 < end ? 2 : 1;
        } else if (quote == 0 && (*at == '\'' || *at == '"')) {
            quote = *at;
            style = STYLE_STRING;
        } else if ((*at == '$' || *at == '`') && quote != '\'') {
            length = *at == '`' ? 1 : parameter_length(at, end);
            style = STYLE_VARIABLE;
        }
        memset(styles + (at - line), style, length);
        at += length;
    }
}

static uint8_t style_of(struct shell *sh, struct highlight *state, const char *line,
                        const struct span *span)
{
    switch (span->kind) {
    case SPAN_COMMAND:
        return span->open ? (uint8_t)STYLE_COMMAND
                          : command_style(sh, state, line + span->from, span->to - span->from);
    case SPAN_KEYWORD:
        return STYLE_KEYWORD;
    case SPAN_OPERATOR:
        return STYLE_OPERATOR;
    case SPAN_COMMENT:
        return STYLE_COMMENT;
    case SPAN_HERE:
        return STYLE_STRING;
    case SPAN_ARGUMENT:
    case SPAN_ASSIGNMENT:
    case SPAN_TARGET:
    case SPAN_OTHER:
        break;
    }
    return STYLE_PLAIN;
}

uint8_t *highlight_line(struct shell *sh, struct highlight *state, const char *line, size_t length,
                        bool on)
{
    if (length + 1 > state->room) {
        state->room = 2 * length + 64;
        state->styles = mem_resize(state->styles, state->room);
    }
    memset(state->styles, STYLE_PLAIN, length + 1);
    state->spans.count = 0;
    if (on) {
        spans_find(&sh->programs, &sh->depth, line, length, &state->spans);
    }
    for (size_t i = 0; i < state->spans.count; i++) {
        const struct span *span = &state->spans.items[i];
        uint8_t style = style_of(sh, state, line, span);
        if (span->kind == SPAN_COMMENT || span->kind == SPAN_HERE || span->kind == SPAN_OPERATOR) {
            memset(state->styles + span->from, style, span->to - span->from);
        } else {
            style_word(line, span, style, state->styles);
        }
        if (span->open) { /* where the quote that does not end begins */
            state->styles[span->from] = STYLE_UNKNOWN;
        }
    }
    return state->styles;
}

void highlight_begin(struct highlight *state)
{
    state->names.length = 0;
}

void highlight_free(struct shell *sh, struct highlight *state)
{
    lookup_end(sh, &state->lookup);
    spans_free(&state->spans);
    mem_free(state->styles);
    buf_free(&state->names);
    *state = (struct highlight){0};
}
