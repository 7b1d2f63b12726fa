/* invoke.c -- call a built-in and look after what it wrote. */
#include "exec/invoke.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>

#include "base/diag.h"
#include "base/errors.h"
#include "base/mem.h"
#include "exec/builtin.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/level.h"
#include "expand/expand.h"
#include "os/signals.h"
#include "state/mark.h"
#include "state/shell.h"

/* The reader is gone: as SIGPIPE would, end the (sub)shell that wrote. */
static enum flow broken_pipe(struct shell *sh)
{
    sh->status = 128 + SIGPIPE;
    if (sh->mark != NULL) {
        mem_free(sh->mark->exit_action);
        sh->mark->exit_action = NULL;
    } else {
        sh->exec->death = SIGPIPE;
        sh->exec->running_exit = true; /* a killed shell runs no EXIT action */
    }
    return FLOW_EXIT;
}

static enum flow write_failed(struct shell *sh, const char *name, int error)
{
    if (error == EPIPE && !signal_ignored_on_entry(SIGPIPE) && sh->exec->traps[SIGPIPE] == NULL) {
        return broken_pipe(sh);
    }
    char room[24];
    error_print(sh, "%s: write error: %s", name, error_text(error, room));
    sh->status = 1;
    return FLOW_NEXT;
}

static bool asks_for_help(const struct call *c)
{
    return c->argc == 2 && strcmp(c->argv[1], "--help") == 0 &&
           (c->builtin->traits & BUILTIN_WORDS) == 0;
}

enum flow invoke(struct shell *sh, const struct builtin *builtin, const struct fields *fields,
                 bool special, unsigned how)
{
    struct exec *ex = sh->exec;
    struct out out = {.fd = 1, .memory = sh->captured[1], .pending = ex->spare};
    if (ex->direct > 0) {
        out.fd = ex->direct;
        out.memory = NULL;
        ex->direct = 0;
    }
    struct call c = {.sh = sh,
                     .builtin = builtin,
                     .argc = (int)fields->count,
                     .argv = fields->items,
                     .out = &out,
                     .flow = FLOW_NEXT,
                     .how = how};
    ex->spare = (struct buf){0};
    out.pending.length = 0;
    int status = asks_for_help(&c) ? call_help(&c, builtin) : builtin->run(&c);
    enum flow flow = c.flow;
    if (flow != FLOW_HANDED) {
        sh->status = status;
    }
    if (!out_flush(&out)) {
        enum flow failed = write_failed(sh, builtin->name, out.error);
        flow = flow == FLOW_NEXT ? failed : flow;
    }
    buf_free(&ex->spare);
    ex->spare = out.pending;
    if (c.fatal && special && flow == FLOW_NEXT) {
        return error_leave(sh);
    }
    return flow;
}

/* ---- what built-ins ask for ---- */

__attribute__((format(printf, 2, 0))) static void complain(struct call *c, const char *format,
                                                           va_list args)
{
    struct buf text = {0};
    buf_vaddf(&text, format, args);
    /* What was written before the error comes out before it. */
    if (c->out->memory == NULL) {
        out_flush(c->out);
    }
    error_print(c->sh, "%s: %s", c->argv[0], buf_text(&text));
    buf_free(&text);
}

int call_fail(struct call *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    complain(c, format, args);
    va_end(args);
    c->fatal = true;
    return 1;
}

int call_warn(struct call *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    complain(c, format, args);
    va_end(args);
    return 1;
}

int call_errno(struct call *c, const char *what, int number)
{
    char room[24];
    return call_warn(c, "%s: %s", what, error_text(number, room));
}

int call_usage(struct call *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    complain(c, format, args);
    va_end(args);
    c->fatal = true;
    return 2;
}

int call_help(struct call *c, const struct builtin *builtin)
{
    out_addf(c->out, "%s\n    %s\n", builtin->usage, builtin->help);
    return 0;
}

int call_diag(struct call *c, struct diag *d)
{
    int status = d->status != 0 ? d->status : 1;
    if (d->kind == DIAG_ASSIGNMENT || d->kind == DIAG_EXPANSION) {
        c->fatal = true;
    }
    if (d->text != NULL) {
        call_warn(c, "%s", d->text);
    }
    diag_clear(d);
    return status;
}

bool call_door(struct call *c)
{
    bool was_virtual = c->out->memory != NULL;
    if (c->out->memory == NULL) {
        out_flush(c->out);
    }
    if (!door_take(c->sh)) {
        c->flow = FLOW_HANDED;
        return false;
    }
    if (was_virtual) {
        c->out->memory = c->sh->captured[1];
    }
    return true;
}

void builtins_bind(struct shell *sh, const struct builtin_set sets[BUILTIN_SETS])
{
    for (int s = 0; s < BUILTIN_SETS; s++) {
        const struct builtin *rows = sets[s].rows;
        sh->exec->builtins[s] = sets[s];
        for (size_t i = 0; i < sets[s].count; i++) {
            symbol_intern(&sh->symbols, rows[i].name, strlen(rows[i].name))->builtin = &rows[i];
        }
    }
}

/* ---- options of built-ins ---- */

static int bad_option(struct call *c, char letter, const char *why, char sign)
{
    call_usage(c, "%c%c: %s", sign, letter, why);
    return '?';
}

int call_option(struct call *c, struct call_scan *scan, const char *letters)
{
    bool plus_too = *letters == '+';
    if (scan->index == 0) {
        scan->index = 1;
    }
    char *word = c->argv[scan->index];
    if (scan->offset == 0) {
        bool is_option =
            word != NULL && word[1] != '\0' && (word[0] == '-' || (plus_too && word[0] == '+'));
        if (!is_option) {
            return -1;
        }
        if (strcmp(word, "--") == 0) {
            scan->index++;
            return -1;
        }
        scan->plus = word[0] == '+';
        scan->offset = 1;
    }
    char letter = word[scan->offset++];
    const char *known = letter == ':' || letter == '+' ? NULL : strchr(letters, letter);
    if (known == NULL) {
        return bad_option(c, letter, "invalid option", word[0]);
    }
    bool at_end = word[scan->offset] == '\0';
    if (known[1] == ':') {
        scan->value = at_end ? c->argv[scan->index + 1] : word + scan->offset;
        scan->index += at_end ? 2 : 1;
        scan->offset = 0;
        if (scan->value == NULL) {
            return bad_option(c, letter, "option requires an argument", word[0]);
        }
    } else if (at_end) {
        scan->index++;
        scan->offset = 0;
    }
    return (unsigned char)letter;
}
