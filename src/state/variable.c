/* variable.c -- shell variables: values, flags, and their private copies inside a mark. */
#include "state/variable.h"

#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/number.h"
#include "state/environment.h"
#include "state/mark.h"
#include "state/shell.h"
#include "state/special.h"

enum { NUMBER_ROOM = 24, WORTH_TAKING = 16384 };

void variable_free(struct variable *variable)
{
    if (variable != NULL) {
        mem_free(variable->text);
        mem_free(variable);
    }
}

void variable_rebind(struct shell *sh, struct symbol *symbol, struct variable *variable)
{
    unsigned flags = variable_flags(symbol);
    variable_free(symbol->variable);
    symbol->variable = variable;
    flags |= variable_flags(symbol);
    if ((flags & VARIABLE_EXPORTED) != 0) {
        environment_changed(sh, symbol);
    }
}

static void make_room(struct variable *v, size_t length)
{
    if (v->text == NULL || length + 1 > v->capacity) {
        size_t grown = v->capacity + v->capacity / 2;
        v->capacity = length + 1 > grown ? length + 1 : grown;
        v->text = mem_resize(v->text, v->capacity);
    }
}

static void put_text(struct variable *v, const char *text, size_t length)
{
    /* A large value that shrinks gives its memory back. */
    if (v->capacity > 4096 && length < v->capacity / 4 && text != v->text) {
        mem_free(v->text);
        v->text = NULL;
        v->capacity = 0;
    }
    make_room(v, length);
    if (text != NULL && text != v->text) {
        bytes_copy(v->text, text, length);
    }
    v->text[length] = '\0';
    v->length = length;
    v->kind = VALUE_TEXT;
    v->flags &= (uint8_t)~VARIABLE_CONSTANT;
}

static struct variable *copy_variable(const struct variable *from, bool with_value)
{
    struct variable *v = mem_zero(sizeof *v);
    v->kind = from->kind;
    v->flags = from->flags;
    v->number = from->number;
    if (from->kind == VALUE_TEXT && with_value) {
        make_room(v, from->length);
        bytes_copy(v->text, from->text, from->length + 1);
        v->length = from->length;
    } else if (from->kind == VALUE_TEXT) {
        v->kind = VALUE_UNSET;
    }
    return v;
}

/* The binding that the open mark may write to. Without `with_value` only the flags are taken along.
 */
static struct variable *own(struct shell *sh, struct symbol *symbol, bool with_value)
{
    struct variable *v = symbol->variable;
    if (v != NULL && !mark_wants(sh, v->serial)) {
        return v;
    }
    struct variable *fresh = v == NULL ? mem_zero(sizeof *fresh) : copy_variable(v, with_value);
    if (sh->mark != NULL) {
        mark_save_slot(sh, MARK_VARIABLE, symbol, v);
    }
    fresh->serial = sh->serial;
    symbol->variable = fresh;
    return fresh;
}

/* What hangs on a variable after any change of it. */
static void changed(struct shell *sh, struct symbol *symbol, const struct variable *v)
{
    if ((v->flags & VARIABLE_EXPORTED) != 0) {
        environment_changed(sh, symbol);
    }
    if (symbol->special != SPECIAL_NONE) {
        special_changed(sh, symbol);
    }
}

const char *variable_get(struct shell *sh, struct symbol *symbol, size_t *length)
{
    struct variable *v = symbol->variable;
    if (v == NULL) {
        return NULL;
    }
    if ((v->flags & VARIABLE_COMPUTED) != 0) {
        special_refresh(sh, symbol);
    }
    if (v->kind == VALUE_UNSET) {
        return NULL;
    }
    if (v->kind == VALUE_NUMBER) {
        char room[NUMBER_ROOM];
        size_t n = 0;
        const char *text = number_text(v->number, room, &n);
        put_text(v, text, n);
        v->flags |= VARIABLE_CONSTANT;
    }
    if (length != NULL) {
        *length = v->length;
    }
    return v->text;
}

const char *variable_by_name(struct shell *sh, const char *name)
{
    struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
    return symbol == NULL ? NULL : variable_get(sh, symbol, NULL);
}

static bool refuse_readonly(const struct symbol *symbol, struct diag *d)
{
    if (symbol->variable != NULL && (symbol->variable->flags & VARIABLE_READONLY) != 0) {
        diag_set(d, DIAG_ASSIGNMENT, "%s: readonly variable", symbol->text);
        return true;
    }
    return false;
}

static void export_all(const struct shell *sh, struct variable *v)
{
    if ((sh->settings.options & OPT_ALLEXPORT) != 0) {
        v->flags |= VARIABLE_EXPORTED;
    }
}

static inline void assigned(struct shell *sh, struct symbol *symbol, struct variable *v)
{
    export_all(sh, v);
    if ((v->flags & VARIABLE_COMPUTED) != 0) {
        special_assigned(sh, symbol);
    }
    changed(sh, symbol, v);
}

