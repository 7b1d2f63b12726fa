/* place.c -- finds the word before the cursor, and the command it belongs to. */
#include "ui/place.h"

#include <string.h>

#include "base/mem.h"
#include "exec/builtin.h"
#include "state/names.h"
#include "state/shell.h"

static void drop_words(struct place *place, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mem_free(place->words[i].text);
    }
    place->count -= count;
    if (place->count > 0) {
        memmove(place->words, place->words + count, place->count * sizeof *place->words);
    }
}

/* `from` counts from the start of the text that was cut. */
static void add_word(struct shell *sh, struct place *place, size_t start, const struct span *span)
{
    struct typed typed = {0};
    const char *raw = place->line + start + span->from;
    typed_read(sh, raw, span->to - span->from, &typed);
    if (typed.unknown) { /* a substitution: it says what it is */
        typed.text.length = 0;
        buf_add(&typed.text, raw, span->to - span->from);
    }
    place->words = mem_resize(place->words, (place->count + 1) * sizeof *place->words);
    place->words[place->count++] =
        (struct place_word){.text = buf_take(&typed.text), .from = start + span->from};
}

/* The command and its arguments before the word. */
static void look_back(struct shell *sh, struct place *place, size_t start,
                      const struct spans *spans, size_t count)
{
    for (size_t i = 0; spans->items != NULL && i < count; i++) {
        const struct span *span = &spans->items[i];
        if (span->kind == SPAN_COMMAND || span->kind == SPAN_KEYWORD) {
            drop_words(place, place->count);
        }
        if (span->kind == SPAN_COMMAND || (span->kind == SPAN_ARGUMENT && place->count > 0)) {
            add_word(sh, place, start, span);
        }
    }
}

static bool is_word(const struct span *span)
{
    return span->kind != SPAN_OPERATOR && span->kind != SPAN_COMMENT && span->kind != SPAN_HERE;
}

/* The word that ends at the cursor in the text that begins at `start`. */
static bool find_word(struct shell *sh, struct place *place, size_t start)
{
    struct spans spans = {0};
    size_t length = place->point - start;
    spans_find(&sh->programs, &sh->depth, place->line + start, length, &spans);
    const struct span *last = spans.count == 0 ? NULL : &spans.items[spans.count - 1];
    bool touches = last != NULL && last->to == length;
    bool at_word = touches && is_word(last);
    bool hopeless = touches && (last->kind == SPAN_COMMENT || last->kind == SPAN_HERE);
    drop_words(place, place->count);
    look_back(sh, place, start, &spans, spans.count - (at_word ? 1 : 0));
    place->kind = at_word ? last->kind : spans.next;
    place->from = at_word ? start + last->from : place->point;
    if (place->kind == SPAN_KEYWORD) {
        place->kind = SPAN_COMMAND;
    }
    if (place->kind == SPAN_COMMAND) {
        drop_words(place, place->count); /* of the command before it */
    }
    spans_free(&spans);
    return !hopeless;
}

/* export and its like: arguments are assignments. */
static bool declares(const struct shell *sh, const char *command)
{
    const struct symbol *symbol = symbol_find(&sh->symbols, command, strlen(command));
    return symbol != NULL && symbol->builtin != NULL &&
           (symbol->builtin->traits & BUILTIN_DECLARES) != 0;
}

/* What follows the sign in NAME=value (and a colon in it) and --option=value. */
static size_t value_of(const struct shell *sh, const struct place *place)
{
    const char *word = place->line + place->from;
    const char *end = place->line + place->point;
    const char *equals = memchr(word, '=', (size_t)(end - word));
    if (equals == NULL || memchr(word, '/', (size_t)(equals - word)) != NULL) {
        return place->from;
    }
    const char *colon = memrchr(equals, ':', (size_t)(end - equals));
    bool path =
        colon != NULL && (place->kind == SPAN_ASSIGNMENT || declares(sh, place_word(place, 0)));
    return (size_t)((path ? colon : equals) + 1 - place->line);
}

/* ---- commands that run the command behind them ---- */

