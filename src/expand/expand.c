/* expand.c -- words to fields: the quick ways first, then part by part (XCU 2.6). */
#include "expand/expand.h"

#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "base/number.h"
#include "expand/build.h"
#include "expand/parameter.h"
#include "expand/pattern.h"
#include "state/shell.h"
#include "syntax/tree.h"

/* ---- fields ---- */

static __attribute__((noinline)) void fields_grow(struct shell *sh, struct fields *fields,
                                                  size_t extra)
{
    size_t capacity = fields->capacity * 2;
    if (capacity < fields->count + extra + 1) {
        capacity = fields->count + extra + 8;
    }
    char **items = arena_alloc(&sh->scratch, capacity * sizeof *items);
    if (fields->count != 0) {
        memcpy(items, fields->items, fields->count * sizeof *items);
    }
    items[fields->count] = NULL;
    fields->items = items;
    fields->capacity = capacity;
}

static inline void add_field(struct shell *sh, struct fields *fields, const char *text)
{
    if (fields->count + 1 >= fields->capacity) {
        fields_grow(sh, fields, 1);
    }
    /* argv is never const; nobody writes into a field all the same. */
    memcpy(&fields->items[fields->count++], &text, sizeof text);
    fields->items[fields->count] = NULL;
}

void fields_add(struct shell *sh, struct fields *fields, const char *text)
{
    add_field(sh, fields, text);
}

/* ---- parts ---- */

static void add_text(struct build *b, const struct part *part)
{
    if (part->quoted) {
        build_quoted(b, part->text.bytes, part->text.length);
    } else if (b->nested) {
        build_split(b, part->text.bytes, part->text.length);
    } else {
        build_plain(b, part->text.bytes, part->text.length);
    }
}

static bool add_arithmetic(struct build *b, const struct part *part)
{
    int64_t value;
    if (!expand_arithmetic(b->sh, part, &value, b->d)) {
        return false;
    }
    char room[24];
    size_t length;
    const char *text = number_text(value, room, &length);
    build_result(b, part->quoted, text, length);
    return true;
}

static bool add_command(struct build *b, const struct part *part)
{
    struct buf out = {0};
    bool ok = b->sh->hooks.substitute(b->sh, part, &out, b->d);
    if (ok) {
        build_result(b, part->quoted, out.length == 0 ? "" : out.data, out.length);
    }
    buf_free(&out);
    return ok;
}

static bool bad_substitution(struct build *b, const struct part *part)
{
    diag_set(b->d, DIAG_EXPANSION, "%.*s: bad substitution",
             part->text.length > 200 ? 200 : (int)part->text.length, part->text.bytes);
    return false;
}

static bool add_part(struct build *b, const struct part *part)
{
    switch (part->kind) {
    case PART_TEXT:
        add_text(b, part);
        return true;
    case PART_PARAMETER:
        return build_parameter(b, part);
    case PART_COMMAND:
        return add_command(b, part);
    case PART_ARITHMETIC:
        return add_arithmetic(b, part);
    case PART_TILDE:
        build_tilde(b, part);
        return true;
    case PART_BAD:
        return bad_substitution(b, part);
    }
    return false;
}

bool build_parts(struct build *b, const struct part *part)
{
    if (!depth_ok(&b->sh->depth)) {
        diag_set(b->d, DIAG_FLOW, "nested too deeply");
        b->d->status = 2;
        return false;
    }
    for (; part != NULL; part = part->next) {
        if (!add_part(b, part)) {
            return false;
        }
    }
    return true;
}

bool build_word(struct build *b, struct shell *sh, const struct word *word, enum build_mode mode,
                struct diag *d)
{
    build_start(b, sh, mode, d);
    return word == NULL || build_parts(b, word->parts);
}

/* ---- quick ways: a word of one part that is one field as it stands ---- */

