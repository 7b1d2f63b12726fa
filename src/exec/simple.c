/* simple.c -- simple commands (XCU 2.9.1): expand, redirect, assign, then run what the name means.
 */
#include "exec/simple.h"

#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/quote.h"
#include "exec/builtin.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/external.h"
#include "exec/invoke.h"
#include "exec/level.h"
#include "exec/node.h"
#include "exec/run.h"
#include "expand/expand.h"
#include "os/fd.h"
#include "state/mark.h"
#include "state/params.h"
#include "state/scope.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/program.h"
#include "syntax/tree.h"

/* A simple command on its way. */
struct simple {
    const struct node *node;
    struct fields fields;
    struct command command;
    const struct frame *frame; /* of its redirections, once applied */
    unsigned how;
};

/* ---- words ---- */

static const struct builtin *builtin_named(const struct shell *sh, const struct word *word)
{
    if ((word->traits & WORD_LITERAL) == 0) {
        return NULL;
    }
    const struct symbol *symbol =
        word->symbol != NULL ? word->symbol : symbol_find(&sh->symbols, word->text, word->length);
    return symbol == NULL ? NULL : symbol->builtin;
}

/* Are the operands those of a declaration utility? (XCU 2.9.1.1; `command export` counts, too) */
static bool is_declaration(const struct shell *sh, const struct node *node)
{
    for (size_t i = 0; i < node->simple.word_count; i++) {
        const struct builtin *builtin = builtin_named(sh, node->simple.words[i]);
        if (builtin == NULL) {
            return false;
        }
        if ((builtin->traits & BUILTIN_COMMAND) == 0) {
            return (builtin->traits & BUILTIN_DECLARES) != 0;
        }
    }
    return false;
}

static bool expand_command(struct shell *sh, struct simple *s, struct diag *d)
{
    const struct node *node = s->node;
    return expand_words(sh, node->simple.words, node->simple.word_count, is_declaration(sh, node),
                        &s->fields, d);
}

static void resolve(struct shell *sh, struct simple *s)
{
    const struct word *first = s->node->simple.words[0];
    struct symbol *symbol = (first->traits & WORD_LITERAL) != 0 ? first->symbol : NULL;
    const char *name = s->fields.items[0];
    if (strchr(name, '/') != NULL) { /* nothing to search for: exec itself says what is wrong */
        s->command = (struct command){.kind = COMMAND_EXTERNAL, .path = name};
        return;
    }
    command_resolve(sh, name, symbol, 0, &s->command);
}

/* ---- no command name ---- */

/* The status is that of the last substitution, 0 without one (XCU 2.9.1). */
static enum flow assign_nameless(struct shell *sh, const struct node *node,
                                 const struct frame *frame)
{
    struct diag d = {0};
    if (!assign_all(sh, node, &d)) {
        return error_report(sh, &d, false);
    }
    if (node->simple.assignment_count > 0) {
        trace_simple(sh, node, NULL, frame);
    }
    if (!sh->substitution_ran) {
        sh->status = 0;
    }
    return FLOW_NEXT;
}

static enum flow run_nameless(struct shell *sh, const struct simple *s)
{
    struct frame frame;
    enum flow flow = FLOW_NEXT;
    const struct node *node = s->node;
    if (node->redirects == NULL) {
        return assign_nameless(sh, node, NULL);
    }
    if (redir_apply(sh, node->redirects, &frame, false, &flow)) {
        flow = assign_nameless(sh, node, &frame);
    }
    redir_restore(sh, &frame);
    return flow;
}

/* ---- functions and built-ins ---- */

static enum flow call_named(struct shell *sh, struct simple *s, bool special)
{
    if (s->command.kind == COMMAND_FUNCTION) {
        return function_call(sh, s->command.function, s->fields.items, s->fields.count, s->how);
    }
    return invoke(sh, s->command.builtin, &s->fields, special, s->how);
}

static enum flow with_assignments(struct shell *sh, struct simple *s, bool special)
{
    const struct node *node = s->node;
    struct diag d = {0};
    if (node->simple.assignment_count == 0) {
        return call_named(sh, s, special);
    }
    if (special) { /* they stay (XCU 2.15) */
        if (!assign_all(sh, node, &d)) {
            return error_report(sh, &d, true);
        }
        trace_simple(sh, node, s->fields.items, s->frame);
        bool exports = (s->command.builtin->traits & BUILTIN_EXEC) != 0 && s->fields.count > 1;
        for (size_t i = 0; exports && i < node->simple.assignment_count; i++) {
            variable_flag(sh, node->simple.assignments[i].name, VARIABLE_EXPORTED, 0);
        }
        return call_named(sh, s, special);
    }
    struct scope scope;
    scope_enter(sh, &scope, SCOPE_PREFIX);
    enum flow flow = FLOW_NEXT;
    if (assign_prefix(sh, node, &scope, &d)) {
        trace_simple(sh, node, s->fields.items, s->frame);
        flow = call_named(sh, s, special);
    } else {
        flow = error_report(sh, &d, false);
    }
    scope_leave(sh, &scope);
    return flow;
}

