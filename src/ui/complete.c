/* complete.c -- from a line to what its word can become: asks the sources in a child, which tells
   the texts, quoted, through a pipe. */
#include "ui/complete.h"

#include <string.h>

#include "base/mem.h"
#include "base/quote.h"
#include "ui/aside.h"
#include "ui/bash.h"
#include "ui/place.h"
#include "ui/sources.h"
#include "ui/ui.h"
#include "ui/word.h"

enum { LABEL_MOST = 1000, NOTE_MOST = 40, MILLISECONDS = 2000 };

/* ---- what is put there ---- */

/* What was asked, and what of the answer is of use. */
struct order {
    struct asked asked;
    enum completion_want want;
};

static size_t common_length(const struct candidates *found)
{
    const char *first = found->names[0];
    size_t length = candidates_common(found);
    while (length > 0 && ((unsigned char)first[length] & 0xc0) == 0x80) {
        length--; /* no half of a character */
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)first[i] < ' ' || first[i] == '\177') {
            return i;
        }
    }
    return length;
}

/* As it stands where no substitution is around it. */
static void put_word(const struct asked *asked, const char *name, size_t length, bool ends,
                     struct buf *to)
{
    size_t raw = asked->tilde && *name == '~' ? 1 : 0;
    if (asked->plain) {
        buf_add(to, name, length);
        return;
    }
    if (asked->opens) {
        buf_putc(to, asked->quote);
    }
    buf_add(to, name, raw);
    typed_quote(name + raw, length - raw, asked->quote, ends, to);
}

/* Inside `...` a backslash goes before the command is read (XCU 2.6.3). */
static void put(const struct asked *asked, const char *name, size_t length, bool ends,
                struct buf *to)
{
    size_t start = to->length;
    put_word(asked, name, length, ends, to);
    if (asked->place->backquoted) {
        const char *special = asked->place->double_quoted ? "\\$`\"" : "\\$`";
        char *word = mem_text_n(to->data + start, to->length - start);
        to->length = start;
        for (const char *at = word; *at != '\0'; at++) {
            if (strchr(special, *at) != NULL) {
                buf_putc(to, '\\');
            }
            buf_putc(to, *at);
        }
        mem_free(word);
    }
}

/* Nothing follows a folder, nor an option that wants a value. */
static void put_name(const struct asked *asked, const char *name, struct buf *to)
{
    size_t length = strlen(name);
    char last = length > 0 ? name[length - 1] : '\0';
    bool open = last == '/' || (last == '=' && *name == '-');
    put(asked, name, length, !open && *asked->found.suffix != '\0', to);
    buf_puts(to, open ? "" : asked->found.suffix);
    buf_putc(to, '\0');
}

static void put_label(const char *name, const char *note, struct buf *to)
{
    quote_add_visible(to, name, strlen(name), LABEL_MOST);
    if (*note != '\0') {
        buf_puts(to, "  (");
        quote_add_visible(to, note, strlen(note), NOTE_MOST);
        buf_putc(to, ')');
    }
    buf_putc(to, '\0');
}

/* `from`, the number of names, what they have in common, then the labels, the texts. */
static void tell(const struct order *order, struct buf *to)
{
    const struct asked *asked = &order->asked;
    const struct candidates *found = &asked->found;
    buf_add(to, (const char *)&asked->from, sizeof asked->from);
    buf_add(to, (const char *)&found->count, sizeof found->count);
    if (found->count == 1) {
        put_name(asked, found->names[0], to);
    } else if (found->count > 0) {
        put(asked, found->names[0], common_length(found), false, to);
        buf_putc(to, '\0');
    }
    for (size_t i = 0; i < found->count && order->want >= WANT_LABELS; i++) {
        put_label(found->names[i], candidates_note(found, i), to);
    }
    for (size_t i = 0; i < found->count && order->want >= WANT_TEXTS; i++) {
        put_name(asked, found->names[i], to);
    }
}

/* struct aside.work */
static void work(struct shell *sh, void *data, struct buf *answer)
{
    struct order *order = data;
    (void)sh;
    sources_ask(&order->asked);
    tell(order, answer);
}

/* A folder of PATH does not answer: what the shell itself knows. */
static void answer_late(struct order *order, struct buf *answer)
{
    struct asked *asked = &order->asked;
    const struct place *place = asked->place;
    sources_whole_word(asked);
    asked->found.suffix = " ";
    if (place->kind == SPAN_COMMAND && place->whole.base == 0 && place->typed.variable == 0) {
        candidates_keywords(asked->sh, &asked->found);
        candidates_builtins(asked->sh, &asked->found);
        candidates_aliases(asked->sh, &asked->found);
        candidates_functions(asked->sh, &asked->found);
        candidates_sort(&asked->found);
    }
    tell(order, answer);
    candidates_free(&asked->found);
}

/* ---- what comes back ---- */

static char *next_text(char **at)
{
    char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

static char **next_texts(char **at, size_t count)
{
    char **texts = mem_alloc(count * sizeof *texts);
    for (size_t i = 0; i < count; i++) {
        texts[i] = next_text(at);
    }
    return texts;
}

static void take(struct completion *to, enum completion_want want)
{
    char *at = to->block.data;
    memcpy(&to->from, at, sizeof to->from);
    memcpy(&to->count, at + sizeof to->from, sizeof to->count);
    at += sizeof to->from + sizeof to->count;
    if (to->count == 0) {
        return;
    }
    to->common = next_text(&at);
    to->labels = want >= WANT_LABELS ? next_texts(&at, to->count) : NULL;
    to->texts = want >= WANT_TEXTS ? next_texts(&at, to->count) : NULL;
}

bool complete_line(struct ui *ui, const char *line, size_t point, enum completion_want want,
                   struct completion *to)
{
    struct place place;
    struct bash_answer bash = {0};
    *to = (struct completion){0};
    if (place_find(ui->sh, line, point, &place)) {
        bash_ask(ui, &place, &bash);
        struct order order = {{.sh = ui->sh, .place = &place, .bash = &bash}, want};
        to->word = place.from;
        struct aside aside = {.work = work, .data = &order, .milliseconds = MILLISECONDS};
        enum aside_end end = aside_run(ui->sh, &aside);
        if (end == ASIDE_LATE) {
            aside.answer.length = 0;
            answer_late(&order, &aside.answer);
        }
        to->block = aside.answer;
        if (end == ASIDE_ANSWERED || end == ASIDE_LATE) {
            take(to, want);
        }
        to->said = aside.said;
    }
    buf_free(&bash.names);
    place_free(&place);
    return to->count > 0;
}

void completion_free(struct completion *completion)
{
    mem_free(completion->texts);
    mem_free(completion->labels);
    buf_free(&completion->said);
    buf_free(&completion->block);
    *completion = (struct completion){0};
}