bool variable_set(struct shell *sh, struct symbol *symbol, const char *text, size_t length,
                  struct diag *d)
{
    if (refuse_readonly(symbol, d)) {
        return false;
    }
    struct variable *v = own(sh, symbol, false);
    put_text(v, text, length);
    assigned(sh, symbol, v);
    return true;
}

bool variable_take(struct shell *sh, struct symbol *symbol, struct buf *text, struct diag *d)
{
    if (text->length < WORTH_TAKING) {
        return variable_set(sh, symbol, buf_text(text), text->length, d);
    }
    if (refuse_readonly(symbol, d)) {
        return false;
    }
    struct variable *v = own(sh, symbol, false);
    struct buf old = {.data = v->text, .capacity = v->text == NULL ? 0 : v->capacity};
    v->length = text->length;
    v->text = buf_text(text);
    v->capacity = text->capacity;
    if (v->capacity / 8 * 7 > v->length) {
        v->capacity = v->length + 1;
        v->text = mem_resize(v->text, v->capacity);
    }
    *text = old;
    v->kind = VALUE_TEXT;
    v->flags &= (uint8_t)~VARIABLE_CONSTANT;
    assigned(sh, symbol, v);
    return true;
}

bool variable_set_number(struct shell *sh, struct symbol *symbol, int64_t number, struct diag *d)
{
    if (refuse_readonly(symbol, d)) {
        return false;
    }
    struct variable *v = own(sh, symbol, false);
    v->kind = VALUE_NUMBER;
    v->number = number;
    assigned(sh, symbol, v);
    return true;
}

bool variable_set_by_name(struct shell *sh, const char *name, const char *text, struct diag *d)
{
    struct symbol *symbol = symbol_intern(&sh->symbols, name, strlen(name));
    bool done = variable_set(sh, symbol, text, strlen(text), d);
    symbol_release(&sh->symbols, symbol);
    return done;
}

bool variable_append(struct shell *sh, struct symbol *symbol, const char *text, size_t length,
                     struct diag *d)
{
    if (variable_get(sh, symbol, NULL) == NULL) {
        return variable_set(sh, symbol, text, length, d);
    }
    if (refuse_readonly(symbol, d)) {
        return false;
    }
    struct variable *v = own(sh, symbol, true);
    make_room(v, v->length + length);
    bytes_copy(v->text + v->length, text, length);
    v->length += length;
    v->text[v->length] = '\0';
    v->flags &= (uint8_t)~VARIABLE_CONSTANT;
    export_all(sh, v);
    changed(sh, symbol, v);
    return true;
}

bool variable_number(struct shell *sh, struct symbol *symbol, int64_t *number, bool *present)
{
    struct variable *v = symbol->variable;
    if (v != NULL && (v->flags & VARIABLE_COMPUTED) != 0) {
        special_refresh(sh, symbol);
    }
    bool set = v != NULL && v->kind != VALUE_UNSET;
    if (present != NULL) {
        *present = set;
    }
    *number = 0;
    if (!set) {
        return true;
    }
    if (v->kind == VALUE_TEXT && (v->flags & VARIABLE_CONSTANT) == 0) {
        if (!number_constant(v->text, v->length, &v->number)) {
            return false;
        }
        v->flags |= VARIABLE_CONSTANT;
    }
    *number = v->number;
    return true;
}

bool variable_unset(struct shell *sh, struct symbol *symbol, struct diag *d)
{
    struct variable *v = symbol->variable;
    if (v == NULL) {
        return true;
    }
    if (refuse_readonly(symbol, d)) {
        return false;
    }
    bool exported = (v->flags & VARIABLE_EXPORTED) != 0;
    if (sh->mark == NULL && (v->flags & VARIABLE_LOCAL) == 0) {
        symbol->references++;
        symbol->variable = NULL;
        variable_free(v);
    } else {
        v = own(sh, symbol, false);
        mem_free(v->text);
        v->text = NULL;
        v->length = v->capacity = 0;
        v->kind = VALUE_UNSET;
        v->flags &= (v->flags & VARIABLE_LOCAL) != 0 ? VARIABLE_LOCAL | VARIABLE_EXPORTED : 0;
        symbol->references++;
    }
    if (exported) {
        environment_changed(sh, symbol);
    }
    if (symbol->special != SPECIAL_NONE) {
        special_changed(sh, symbol);
    }
    symbol_release(&sh->symbols, symbol);
    return true;
}

void variable_flag(struct shell *sh, struct symbol *symbol, unsigned add, unsigned remove)
{
    struct variable *v = own(sh, symbol, true);
    v->flags = (uint8_t)((v->flags & ~remove) | add);
    if (((add | remove) & VARIABLE_EXPORTED) != 0) {
        environment_changed(sh, symbol);
    }
}

unsigned variable_flags(const struct symbol *symbol)
{
    return symbol->variable == NULL ? 0 : symbol->variable->flags;
}
