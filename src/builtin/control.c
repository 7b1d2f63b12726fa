/* control.c -- built-ins that steer what runs next: break, continue, return, exit, eval, dot, exec,
   command, :, true, false (XCU 2.15). */
#include <errno.h>
#include <string.h>

#include "base/number.h"
#include "builtin/describe.h"
#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "exec/job.h"
#include "exec/run.h"
#include "exec/search.h"
#include "state/params.h"
#include "state/scope.h"
#include "state/shell.h"

int builtin_colon(struct call *c)
{
    (void)c;
    return 0;
}

int builtin_false(struct call *c)
{
    (void)c;
    return 1;
}

/* Skips `--`; special built-ins without options accept it (XBD 12.2, guideline 10). */
static char **operands(struct call *c)
{
    bool skips = c->argc > 1 && strcmp(c->argv[1], "--") == 0;
    return c->argv + (skips ? 2 : 1);
}

static int leave_loops(struct call *c, enum flow flow)
{
    char **args = operands(c);
    struct exec *ex = c->sh->exec;
    unsigned long count = 1;
    if (args[0] != NULL && (!number_parse(args[0], 0x7fffffff, &count) || count == 0)) {
        return call_fail(c, "%s: bad number of loops", args[0]);
    }
    if (ex->loop_depth == 0) {
        return 0; /* outside a loop: nothing to leave, as everywhere */
    }
    ex->levels = count > (unsigned long)ex->loop_depth ? ex->loop_depth : (int)count;
    c->flow = flow;
    return 0;
}

int builtin_break(struct call *c)
{
    return leave_loops(c, FLOW_BREAK);
}

int builtin_continue(struct call *c)
{
    return leave_loops(c, FLOW_CONTINUE);
}

/* The operand of exit and return; without: $?, in a trap action that before the trap. */
static bool status_operand(struct call *c, int *status)
{
    char **args = operands(c);
    const struct exec *ex = c->sh->exec;
    unsigned long value = 0;
    *status = ex->trap_depth > 0 ? ex->trap_status : c->sh->status;
    if (args[0] == NULL) {
        return true;
    }
    if (!number_parse(args[0], 0xffffffff, &value)) {
        call_usage(c, "%s: not a number", args[0]);
        return false;
    }
    *status = (int)value;
    return true;
}

int builtin_exit(struct call *c)
{
    struct shell *sh = c->sh;
    int status = 0;
    if (!status_operand(c, &status)) {
        return 2;
    }
    struct exec *ex = sh->exec;
    if (shell_prompts(sh) && ex->trap_depth == 0 && !ex->warned_stopped && jobs_any_stopped(sh)) {
        ex->warned_stopped = true;
        return call_warn(c, "there are stopped jobs");
    }
    c->flow = FLOW_EXIT;
    return status & 0xff;
}

int builtin_return(struct call *c)
{
    int status = 0;
    if (!status_operand(c, &status)) {
        return 2;
    }
    const struct exec *ex = c->sh->exec;
    bool inside = ex->function_depth > 0 || ex->dot_depth > 0;
    /* Outside: as exit, like dash and ksh, but nobody who types it means to leave. */
    c->flow = inside || shell_prompts(c->sh) ? FLOW_RETURN : FLOW_EXIT;
    return status;
}

/* A syntax error in the text is this built-in's own error: fatal, but not through `command`. */
static int after_text(struct call *c)
{
    if (c->flow == FLOW_EXIT && c->sh->exec->syntax_failed) {
        c->sh->exec->syntax_failed = false;
        c->flow = FLOW_NEXT;
        c->fatal = true;
    }
    return c->sh->status;
}

/* The operands with a space between each two, in the scratch arena. */
static const char *joined(struct shell *sh, char **args)
{
    size_t length = 0;
    for (size_t i = 0; args[i] != NULL; i++) {
        length += strlen(args[i]) + 1;
    }
    char *text = arena_alloc(&sh->scratch, length + 1);
    size_t at = 0;
    for (size_t i = 0; args[i] != NULL; i++) {
        size_t part = strlen(args[i]);
        memcpy(text + at, args[i], part);
        at += part;
        text[at++] = ' ';
    }
    text[at == 0 ? 0 : at - 1] = '\0';
    return text;
}

int builtin_eval(struct call *c)
{
    char **args = operands(c);
    bool one = args[0] != NULL && args[1] == NULL;
    c->sh->exec->syntax_failed = false;
    c->flow = run_text(c->sh, one ? args[0] : joined(c->sh, args), c->sh->line, c->how);
    return after_text(c);
}

static int run_dot(struct call *c, const char *path)
{
    enum flow flow = FLOW_NEXT;
    if (!run_file(c->sh, path, c->how & EXEC_TESTED, &flow)) {
        int reason = errno;
        call_errno(c, c->argv[1], reason);
        c->fatal = true;
        return 1;
    }
    c->flow = flow;
    return after_text(c);
}

int builtin_dot(struct call *c)
{
    char **args = operands(c);
    struct shell *sh = c->sh;
    if (args[0] == NULL) {
        return call_usage(c, "a file name is required");
    }
    const char *path = args[0];
    if (strchr(path, '/') == NULL && (path = command_search_readable(sh, path)) == NULL) {
        return call_fail(c, "%s: not found", args[0]);
    }
    if (args[1] == NULL) {
        return run_dot(c, path);
    }
    /* Arguments replace the positional parameters while the file runs, as in most shells. */
    struct scope scope;
    scope_enter(sh, &scope, SCOPE_PREFIX);
    scope_params(sh, &scope, args + 1, params_count(args + 1));
    int status = run_dot(c, path);
    scope_leave(sh, &scope);
    return status;
}

int builtin_exec(struct call *c)
{
    char **command = operand_first(c, "", NULL);
    if (command == NULL) {
        return 2;
    }
    if (command[0] == NULL) {
        return 0; /* the redirections were the point of it */
    }
    unsigned flags = RUN_REPLACE | RUN_NO_FUNCTIONS;
    c->flow = run_fields(c->sh, command, flags, c->how);
    return c->sh->status;
}

static int describe_all(struct call *c, char **names, unsigned flags, bool verbose)
{
    bool all = true;
    for (size_t i = 0; names[i] != NULL; i++) {
        all &= describe_command(c, names[i], flags, verbose);
    }
    return all ? 0 : 127;
}

int builtin_command(struct call *c)
{
    struct call_scan scan = {0};
    unsigned flags = RUN_NO_FUNCTIONS;
    int mode = 0;
    int letter = 0;
    while ((letter = call_option(c, &scan, "pvV")) != -1) {
        if (letter == '?') {
            return 2;
        }
        if (letter == 'p') {
            flags |= RUN_DEFAULT_PATH;
        } else {
            mode = letter;
        }
    }
    char **command = c->argv + scan.index;
    if (mode != 0) {
        return describe_all(c, command, flags & RUN_DEFAULT_PATH, mode == 'V');
    }
    if (command[0] == NULL) {
        return 0;
    }
    c->flow = run_fields(c->sh, command, flags, c->how);
    return c->sh->status;
}

int builtin_type(struct call *c)
{
    char **names = operand_first(c, "", NULL);
    return names == NULL ? 2 : describe_all(c, names, 0, true);
}