static bool is_literal(const struct word *word)
{
    return (word->traits & (WORD_LITERAL | WORD_GLOBS | WORD_TILDE)) == WORD_LITERAL;
}

/* The parameter whose plain value is the whole word, or NULL. */
static const struct parameter *lone_parameter(const struct word *word)
{
    const struct part *part = word->parts;
    if (part == NULL || part->next != NULL || part->kind != PART_PARAMETER ||
        part->parameter.op != OP_NONE) {
        return NULL;
    }
    const struct parameter *p = &part->parameter;
    return parameter_is_list(p) ? NULL : p;
}

static const struct part *lone_part(const struct word *word, enum part_kind kind)
{
    const struct part *part = word->parts;
    return part != NULL && part->next == NULL && part->kind == kind ? part : NULL;
}

/* Not inlined, as other rare ways are not: they hold large structs that the usual ones shall not
 * pay. */
static __attribute__((noinline)) bool word_general(struct shell *sh, const struct word *word,
                                                   struct fields *fields, struct diag *d)
{
    struct build b;
    build_start(&b, sh, BUILD_FIELDS, d);
    b.fields = fields;
    bool ok = build_parts(&b, word->parts);
    if (ok && (b.present || b.text.length != 0)) {
        build_end(&b);
    }
    build_free(&b);
    return ok;
}

static __attribute__((noinline)) void word_split(struct shell *sh, const char *text, size_t length,
                                                 struct fields *fields)
{
    struct build b;
    build_start(&b, sh, BUILD_FIELDS, NULL);
    b.fields = fields;
    build_split(&b, text, length);
    if (b.text.length != 0) {
        build_end(&b);
    }
    build_free(&b);
}

/* A result that has been computed already and is the whole word. */
static void word_result(struct shell *sh, const struct part *part, const char *text, size_t length,
                        struct fields *fields)
{
    if (!part->quoted && !build_is_plain(sh, text, length)) {
        word_split(sh, text, length, fields);
    } else if (part->quoted || length != 0) {
        add_field(sh, fields, arena_text(&sh->scratch, text, length));
    }
}

static bool word_arithmetic(struct shell *sh, const struct part *part, struct fields *fields,
                            struct diag *d)
{
    int64_t value;
    if (!expand_arithmetic(sh, part, &value, d)) {
        return false;
    }
    char room[24];
    size_t length;
    const char *text = number_text(value, room, &length);
    word_result(sh, part, text, length, fields);
    return true;
}

static __attribute__((noinline)) bool word_command(struct shell *sh, const struct part *part,
                                                   struct fields *fields, struct diag *d)
{
    struct buf out = {0};
    bool ok = sh->hooks.substitute(sh, part, &out, d);
    if (ok) {
        word_result(sh, part, out.length == 0 ? "" : out.data, out.length, fields);
    }
    buf_free(&out);
    return ok;
}

static bool word_parameter(struct shell *sh, const struct part *part, struct fields *fields,
                           struct diag *d)
{
    struct value v;
    parameter_value(sh, &part->parameter, &v);
    if (v.text == NULL && !parameter_unset_ok(sh, &part->parameter, d)) {
        return false;
    }
    word_result(sh, part, v.text == NULL ? "" : v.text, v.length, fields);
    return true;
}

bool expand_word(struct shell *sh, const struct word *word, struct fields *fields, struct diag *d)
{
    if (is_literal(word)) {
        fields_add(sh, fields, word->text);
        return true;
    }
    const struct part *part = word->parts;
    if (part != NULL && part->next == NULL) {
        if (lone_parameter(word) != NULL) {
            return word_parameter(sh, part, fields, d);
        }
        if (part->kind == PART_ARITHMETIC) {
            return word_arithmetic(sh, part, fields, d);
        }
        if (part->kind == PART_COMMAND) {
            return word_command(sh, part, fields, d);
        }
    }
    return word_general(sh, word, fields, d);
}

