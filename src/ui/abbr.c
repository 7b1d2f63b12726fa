/* abbr.c -- the abbr built-in, and which word of a line is an abbreviation. */
#include "ui/abbr.h"

#include <string.h>

#include "base/mem.h"
#include "builtin/operand.h"
#include "exec/builtin.h"
#include "state/shell.h"
#include "syntax/spans.h"
#include "ui/candidates.h"
#include "ui/table.h"
#include "ui/ui.h"
#include "ui/word.h"

/* What the shell's grammar cuts words at, or quotes with. */
static const char unfit[] = " \t\n|&;<>()$`\\\"'=";

void candidates_abbreviations(struct shell *sh, struct candidates *to)
{
    const struct abbreviations *list = &ui_of(sh)->abbreviations;
    for (size_t i = 0; i < list->count; i++) {
        candidates_add_noted(to, list->items[i].name, list->items[i].text);
    }
}

/* ---- the list ---- */

static int compare(const struct abbreviation *item, const char *name, size_t length)
{
    int order = strncmp(item->name, name, length);
    return order != 0 ? order : item->name[length] != '\0';
}

/* Where it is (*there), or where it would stand. */
static size_t place_of(const struct abbreviations *list, const char *name, size_t length,
                       bool *there)
{
    size_t at = 0;
    int order = -1;
    while (at < list->count && (order = compare(&list->items[at], name, length)) < 0) {
        at++;
    }
    *there = at < list->count && order == 0;
    return at;
}

bool abbr_exists(const struct abbreviations *list, const char *name, size_t length)
{
    bool there = false;
    place_of(list, name, length, &there);
    return there;
}

static void define(struct abbreviations *list, const char *name, size_t length, const char *text)
{
    bool there = false;
    size_t at = place_of(list, name, length, &there);
    if (there) {
        mem_free(list->items[at].text);
        list->items[at].text = mem_text(text);
        return;
    }
    list->items = mem_resize(list->items, (list->count + 1) * sizeof *list->items);
    memmove(list->items + at + 1, list->items + at, (list->count - at) * sizeof *list->items);
    list->count++;
    list->items[at] = (struct abbreviation){mem_text_n(name, length), mem_text(text)};
}

static bool forget(struct abbreviations *list, const char *name)
{
    bool there = false;
    size_t at = place_of(list, name, strlen(name), &there);
    if (there) {
        mem_free(list->items[at].name);
        mem_free(list->items[at].text);
        list->count--;
        memmove(list->items + at, list->items + at + 1, (list->count - at) * sizeof *list->items);
    }
    return there;
}

void abbr_free(struct abbreviations *list)
{
    for (size_t i = 0; i < list->count; i++) {
        mem_free(list->items[i].name);
        mem_free(list->items[i].text);
    }
    mem_free(list->items);
    *list = (struct abbreviations){0};
}

/* ---- in a line ---- */

/* Does the word from `from` to `end` name a command, or one inside an open substitution? */
static bool is_command(struct shell *sh, const char *line, size_t from, size_t end)
{
    struct spans spans = {0};
    size_t start = 0;
    size_t inner = 0;
    bool found = false;
    do {
        struct typed typed = {0};
        spans.count = 0;
        spans_find(&sh->programs, &sh->depth, line + start, end - start, &spans);
        const struct span *last = spans.count == 0 ? NULL : &spans.items[spans.count - 1];
        if (last == NULL || start + last->to != end) {
            break;
        }
        start += last->from;
        found = last->kind == SPAN_COMMAND && start == from;
        typed_read(sh, line + start, end - start, &typed);
        inner = typed.command;
        start += inner;
        buf_free(&typed.text);
    } while (inner > 0 && !found);
    spans_free(&spans);
    return found;
}

const char *abbr_find(struct shell *sh, const char *line, size_t end, size_t *from)
{
    const struct abbreviations *list = &ui_of(sh)->abbreviations;
    bool there = false;
    size_t start = end;
    while (start > 0 && strchr(unfit, line[start - 1]) == NULL) {
        start--;
    }
    size_t at = place_of(list, line + start, end - start, &there);
    if (start == end || !there || !is_command(sh, line, start, end)) {
        return NULL;
    }
    *from = start;
    return list->items[at].text;
}

/* ---- the built-in ---- */

static int list_all(struct call *c, const struct abbreviations *list)
{
    for (size_t i = 0; i < list->count; i++) {
        operand_list(c, "abbr ", list->items[i].name, list->items[i].text);
    }
    return 0;
}

static int show(struct call *c, const struct abbreviations *list, const char *name)
{
    bool there = false;
    size_t at = place_of(list, name, strlen(name), &there);
    if (!there) {
        return call_warn(c, "%s: not found", name);
    }
    operand_list(c, "abbr ", name, list->items[at].text);
    return 0;
}

static int define_one(struct call *c, struct abbreviations *list, const char *operand)
{
    size_t length = strcspn(operand, "=");
    if (length == 0 || strcspn(operand, unfit) < length || *operand == '#') {
        return call_warn(c, "%.*s: no name for an abbreviation", (int)(length > 200 ? 200 : length),
                         operand);
    }
    define(list, operand, length, operand + length + 1);
    return 0;
}

static int forget_all(struct call *c, struct abbreviations *list, char **names)
{
    int status = 0;
    if (*names == NULL) {
        return call_usage(c, "a name is required");
    }
    for (; *names != NULL; names++) {
        if (!forget(list, *names)) {
            status = call_warn(c, "%s: not found", *names);
        }
    }
    return status;
}

int builtin_abbr(struct call *c)
{
    struct ui *ui = ui_of(c->sh);
    int forgets = 0;
    int status = 0;
    char **operand = operand_first(c, "d", &forgets);
    if (operand == NULL) {
        return 2;
    }
    if (ui == NULL) {
        return call_warn(c, "only an interactive shell has abbreviations");
    }
    struct abbreviations *list = &ui->abbreviations;
    if (*operand == NULL && !forgets) {
        return list_all(c, list);
    }
    if (!call_door(c)) { /* no subshell changes those of the shell */
        return 0;
    }
    if (forgets) {
        return forget_all(c, list, operand);
    }
    for (; *operand != NULL; operand++) {
        status |=
            strchr(*operand, '=') == NULL ? show(c, list, *operand) : define_one(c, list, *operand);
    }
    return status;
}
