/* scope.c -- scope frames: bindings and parameters that a call takes back. */
#include "state/scope.h"

#include <string.h>

#include "base/mem.h"
#include "state/special.h"
#include "state/variable.h"

void scope_enter(struct shell *sh, struct scope *scope, enum scope_kind kind)
{
    scope->outer = sh->scope;
    scope->kind = kind;
    scope->has_params = false;
    scope->bindings = NULL;
    scope->count = 0;
    scope->capacity = 0;
    sh->scope = scope;
}

static void unbind(struct shell *sh, const struct scope_binding *binding)
{
    struct symbol *symbol = binding->symbol;
    variable_rebind(sh, symbol, binding->before);
    if (symbol->special != SPECIAL_NONE) {
        special_changed(sh, symbol);
    }
    if (symbol->special == SPECIAL_OPTIND) { /* the caller's getopts goes on inside its word */
        sh->settings.getopts_offset = binding->getopts_offset;
    }
    symbol_release(&sh->symbols, symbol);
}

void scope_leave(struct shell *sh, struct scope *scope)
{
    while (scope->count > 0) {
        unbind(sh, &scope->bindings[--scope->count]);
    }
    if (scope->bindings != scope->first) {
        mem_free(scope->bindings);
    }
    scope->bindings = NULL;
    if (scope->has_params) {
        mem_free(sh->params.block);
        sh->params = scope->params;
    }
    sh->scope = scope->outer;
}

void scope_params(struct shell *sh, struct scope *scope, char **items, size_t count)
{
    scope->params = sh->params;
    scope->has_params = true;
    sh->params = (struct params){.items = items, .count = count, .serial = sh->serial};
}

static struct scope_binding *find(struct scope *scope, const struct symbol *symbol)
{
    for (size_t i = 0; i < scope->count; i++) {
        if (scope->bindings[i].symbol == symbol) {
            return &scope->bindings[i];
        }
    }
    return NULL;
}

static void more_room(struct scope *scope)
{
    if (scope->capacity == 0) {
        scope->capacity = SCOPE_FIRST;
        scope->bindings = scope->first;
        return;
    }
    struct scope_binding *old = scope->bindings == scope->first ? NULL : scope->bindings;
    scope->capacity *= 2;
    scope->bindings = mem_resize(old, scope->capacity * sizeof *scope->bindings);
    if (old == NULL) {
        memcpy(scope->bindings, scope->first, sizeof scope->first);
    }
}

static struct scope_binding *add(const struct shell *sh, struct scope *scope, struct symbol *symbol)
{
    if (scope->count == scope->capacity) {
        more_room(scope);
    }
    struct scope_binding *binding = &scope->bindings[scope->count++];
    binding->symbol = symbol;
    binding->getopts_offset = sh->settings.getopts_offset;
    symbol->references++;
    return binding;
}

static struct variable *local_copy(struct shell *sh, struct symbol *symbol,
                                   const struct variable *from)
{
    struct variable *v = mem_zero(sizeof *v);
    v->serial = sh->serial;
    v->flags = VARIABLE_LOCAL;
    if (from != NULL) {
        size_t length = 0;
        const char *text =
            from == symbol->variable ? variable_get(sh, symbol, &length) : from->text;
        length = from == symbol->variable ? length : from->length;
        v->kind = from->kind;
        v->flags = (uint8_t)(from->flags | VARIABLE_LOCAL);
        v->number = from->number;
        if (text != NULL && from->kind == VALUE_TEXT) {
            v->text = mem_text_n(text, length);
            v->length = length;
            v->capacity = length + 1;
        }
    }
    return v;
}

void scope_shadow(struct shell *sh, struct scope *scope, struct symbol *symbol)
{
    if (find(scope, symbol) != NULL) {
        return;
    }
    /* `x=1 local x`: the prefix frame lies inside this one and already holds the name, so the new
       binding goes between the two. */
    struct scope_binding *inner = NULL;
    for (struct scope *s = sh->scope; s != scope; s = s->outer) {
        struct scope_binding *held = find(s, symbol);
        inner = held != NULL ? held : inner;
    }
    struct variable *before = inner != NULL ? inner->before : symbol->variable;
    struct variable *copy = local_copy(sh, symbol, before);
    add(sh, scope, symbol)->before = before;
    if (inner != NULL) {
        inner->before = copy;
    } else {
        symbol->variable = copy;
    }
}

struct scope *scope_function(const struct shell *sh)
{
    struct scope *found = NULL;
    for (struct scope *s = sh->scope; s != NULL; s = s->outer) {
        if (s->kind == SCOPE_SUBSHELL && found == NULL) {
            found = s; /* takes the locals when a function encloses the subshell */
        } else if (s->kind == SCOPE_FUNCTION) {
            return found != NULL ? found : s;
        }
    }
    return NULL;
}