/* At a prompt the shell goes on when there is no such command, and needs its terminal then. */
static bool may_come_back(const struct shell *sh, const char *const *operands)
{
    operands += operands[0] != NULL && strcmp(operands[0], "--") == 0;
    return operands[0] != NULL && (shell_prompts(sh) || strcmp(operands[0], "--help") == 0);
}

/* Redirections of exec stay; also those of `command exec`. */
static bool keeps_redirections(const struct shell *sh, const struct simple *s)
{
    const struct builtin *builtin = s->command.builtin;
    size_t i = 1;
    if (s->command.kind != COMMAND_BUILTIN) {
        return false;
    }
    for (; (builtin->traits & BUILTIN_COMMAND) != 0 && i < s->fields.count; i++) {
        const char *name = s->fields.items[i];
        const struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
        if (symbol == NULL || symbol->builtin == NULL) {
            return false;
        }
        builtin = symbol->builtin;
    }
    return (builtin->traits & BUILTIN_EXEC) != 0 &&
           !may_come_back(sh, (const char *const *)s->fields.items + i);
}

static enum flow run_redirected_here(struct shell *sh, struct simple *s, bool special)
{
    const struct redirect *redirects = s->node->redirects;
    struct frame frame;
    enum flow flow = FLOW_NEXT;
    bool keeps = keeps_redirections(sh, s);
    if (redir_apply(sh, redirects, keeps ? NULL : &frame, special, &flow)) {
        s->how &= ~(unsigned)EXEC_LAST;
        s->frame = keeps ? NULL : &frame;
        flow = with_assignments(sh, s, special);
        s->frame = NULL;
    }
    if (!keeps) {
        redir_restore(sh, &frame);
    }
    return flow;
}

/* `echo text >file` and its like need no descriptor 1 for what they write. */
static bool writes_directly(const struct simple *s)
{
    return s->command.kind == COMMAND_BUILTIN &&
           (s->command.builtin->traits & BUILTIN_BOUNDED) != 0 &&
           s->node->simple.assignment_count == 0 && redir_is_output(s->node->redirects);
}

static enum flow run_here(struct shell *sh, struct simple *s)
{
    bool special =
        s->command.kind == COMMAND_BUILTIN && (s->command.builtin->traits & BUILTIN_SPECIAL) != 0;
    if (s->node->redirects == NULL) {
        return with_assignments(sh, s, special);
    }
    enum flow flow = FLOW_NEXT;
    int fd = -1;
    if (writes_directly(s) && !redir_direct(sh, s->node->redirects, special, &fd, &flow)) {
        return flow;
    }
    if (fd < 0) {
        return run_redirected_here(sh, s, special);
    }
    sh->exec->direct = fd;
    flow = call_named(sh, s, special);
    fd_close(fd);
    return flow;
}

/* ---- external commands ---- */

static void fill_external(const struct simple *s, struct external *e)
{
    const struct word *first = s->node->simple.words[0];
    *e = (struct external){.name = s->fields.items[0],
                           .symbol = first->symbol,
                           .argv = s->fields.items,
                           .redirects = s->node->redirects,
                           .node = s->node,
                           .command = s->command};
}

static enum flow replace_process(struct shell *sh, struct external *e)
{
    struct diag d = {0};
    enum flow flow = FLOW_NEXT;
    if (!redir_apply(sh, e->redirects, NULL, false, &flow)) {
        return flow;
    }
    if (!external_assign(sh, e, &d)) {
        return error_report(sh, &d, false);
    }
    external_replace(sh, e);
    return FLOW_EXIT; /* nothing is left to do */
}

static enum flow run_process(struct shell *sh, const struct external *e, const struct node *node,
                             unsigned how)
{
    struct start start;
    struct plan plan = {0};
    start_init(sh, &start, node, false);
    external_start(sh, e, &plan, &start);
    return start_wait(sh, &start, how);
}

