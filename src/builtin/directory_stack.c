/* directory_stack.c -- pushd, popd, dirs: directories to come back to. The working directory is
   number 0 of the stack, and the only one that is not kept in it. */
#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/number.h"
#include "builtin/directory.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "os/process.h"
#include "state/mark.h"
#include "state/shell.h"
#include "state/variable.h"

enum { INDEX_MOST = 0x3fffffff };

struct stack {
    char **names; /* in the scratch arena, with room for one more; the working directory first */
    size_t count;
};

/* ---- the stack ---- */

/* Its name in the scratch arena, or NULL with a message. */
static char *working_directory(struct call *c)
{
    struct shell *sh = c->sh;
    struct buf found = {0};
    if (sh->directory != NULL) {
        return arena_text(&sh->scratch, sh->directory, strlen(sh->directory));
    }
    if (!process_cwd(&found)) {
        int reason = errno;
        buf_free(&found);
        call_errno(c, "cannot find the name of the directory", reason);
        return NULL;
    }
    char *name = arena_text(&sh->scratch, found.data, found.length);
    buf_free(&found);
    return name;
}

static bool load(struct call *c, struct stack *stack)
{
    struct shell *sh = c->sh;
    const struct pushed *pushed = &sh->pushed;
    char *here = working_directory(c);
    if (here == NULL) {
        return false;
    }
    char *names =
        arena_text(&sh->scratch, pushed->length == 0 ? "" : pushed->names, pushed->length);
    size_t count = 1;
    for (size_t i = 0; i < pushed->length; i++) {
        count += names[i] == '\0';
    }
    stack->names = arena_alloc(&sh->scratch, (count + 1) * sizeof *stack->names);
    stack->names[0] = here;
    stack->count = 1;
    for (char *name = names; stack->count < count; name += strlen(name) + 1) {
        stack->names[stack->count++] = name;
    }
    return true;
}

/* All but the first are kept. */
static void keep(struct shell *sh, const struct stack *stack)
{
    struct buf names = {0};
    for (size_t i = 1; i < stack->count; i++) {
        buf_add(&names, stack->names[i], strlen(stack->names[i]) + 1);
    }
    mark_save_pushed(sh);
    mem_free(sh->pushed.names);
    sh->pushed.length = names.length;
    sh->pushed.names = buf_take(&names);
}

static void take_out(struct stack *stack, size_t index)
{
    stack->count--;
    memmove(stack->names + index, stack->names + index + 1,
            (stack->count - index) * sizeof *stack->names);
}

/* The name at `index` becomes the first, those before it the last. */
static void rotate(struct shell *sh, struct stack *stack, size_t index)
{
    char **turned = arena_alloc(&sh->scratch, (stack->count + 1) * sizeof *turned);
    for (size_t i = 0; i < stack->count; i++) {
        turned[i] = stack->names[(i + index) % stack->count];
    }
    stack->names = turned;
}

/* ---- operands ---- */

static bool is_index(const char *word)
{
    return (word[0] == '+' || word[0] == '-') && word[1] != '\0' &&
           word[1 + strspn(word + 1, "0123456789")] == '\0';
}

/* +N counts from the first, -N from the last, both from 0. False with a message. */
static bool find_index(struct call *c, const char *word, const struct stack *stack, size_t *index)
{
    unsigned long number = 0;
    if (!number_parse(word + 1, INDEX_MOST, &number) || number >= stack->count) {
        call_warn(c, "%s: no such entry in the stack", word);
        return false;
    }
    *index = *word == '+' ? number : stack->count - 1 - number;
    return true;
}

/* The operand, or NULL; -n and -- are taken. False with a message. */
static bool take_operand(struct call *c, bool *stays, const char **operand)
{
    char **at = c->argv + 1;
    for (; *at != NULL && strcmp(*at, "-n") == 0; at++) {
        *stays = true;
    }
    bool ended = *at != NULL && strcmp(*at, "--") == 0;
    at += ended;
    *operand = *at;
    if (*at != NULL && at[1] != NULL) {
        call_usage(c, "too many operands");
        return false;
    }
    if (*at != NULL && !ended && **at == '-' && (*at)[1] != '\0' && !is_index(*at)) {
        call_usage(c, "%s: invalid option", *at);
        return false;
    }
    return true;
}

/* ---- showing it ---- */

struct listing {
    bool full;     /* -l: without ~ */
    bool lines;    /* -p */
    bool numbered; /* -v */
    bool cleared;  /* -c */
};

static void show_name(struct call *c, const char *name, bool full)
{
    const char *home = variable_by_name(c->sh, "HOME");
    size_t length = home == NULL ? 0 : strlen(home);
    bool below = !full && length > 1 && strncmp(name, home, length) == 0 &&
                 (name[length] == '/' || name[length] == '\0');
    out_puts(c->out, below ? "~" : "");
    out_puts(c->out, below ? name + length : name);
}