/* An operand of export and its like that is an assignment: one field, expanded as one. */
static bool word_declaration(struct shell *sh, const struct word *word, struct fields *fields,
                             struct diag *d)
{
    struct build b;
    build_start(&b, sh, BUILD_STRING, d);
    b.assigns = true;
    bool ok = build_parts(&b, word->parts);
    if (ok) {
        fields_add(sh, fields, arena_text(&sh->scratch, b.text.data, b.text.length));
    }
    build_free(&b);
    return ok;
}

/* NOLINTNEXTLINE(readability-function-size) six parameters: a row of words and what they become */
bool expand_words(struct shell *sh, struct word *const *words, size_t count, bool declares,
                  struct fields *fields, struct diag *d)
{
    if (fields->count + count >= fields->capacity) {
        fields_grow(sh, fields, count);
    }
    for (size_t i = 0; i < count; i++) {
        const struct word *word = words[i];
        if (is_literal(word)) {
            add_field(sh, fields, word->text);
            continue;
        }
        bool ok = declares && (word->traits & WORD_ASSIGNMENT) != 0
                      ? word_declaration(sh, word, fields, d)
                      : expand_word(sh, word, fields, d);
        if (!ok) {
            return false;
        }
    }
    return true;
}

/* ---- one text ---- */

const char *expand_string(struct shell *sh, const struct word *word, size_t *length, struct diag *d)
{
    if (is_literal(word)) {
        *length = word->length;
        return word->text;
    }
    const struct parameter *p = lone_parameter(word);
    if (p != NULL) {
        struct value v;
        parameter_value(sh, p, &v);
        if (v.text == NULL && !parameter_unset_ok(sh, p, d)) {
            return NULL;
        }
        *length = v.length;
        return v.text == NULL ? "" : arena_text(&sh->scratch, v.text, v.length);
    }
    struct build b;
    const char *text = NULL;
    if (build_word(&b, sh, word, BUILD_STRING, d)) {
        *length = b.text.length;
        text = arena_text(&sh->scratch, b.text.data, b.text.length);
    }
    build_free(&b);
    return text;
}

const char *expand_here(struct shell *sh, const struct word *body, size_t *length, struct diag *d)
{
    struct build b;
    const char *text = NULL;
    bool ok = true;
    build_start(&b, sh, BUILD_STRING, d);
    for (const struct part *part = body->parts; ok && part != NULL; part = part->next) {
        if (part->kind == PART_TEXT) {
            build_quoted(&b, part->text.bytes, part->text.length);
        } else {
            ok = add_part(&b, part);
        }
    }
    if (ok) {
        *length = b.text.length;
        text = arena_text(&sh->scratch, b.text.data, b.text.length);
    }
    build_free(&b);
    return text;
}

/* ---- patterns ---- */

const struct pattern *expand_pattern(struct shell *sh, const struct word *word, struct diag *d)
{
    struct arena *arena = &sh->scratch;
    const struct part *text = lone_part(word, PART_TEXT);
    if (text != NULL && !text->quoted) {
        return pattern_compile(arena, text->text.bytes, text->text.length, sh->utf8);
    }
    struct build b;
    const struct pattern *pattern = NULL;
    if (build_word(&b, sh, word, BUILD_PATTERN, d)) {
        const char *copy = arena_text(arena, b.text.data, b.text.length);
        pattern = pattern_compile(arena, copy, b.text.length, sh->utf8);
    }
    build_free(&b);
    return pattern;
}

bool expand_match(struct shell *sh, const struct word *word, const char *text, size_t length,
                  struct diag *d)
{
    if (is_literal(word)) {
        return word->length == length && memcmp(word->text, text, length) == 0;
    }
    struct arena_mark mark = arena_mark(&sh->scratch);
    const struct pattern *pattern = expand_pattern(sh, word, d);
    bool matches = pattern != NULL && pattern_matches(pattern, text, length);
    arena_release(&sh->scratch, mark);
    return matches;
}