/* What the expansion of a target does or says is this shell's (XCU 2.8.1), as with a built-in. */
static enum flow run_redirected(struct shell *sh, const struct external *external, unsigned how)
{
    struct external e = *external;
    struct frame frame;
    enum flow flow = FLOW_NEXT;
    if (redir_apply(sh, e.redirects, &frame, false, &flow)) {
        e.redirects = NULL;
        e.frame = &frame;
        flow = run_process(sh, &e, e.node, how & ~(unsigned)EXEC_LAST);
    }
    redir_restore(sh, &frame);
    return flow;
}

static enum flow run_external(struct shell *sh, struct simple *s)
{
    struct external e;
    struct scope scope;
    enum flow flow = FLOW_NEXT;
    fill_external(s, &e);
    scope_enter(sh, &scope, SCOPE_PREFIX);
    bool stays = (sh->settings.options & OPT_XTRACE) != 0 && e.redirects != NULL;
    if ((s->how & EXEC_LAST) != 0 && !stays && external_may_replace(sh)) {
        flow = replace_process(sh, &e);
    } else if (redir_acts(e.redirects)) {
        flow = run_redirected(sh, &e, s->how);
    } else {
        flow = run_process(sh, &e, s->node, s->how);
    }
    scope_leave(sh, &scope);
    return flow;
}

/* ---- words that stand for a command, at a prompt: `%job` for fg, set -o autocd ---- */

/* Nothing but one word was typed. */
static bool is_lone_word(const struct shell *sh, const struct simple *s)
{
    return shell_prompts(sh) && s->fields.count == 1 && s->node->simple.assignment_count == 0 &&
           s->node->redirects == NULL;
}

static bool means_job(const struct shell *sh, const struct simple *s)
{
    return s->fields.items[0][0] == '%' && s->command.kind == COMMAND_NOT_FOUND &&
           sh->exec->monitor && is_lone_word(sh, s);
}

/* It names a directory, and no command. */
static bool means_directory(const struct shell *sh, const struct simple *s)
{
    struct stat info;
    const char *name = s->fields.items[0];
    return (sh->settings.options & OPT_AUTOCD) != 0 && is_lone_word(sh, s) &&
           (s->command.kind == COMMAND_NOT_FOUND || strchr(name, '/') != NULL) &&
           stat(name, &info) == 0 && S_ISDIR(info.st_mode);
}

static enum flow run_with(struct shell *sh, const struct simple *s, const char *command)
{
    char *name = arena_text(&sh->scratch, command, strlen(command));
    char *dashes = arena_text(&sh->scratch, "--", 2);
    char *argv[] = {name, dashes, s->fields.items[0], NULL};
    return run_fields(sh, argv, 0, s->how);
}

static enum flow enter_directory(struct shell *sh, const struct simple *s)
{
    const char *name = s->fields.items[0];
    struct buf shown = {0};
    buf_puts(&shown, "cd -- ");
    quote_add(&shown, name, strlen(name));
    buf_putc(&shown, '\n');
    out_write_all(2, shown.data, shown.length);
    buf_free(&shown);
    return run_with(sh, s, "cd");
}

/* ---- the whole ---- */

static enum flow dispatch(struct shell *sh, struct simple *s)
{
    if (s->node->simple.assignment_count == 0) { /* else when they are made */
        trace_simple(sh, s->node, s->fields.items, NULL);
    }
    resolve(sh, s);
    switch (s->command.kind) {
    case COMMAND_FUNCTION:
    case COMMAND_BUILTIN:
        return run_here(sh, s);
    case COMMAND_EXTERNAL:
    case COMMAND_NOT_FOUND:
        return means_job(sh, s)         ? run_with(sh, s, "fg")
               : means_directory(sh, s) ? enter_directory(sh, s)
                                        : run_external(sh, s);
    }
    return FLOW_NEXT;
}

enum flow simple_run(struct shell *sh, const struct node *node, unsigned how)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct simple s = {.node = node, .how = how};
    struct diag d = {0};
    enum flow flow = FLOW_NEXT;
    sh->line = node->line;
    sh->substitution_ran = false;
    if (!expand_command(sh, &s, &d)) {
        flow = error_report(sh, &d, false);
    } else if (s.fields.count == 0) {
        flow = run_nameless(sh, &s);
    } else {
        flow = dispatch(sh, &s);
    }
    arena_release(&sh->scratch, mark);
    return flow == FLOW_NEXT ? errexit_check(sh, how) : flow;
}

/* ---- stages and asynchronous commands that need no fork of this shell ---- */

