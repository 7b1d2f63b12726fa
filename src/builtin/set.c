/* set.c -- set and shift: options and positional parameters. */
#include <string.h>

#include "base/number.h"
#include "base/quote.h"
#include "base/symbol.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/job.h"
#include "exec/level.h"
#include "state/names.h"
#include "state/options.h"
#include "state/params.h"
#include "state/shell.h"
#include "state/variable.h"

/* ---- listings ---- */

static int list_variables(struct call *c)
{
    size_t count = 0;
    struct symbol **list = name_list(c->sh, NAME_VARIABLE, &count);
    struct buf line = {0};
    for (size_t i = 0; i < count; i++) {
        size_t length = 0;
        const char *value = variable_get(c->sh, list[i], &length);
        if (value == NULL) {
            continue;
        }
        buf_add(&line, list[i]->text, list[i]->length);
        buf_putc(&line, '=');
        if (length > 0) {
            quote_add(&line, value, length);
        }
        buf_putc(&line, '\n');
        out_add(c->out, line.data, line.length);
        line.length = 0;
    }
    buf_free(&line);
    return 0;
}

/* `set -o` is for people, `set +o` reads back. */
static void list_options(struct call *c, bool for_people)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_table[i];
        if (row->name == NULL || row->hidden || (!for_people && !row->settable)) {
            continue;
        }
        bool on = (c->sh->settings.options & row->bit) != 0;
        if (for_people) {
            out_addf(c->out, "%-15s %s\n", row->name, on ? "on" : "off");
        } else {
            out_addf(c->out, "set %co %s\n", on ? '-' : '+', row->name);
        }
    }
}

/* ---- options ---- */

/* True also when the door was taken: c->flow tells. */
static bool switch_option(struct call *c, unsigned bit, bool on)
{
    if (bit == OPT_MONITOR && ((c->sh->settings.options & bit) != 0) != on) {
        if (!call_door(c)) {
            return true;
        }
        if (!jobs_monitor(c->sh, on)) {
            return false;
        }
    }
    option_set(c->sh, bit, on);
    return true;
}

/* Looks the options up, and switches them in a second turn, when all are known to be right. */
struct set_options {
    struct call *c;
    int index;    /* the next word */
    bool applies; /* the second turn */
    bool failed;
};

static void use_row(struct set_options *s, const struct option_row *row, bool on)
{
    if (s->applies && !switch_option(s->c, row->bit, on)) {
        s->failed = true;
    }
}

/* -o with or without a name behind it. */
static void named_option(struct set_options *s, bool on)
{
    const char *name = s->c->argv[s->index];
    if (name == NULL) {
        if (s->applies) {
            list_options(s->c, on);
        }
        return;
    }
    s->index++;
    const struct option_row *row = option_by_name(name);
    if (row != NULL && row->settable) {
        use_row(s, row, on);
    } else if (!door_option(s->c->sh, name)) {
        call_usage(s->c, "%s: invalid option name", name);
        s->failed = true;
    }
}

static void option_letters_of(struct set_options *s, const char *word)
{
    bool on = word[0] == '-';
    for (const char *letter = word + 1; *letter != '\0' && !s->failed; letter++) {
        const struct option_row *row = option_by_letter(*letter);
        if (*letter == 'o') {
            named_option(s, on);
        } else if (row != NULL && row->settable) {
            use_row(s, row, on);
        } else {
            call_usage(s->c, "%c%c: invalid option", word[0], *letter);
            s->failed = true;
        }
        if (s->c->flow != FLOW_NEXT) {
            return;
        }
    }
}

/* All option words; *ends: `--` or `-` told that what follows are the parameters, even none. */
static void option_words(struct set_options *s, bool *ends)
{
    s->index = 1;
    *ends = false;
    for (;;) {
        const char *word = s->c->argv[s->index];
        if (word == NULL || (word[0] != '-' && word[0] != '+') || s->failed) {
            return;
        }
        if (strcmp(word, "--") == 0) {
            s->index++;
            *ends = true;
            return;
        }
        if (strcmp(word, "-") ==
            0) { /* of old: options v and x off, parameters kept if none follow */
            s->index++;
            if (s->applies) {
                option_set(s->c->sh, OPT_VERBOSE | OPT_XTRACE, false);
            }
            return;
        }
        if (word[1] == '\0') {
            return; /* a lone + is an operand */
        }
        s->index++;
        option_letters_of(s, word);
        if (s->c->flow != FLOW_NEXT) {
            return;
        }
    }
}

int builtin_set(struct call *c)
{
    if (c->argc == 1) {
        return list_variables(c);
    }
    struct set_options s = {.c = c};
    bool ends = false;
    option_words(&s, &ends);
    if (s.failed) {
        return 2;
    }
    s.applies = true;
    option_words(&s, &ends);
    if (c->flow != FLOW_NEXT) {
        return 0;
    }
    if (ends || s.index < c->argc) {
        params_set(c->sh, c->argv + s.index, (size_t)(c->argc - s.index));
    }
    return s.failed ? 1 : 0;
}

int builtin_shift(struct call *c)
{
    int at = c->argc > 1 && strcmp(c->argv[1], "--") == 0 ? 2 : 1;
    unsigned long count = 1;
    if (at < c->argc && !number_parse(c->argv[at], 0x7fffffff, &count)) {
        return call_fail(c, "%s: not a number", c->argv[at]);
    }
    if (!params_shift(c->sh, count)) {
        return call_fail(c, "%lu: out of range", count);
    }
    return 0;
}
