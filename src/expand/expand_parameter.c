/* expand_parameter.c -- parameter expansion (XCU 2.6.2) and the special parameters (2.5.2). */
#include <string.h>

#include "base/diag.h"
#include "base/number.h"
#include "base/utf8.h"
#include "expand/build.h"
#include "expand/expand.h"
#include "expand/parameter.h"
#include "expand/pattern.h"
#include "state/params.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/tree.h"

bool parameter_is_list(const struct parameter *p)
{
    return p->kind == PARAMETER_SPECIAL && (p->special == '@' || p->special == '*');
}

static void special_value(struct shell *sh, char special, struct value *v)
{
    int64_t number = 0;
    switch (special) {
    case '#':
        number = (int64_t)sh->params.count;
        break;
    case '?':
        number = sh->status;
        break;
    case '$':
        number = sh->pid;
        break;
    case '!':
        if (sh->last_async == 0) {
            return;
        }
        number = sh->last_async;
        break;
    default: /* '-' */
        v->text = option_letters(sh, v->room);
        v->length = strlen(v->text);
        return;
    }
    v->text = number_text(number, v->room, &v->length);
}

void parameter_value(struct shell *sh, const struct parameter *p, struct value *v)
{
    v->text = NULL;
    v->length = 0;
    switch (p->kind) {
    case PARAMETER_NAME:
        v->text = variable_get(sh, p->symbol, &v->length);
        break;
    case PARAMETER_POSITION:
        v->text = params_get(sh, p->position);
        v->length = v->text == NULL ? 0 : strlen(v->text);
        break;
    case PARAMETER_SPECIAL:
        special_value(sh, p->special, v);
        break;
    }
}

bool parameter_length(struct shell *sh, const struct parameter *p, size_t *length)
{
    if (parameter_is_list(p)) {
        *length = sh->params.count;
        return true;
    }
    struct value v;
    parameter_value(sh, p, &v);
    *length = v.text == NULL ? 0 : utf8_count(v.text, v.length, sh->utf8);
    return v.text != NULL;
}

/* The parameter as messages call it. */
static const char *parameter_name(const struct parameter *p, char room[24])
{
    switch (p->kind) {
    case PARAMETER_NAME:
        return p->symbol->text;
    case PARAMETER_POSITION:
        return number_text(p->position, room, NULL);
    case PARAMETER_SPECIAL:
        break;
    }
    room[0] = p->special;
    room[1] = '\0';
    return room;
}

bool parameter_unset_ok(struct shell *sh, const struct parameter *p, struct diag *d)
{
    if ((sh->settings.options & OPT_NOUNSET) == 0) {
        return true;
    }
    char room[24];
    diag_set(d, DIAG_EXPANSION, "%s: parameter not set", parameter_name(p, room));
    return false;
}

static void add_number(struct build *b, const struct part *part, size_t number)
{
    char room[24];
    size_t length;
    const char *text = number_text((int64_t)number, room, &length);
    build_result(b, part->quoted, text, length);
}

/* ---- prefix and suffix removal ---- */

struct removal {
    const struct pattern *pattern; /* NULL: nothing is removed */
    enum parameter_op op;
};

/* Shortens the text in place: nothing is copied. */
static void removal_apply(const struct removal *r, const char **text, size_t *length)
{
    size_t at;
    if (r->pattern == NULL) {
        return;
    }
    if (r->op == OP_PREFIX || r->op == OP_PREFIX_LONG) {
        if (pattern_prefix(r->pattern, *text, *length, r->op == OP_PREFIX_LONG, &at)) {
            *text += at;
            *length -= at;
        }
    } else if (pattern_suffix(r->pattern, *text, *length, r->op == OP_SUFFIX_LONG, &at)) {
        *length = at;
    }
}

static bool is_removal(enum parameter_op op)
{
    return op == OP_PREFIX || op == OP_PREFIX_LONG || op == OP_SUFFIX || op == OP_SUFFIX_LONG;
}

/* The pattern comes first: what is expanded in it may change the parameter. */
static bool removal_prepare(struct build *b, const struct parameter *p, struct removal *r)
{
    r->op = p->op;
    r->pattern = NULL;
    if (is_removal(p->op) && p->word != NULL) {
        r->pattern = expand_pattern(b->sh, p->word, b->d);
        return r->pattern != NULL;
    }
    return true;
}

static bool add_removed(struct build *b, const struct part *part)
{
    struct shell *sh = b->sh;
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct removal removal;
    struct value v;
    if (!removal_prepare(b, &part->parameter, &removal)) {
        return false;
    }
    parameter_value(sh, &part->parameter, &v);
    if (v.text == NULL) {
        if (part->quoted) {
            build_quoted(b, "", 0);
        }
        return parameter_unset_ok(sh, &part->parameter, b->d);
    }
    removal_apply(&removal, &v.text, &v.length);
    arena_release(&sh->scratch, mark); /* before fields go there */
    build_result(b, part->quoted, v.text, v.length);
    return true;
}

/* ---- $@ and $* ---- */

/* One field per parameter; the first and the last join with what stands around them. */
static void add_separate(struct build *b, const struct part *part, const struct removal *r)
{
    const struct params *params = &b->sh->params;
    for (size_t i = 0; i < params->count; i++) {
        const char *text = params->items[i];
        size_t length = strlen(text);
        if (i > 0) {
            if (b->present || b->text.length != 0) {
                build_end(b);
            }
            b->after_space = false;
        }
        removal_apply(r, &text, &length);
        build_result(b, part->quoted, text, length);
    }
}