static const struct runner {
    const char *name;
    const char *letters; /* options that take an argument of their own */
} runners[] = {
    {"command", ""},   {"doas", "Cu"},         {"env", "uCS"},    {"exec", "a"},
    {"ionice", "cn"},  {"nice", "n"},          {"nohup", ""},     {"setsid", ""},
    {"stdbuf", "ioe"}, {"sudo", "CDghpRrTtu"}, {"timeout", "sk"}, {"xargs", "adEILnPs"},
};

static const struct runner *runner_of(const char *name)
{
    for (size_t i = 0; i < sizeof runners / sizeof *runners; i++) {
        if (strcmp(runners[i].name, name) == 0) {
            return &runners[i];
        }
    }
    return NULL;
}

/* How many words stand before the inner command; all of them when that is still to come. */
static size_t words_before(const struct place *place, const struct runner *runner)
{
    size_t i = 1;
    for (; i < place->count; i++) {
        const char *word = place->words[i].text;
        bool duration = i == 1 && strcmp(runner->name, "timeout") == 0;
        if (*word == '-') {
            bool separate = word[1] != '\0' && word[2] == '\0' && strchr(runner->letters, word[1]);
            i += separate ? 1 : 0;
        } else if (strchr(word, '=') == NULL && !duration) {
            break;
        }
    }
    return i;
}

/* sudo nice git: the command is git. */
static void go_inside(struct place *place)
{
    const struct runner *runner = NULL;
    while (place->kind == SPAN_ARGUMENT && place->count > 0 &&
           (runner = runner_of(place->words[0].text)) != NULL) {
        size_t before = words_before(place, runner);
        bool option = place->line[place->from] == '-' && place->from < place->point;
        if (before < place->count) {
            drop_words(place, before);
        } else if (before > place->count || option || place->value != place->from) {
            return; /* an option of the outer one, or its argument */
        } else {
            place->kind = SPAN_COMMAND;
        }
    }
}

/* `alias g='git -c x'`: the command is git. */
static void go_behind_alias(struct shell *sh, struct place *place)
{
    const char *name = place_word(place, 0);
    const struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
    const char *value = symbol == NULL ? NULL : alias_get(symbol);
    if (value != NULL && strpbrk(value, "|&;<>()$`\\\"'*?[\n=") == NULL) {
        value += strspn(value, " \t");
        size_t length = strcspn(value, " \t");
        char *first = mem_text_n(value, length);
        mem_free(place->words[0].text);
        place->words[0].text = first;
    }
}

/* What follows the sign, in the quote that was open there. */
static void read_value(struct shell *sh, struct place *place)
{
    struct typed before = {0};
    place->value = value_of(sh, place);
    typed_read(sh, place->line + place->from, place->value - place->from, &before);
    place->open = before.quote;
    place->typed = (struct typed){.quote = before.quote, .base_quote = before.quote};
    typed_read(sh, place->line + place->value, place->point - place->value, &place->typed);
    buf_free(&before.text);
}

bool place_find(struct shell *sh, const char *line, size_t point, struct place *place)
{
    size_t start = 0;
    *place = (struct place){.line = line, .point = point};
    while (find_word(sh, place, start)) {
        read_value(sh, place);
        if (place->typed.command == 0) {
            typed_read(sh, line + place->from, point - place->from, &place->whole);
            buf_text(&place->typed.text);
            buf_text(&place->whole.text);
            if (place->count > 0) {
                go_behind_alias(sh, place);
            }
            go_inside(place);
            return !place->typed.unknown || place->typed.variable > 0;
        }
        start = place->value + place->typed.command;
        if (line[start - 1] == '`') {
            place->backquoted = true;
            place->double_quoted = place->typed.quote == '"';
        }
        buf_free(&place->typed.text);
    }
    return false;
}

void place_free(struct place *place)
{
    drop_words(place, place->count);
    mem_free(place->words);
    buf_free(&place->whole.text);
    buf_free(&place->typed.text);
}

const char *place_word(const struct place *place, size_t number)
{
    return number < place->count ? place->words[number].text : "";
}

const char *place_previous(const struct place *place)
{
    return place->count > 1 ? place->words[place->count - 1].text : "";
}