static bool expands_quietly(const struct node *node)
{
    unsigned traits = 0;
    for (size_t i = 0; i < node->simple.word_count; i++) {
        traits |= node->simple.words[i]->traits;
    }
    for (size_t i = 0; i < node->simple.assignment_count; i++) {
        traits |= node->simple.assignments[i].value->traits;
    }
    for (const struct redirect *r = node->redirects; r != NULL; r = r->next) {
        traits |= r->target->traits | (r->body != NULL ? r->body->traits : 0);
    }
    return (traits & (WORD_RUNS | WORD_EFFECTS)) == 0;
}

/* Can it be told without expanding that this is no external command? */
static bool surely_internal(const struct shell *sh, const struct node *node)
{
    const struct word *first = node->simple.words[0];
    if ((first->traits & WORD_LITERAL) == 0 || first->symbol == NULL) {
        return (first->traits & WORD_LITERAL) != 0 ? builtin_named(sh, first) != NULL : false;
    }
    return first->symbol->builtin != NULL || first->symbol->function != NULL;
}

static void start_external(struct shell *sh, struct simple *s, struct plan *plan,
                           struct start *start)
{
    struct external e;
    struct scope scope;
    fill_external(s, &e);
    scope_enter(sh, &scope, SCOPE_PREFIX);
    external_start(sh, &e, plan, start);
    scope_leave(sh, &scope);
    start->flow = FLOW_NEXT; /* an error ends the stage, not the shell */
}

bool simple_start(struct shell *sh, const struct node *node, struct plan *plan, struct start *start)
{
    if (node->kind != NODE_SIMPLE || node->simple.word_count == 0 || !expands_quietly(node) ||
        surely_internal(sh, node)) {
        return false;
    }
    struct simple s = {.node = node};
    struct diag d = {0};
    struct mark mark;
    int status = sh->status;
    bool started = false;
    sh->line = node->line;
    mark_open(sh, &mark);
    if (expand_command(sh, &s, &d) && s.fields.count > 0) {
        resolve(sh, &s);
        started = s.command.kind == COMMAND_EXTERNAL || s.command.kind == COMMAND_NOT_FOUND;
        if (started && node->simple.assignment_count == 0) {
            trace_simple(sh, node, s.fields.items, NULL);
        }
        if (started) {
            start_external(sh, &s, plan, start);
        }
    }
    diag_clear(&d); /* the forked child will meet the error again and tell it */
    mark_close(sh, &mark);
    sh->status = status;
    return started;
}

/* ---- command and exec ---- */

/* exec CMD inside an inline subshell: it runs as a child, then the subshell ends without EXIT
 * action. False: the system refuses; a process of the subshell's own must hear why. */
static bool end_with(struct shell *sh, const struct external *e)
{
    const struct node nothing = {.kind = NODE_SIMPLE};
    const struct program *program = sh->exec->program;
    struct start start;
    struct plan plan = {0};
    start_init(sh, &start, program == NULL ? &nothing : program->root, false);
    external_start(sh, e, &plan, &start);
    if (start.refused) {
        return false;
    }
    start_wait(sh, &start, 0);
    mem_free(sh->mark->exit_action);
    sh->mark->exit_action = NULL;
    return true;
}

static enum flow run_replacing(struct shell *sh, const struct external *e)
{
    if (sh->mark != NULL && e->command.kind == COMMAND_EXTERNAL) {
        if (end_with(sh, e)) {
            return FLOW_EXIT;
        }
        if (!door_take(sh)) {
            return FLOW_HANDED;
        }
    }
    external_replace(sh, e);
    return shell_prompts(sh) ? FLOW_NEXT : FLOW_EXIT;
}

enum flow run_fields(struct shell *sh, char **argv, unsigned flags, unsigned how)
{
    struct fields fields = {.items = argv, .count = params_count(argv)};
    struct external e = {.name = argv[0], .argv = argv, .run_flags = flags};
    command_resolve(sh, argv[0], NULL, flags, &e.command);
    switch (e.command.kind) {
    case COMMAND_FUNCTION:
        return function_call(sh, e.command.function, argv, fields.count, how);
    case COMMAND_BUILTIN:
        return invoke(sh, e.command.builtin, &fields, false, how);
    case COMMAND_EXTERNAL:
    case COMMAND_NOT_FOUND:
        break;
    }
    if ((flags & RUN_REPLACE) != 0) {
        return run_replacing(sh, &e);
    }
    e.symbol = symbol_find(&sh->symbols, argv[0], strlen(argv[0]));
    return run_process(sh, &e, sh->exec->program->root, how);
}