/* One field with the separator between the parameters. */
static void add_joined(struct build *b, const struct part *part, const struct removal *r)
{
    const struct params *params = &b->sh->params;
    bool star = part->parameter.special == '*';
    const char *join = star ? b->sh->ifs.join : " ";
    size_t join_length = star ? b->sh->ifs.join_length : 1;
    if (part->quoted) {
        build_quoted(b, "", 0);
    }
    for (size_t i = 0; i < params->count; i++) {
        const char *text = params->items[i];
        size_t length = strlen(text);
        if (i > 0) {
            build_result(b, part->quoted, join, join_length);
        }
        removal_apply(r, &text, &length);
        build_result(b, part->quoted, text, length);
    }
}

static bool add_list(struct build *b, const struct part *part)
{
    struct removal removal;
    if (!removal_prepare(b, &part->parameter, &removal)) {
        return false;
    }
    bool star = part->parameter.special == '*';
    if (b->mode != BUILD_FIELDS || (star && part->quoted)) {
        add_joined(b, part, &removal);
    } else {
        add_separate(b, part, &removal);
    }
    return true;
}

/* Would the joined parameters be an empty text? */
static bool list_is_null(const struct shell *sh, const struct parameter *p)
{
    const struct params *params = &sh->params;
    if (params->count > 1 && (p->special == '@' || sh->ifs.join_length != 0)) {
        return false;
    }
    for (size_t i = 0; i < params->count; i++) {
        if (params->items[i][0] != '\0') {
            return false;
        }
    }
    return true;
}

/* ---- - = ? + ---- */

/* Is there a value to use? With a colon, an empty one is none. */
static bool parameter_usable(struct shell *sh, const struct parameter *p)
{
    if (parameter_is_list(p)) {
        return sh->params.count != 0 && (!p->colon || !list_is_null(sh, p));
    }
    struct value v;
    parameter_value(sh, p, &v);
    return v.text != NULL && (!p->colon || v.length != 0);
}

static bool add_value(struct build *b, const struct part *part)
{
    if (parameter_is_list(&part->parameter)) {
        return add_list(b, part);
    }
    struct value v;
    parameter_value(b->sh, &part->parameter, &v);
    if (v.text != NULL) {
        build_result(b, part->quoted, v.text, v.length);
        return true;
    }
    if (part->quoted) {
        build_quoted(b, "", 0);
    }
    return parameter_unset_ok(b->sh, &part->parameter, b->d);
}

static bool add_operand(struct build *b, const struct part *part)
{
    const struct word *word = part->parameter.word;
    bool nested = b->nested;
    if (part->quoted) {
        build_quoted(b, "", 0);
    }
    b->nested = true;
    bool ok = word == NULL || build_parts(b, word->parts);
    b->nested = nested;
    return ok;
}

static bool assign_operand(struct build *b, const struct part *part)
{
    const struct parameter *p = &part->parameter;
    if (p->kind != PARAMETER_NAME) {
        char room[24];
        diag_set(b->d, DIAG_EXPANSION, "%s: cannot assign to it", parameter_name(p, room));
        return false;
    }
    struct build value;
    bool ok = build_word(&value, b->sh, p->word, BUILD_STRING, b->d) &&
              variable_set(b->sh, p->symbol, value.text.data, value.text.length, b->d);
    build_free(&value);
    return ok && add_value(b, part);
}

static bool report_operand(struct build *b, const struct part *part)
{
    const struct parameter *p = &part->parameter;
    char room[24];
    const char *name = parameter_name(p, room);
    if (p->word == NULL || p->word->parts == NULL) {
        diag_set(b->d, DIAG_EXPANSION, "%s: parameter %snot set", name, p->colon ? "null or " : "");
        return false;
    }
    struct build text;
    if (build_word(&text, b->sh, p->word, BUILD_STRING, b->d)) {
        diag_set(b->d, DIAG_EXPANSION, "%s: %.*s", name,
                 text.text.length > 4096 ? 4096 : (int)text.text.length, text.text.data);
    }
    build_free(&text);
    return false;
}

static bool add_length(struct build *b, const struct part *part)
{
    size_t length;
    if (!parameter_length(b->sh, &part->parameter, &length) &&
        !parameter_unset_ok(b->sh, &part->parameter, b->d)) {
        return false;
    }
    add_number(b, part, length);
    return true;
}

bool build_parameter(struct build *b, const struct part *part)
{
    const struct parameter *p = &part->parameter;
    switch (p->op) {
    case OP_NONE:
        return add_value(b, part);
    case OP_LENGTH:
        return add_length(b, part);
    case OP_DEFAULT:
        return parameter_usable(b->sh, p) ? add_value(b, part) : add_operand(b, part);
    case OP_ASSIGN:
        return parameter_usable(b->sh, p) ? add_value(b, part) : assign_operand(b, part);
    case OP_ERROR:
        return parameter_usable(b->sh, p) ? add_value(b, part) : report_operand(b, part);
    case OP_ALTERNATIVE:
        if (parameter_usable(b->sh, p)) {
            return add_operand(b, part);
        }
        if (part->quoted) {
            build_quoted(b, "", 0);
        }
        return true;
    case OP_PREFIX:
    case OP_PREFIX_LONG:
    case OP_SUFFIX:
    case OP_SUFFIX_LONG:
        return parameter_is_list(p) ? add_list(b, part) : add_removed(b, part);
    }
    return false;
}