static void show(struct call *c, const struct stack *stack, const struct listing *how)
{
    for (size_t i = 0; i < stack->count; i++) {
        if (how->numbered) {
            out_addf(c->out, "%2zu  ", i);
        }
        show_name(c, stack->names[i], how->full);
        out_putc(c->out, how->lines || how->numbered || i + 1 == stack->count ? '\n' : ' ');
    }
}

static bool dirs_option(struct call *c, const char *word, struct listing *how)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        bool *wanted = *letter == 'c'   ? &how->cleared
                       : *letter == 'l' ? &how->full
                       : *letter == 'p' ? &how->lines
                       : *letter == 'v' ? &how->numbered
                                        : NULL;
        if (wanted == NULL) {
            call_usage(c, "-%c: invalid option", *letter);
            return false;
        }
        *wanted = true;
    }
    return true;
}

static int show_one(struct call *c, const char *word, const struct stack *stack,
                    const struct listing *how)
{
    size_t index = 0;
    if (!find_index(c, word, stack, &index)) {
        return 1;
    }
    if (how->numbered) {
        out_addf(c->out, "%2zu  ", index);
    }
    show_name(c, stack->names[index], how->full);
    out_putc(c->out, '\n');
    return 0;
}

int builtin_dirs(struct call *c)
{
    struct listing how = {0};
    struct stack stack;
    const char *wanted = NULL;
    for (char **at = c->argv + 1; *at != NULL; at++) {
        if (is_index(*at)) {
            wanted = *at;
        } else if (**at != '-') {
            return call_usage(c, "%s: neither an option nor a place in the stack", *at);
        } else if (strcmp(*at, "--") != 0 && !dirs_option(c, *at, &how)) {
            return 2;
        }
    }
    if (how.cleared) {
        keep(c->sh, &(struct stack){0});
        return 0;
    }
    if (!load(c, &stack)) {
        return 1;
    }
    if (wanted != NULL) {
        return show_one(c, wanted, &stack, &how);
    }
    show(c, &stack, &how);
    return 0;
}

/* ---- changing it ---- */

/* Goes to the operand (as it was typed), or only keeps the rest, and shows what has become of it.
 */
static int settle(struct call *c, struct stack *stack, const char *operand)
{
    static const struct listing plain = {0};
    if (operand != NULL) {
        int status = directory_enter(c, operand);
        if (status != 0 || c->flow != FLOW_NEXT) {
            return status;
        }
    }
    keep(c->sh, stack);
    if (!load(c, stack)) {
        return 1;
    }
    show(c, stack, &plain);
    return operand != NULL ? directory_tell(c) : 0;
}

static int push_new(struct call *c, struct stack *stack, const char *operand, bool stays)
{
    size_t at = stays ? 1 : 0;
    memmove(stack->names + at + 1, stack->names + at, (stack->count - at) * sizeof *stack->names);
    stack->names[at] = arena_text(&c->sh->scratch, operand, strlen(operand));
    stack->count++;
    return settle(c, stack, stays ? NULL : operand);
}

int builtin_pushd(struct call *c)
{
    struct stack stack;
    const char *operand = NULL;
    bool stays = false;
    size_t index = 1;
    if (!take_operand(c, &stays, &operand)) {
        return 2;
    }
    if (!load(c, &stack)) {
        return 1;
    }
    if (operand != NULL && !is_index(operand)) {
        return push_new(c, &stack, operand, stays);
    }
    if (operand != NULL && !find_index(c, operand, &stack, &index)) {
        return 1;
    }
    if (operand != NULL) {
        rotate(c->sh, &stack, index);
    } else if (stack.count < 2) {
        return call_warn(c, "there is no other directory");
    } else {
        char *here = stack.names[0];
        stack.names[0] = stack.names[1];
        stack.names[1] = here;
    }
    return settle(c, &stack, stays ? NULL : stack.names[0]);
}

int builtin_popd(struct call *c)
{
    struct stack stack;
    const char *operand = NULL;
    bool stays = false;
    size_t index = 0;
    if (!take_operand(c, &stays, &operand)) {
        return 2;
    }
    if (operand != NULL && !is_index(operand)) {
        return call_usage(c, "%s: not a place in the stack", operand);
    }
    if (!load(c, &stack)) {
        return 1;
    }
    if (stack.count < 2) {
        return call_warn(c, "the stack is empty");
    }
    if (operand != NULL && !find_index(c, operand, &stack, &index)) {
        return 1;
    }
    bool goes = index == 0 && !stays;
    take_out(&stack, index == 0 && stays ? 1 : index);
    return settle(c, &stack, goes ? stack.names[0] : NULL);
}
