/* external.c -- external commands, by the table of architecture 2.5. */
#include "exec/external.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/errors.h"
#include "base/quote.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/front.h"
#include "exec/input.h"
#include "exec/level.h"
#include "exec/run.h"
#include "exec/script.h"
#include "exec/simple.h"
#include "exec/trap.h"
#include "os/fd.h"
#include "state/names.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/tree.h"

enum { NAME_SHOWN = 200 };

/* The file is there, but exec says ENOENT: what its first line asks for is not. */
static bool lacks_interpreter(const char *path, struct buf *interpreter)
{
    char line[256];
    int fd = path == NULL ? -1 : fd_open(path, O_RDONLY, 0);
    long length = fd < 0 ? -1 : fd_read(fd, line, sizeof line - 1);
    fd_close(fd);
    if (length < 2 || line[0] != '#' || line[1] != '!') {
        return false;
    }
    line[length] = '\0';
    char *start = line + 2 + strspn(line + 2, " \t");
    buf_add(interpreter, start, strcspn(start, " \t\n"));
    return true;
}

/* What is wrong with the command, for a message. */
static void describe(const struct external *e, int error, struct buf *text)
{
    struct buf interpreter = {0};
    const char *name = e->name;
    char room[24];
    quote_add_visible(text, name, strlen(name), NAME_SHOWN);
    if (error == ENOENT && lacks_interpreter(e->command.path, &interpreter)) {
        name = buf_text(&interpreter);
        buf_puts(text, ": interpreter ");
        quote_add_visible(text, name, strlen(name), NAME_SHOWN);
        buf_addf(text, ": %s", error_text(error, room));
    } else if (error == ENOENT && strchr(name, '/') == NULL) {
        buf_puts(text, ": not found");
    } else if (error == ENOEXEC) {
        buf_puts(text, ": cannot execute binary file");
    } else {
        buf_addf(text, ": %s", error_text(error, room));
    }
    buf_puts(text, error_line_end(name, strlen(name)));
    buf_free(&interpreter);
}

/* Was it typed at the terminal, where somebody may be glad to hear more than that it is not there?
 */
static bool may_help(const struct shell *sh, const struct external *e)
{
    const struct exec *ex = sh->exec;
    return sh->interactive && ex->front->unknown != NULL && ex->script == NULL &&
           ex->function_depth == 0 && (e->run_flags & RUN_REPLACE) == 0 &&
           e->command.kind == COMMAND_NOT_FOUND && e->command.error == ENOENT &&
           strchr(e->name, '/') == NULL;
}

/* Message for a command that was not found or cannot be executed; its status. */
static int not_found(struct shell *sh, const struct external *e, int error)
{
    struct buf text = {0};
    describe(e, error, &text);
    int status = error == ENOENT || error == ENOTDIR ? 127 : 126;
    if (may_help(sh, e) && isatty(2)) {
        status = sh->exec->front->unknown(sh, e->argv, buf_text(&text));
    } else {
        error_print(sh, "%s", buf_text(&text));
    }
    buf_free(&text);
    return status;
}

static void fill(struct shell *sh, const struct external *e, struct launch *launch)
{
    launch->path = e->command.path;
    launch->argv = e->argv;
    launch->environment = variable_environment(sh);
    if (sh->depth.raised) {
        struct exec *ex = sh->exec;
        if (ex->user_stack.rlim_max == 0) {
            getrlimit(RLIMIT_STACK, &ex->user_stack);
            ex->user_stack.rlim_cur = (rlim_t)sh->depth.user_soft;
        }
        launch->stack = &ex->user_stack;
    }
}

/* A remembered path that vanished is searched for again (XCU 2.9.1.4). */
static bool search_again(struct shell *sh, struct external *e)
{
    struct symbol *symbol = e->symbol;
    if (symbol == NULL || path_get(sh, symbol) == NULL) {
        return false;
    }
    path_forget(sh, symbol);
    command_resolve(sh, e->name, symbol, e->run_flags | RUN_NO_FUNCTIONS, &e->command);
    return e->command.kind == COMMAND_EXTERNAL;
}

bool external_may_replace(const struct shell *sh)
{
    const struct exec *ex = sh->exec;
    if (sh->mark != NULL || shell_prompts(sh) || ex->monitor || ex->level != NULL) {
        return false;
    }
    if (ex->traps_inherited) {
        return true;
    }
    for (int i = 0; i < TRAPS; i++) {
        if (ex->traps[i] != NULL && *ex->traps[i] != '\0') {
            return false;
        }
    }
    return true;
}

bool external_assign(struct shell *sh, struct external *external, struct diag *d)
{
    const struct node *node = external->node;
    if (node == NULL || node->simple.assignment_count == 0) {
        return true;
    }
    if (!assign_prefix(sh, node, sh->scope, d)) {
        return false;
    }
    trace_simple(sh, node, external->argv, external->frame);
    if (strchr(external->name, '/') == NULL) { /* PATH may be another now */
        command_resolve(sh, external->name, external->symbol, RUN_NO_FUNCTIONS | RUN_REPLACE,
                        &external->command);
    }
    return true;
}

/* In a process of its own, redirections done: exec, and what follows a failure. Never returns. */
static _Noreturn void exec_or_die(struct shell *sh, struct external *e)
{
    external_replace(sh, e);
    _exit(sh->status);
}

/* The failed exec's reason is told where the command's own descriptor 2 goes. */
static void told_in_child(struct shell *sh, struct external *e, struct launch *launch,
                          struct start *start)
{
    launch->exec_error = 0;
    launch->stack = NULL;
    pid_t pid = start_fork_with(sh, start, launch);
    if (pid == 0) {
        exec_or_die(sh, e);
    }
}

static void fork_and_exec(struct shell *sh, struct external *e, const struct plan *plan,
                          struct start *start)
{
    struct launch launch;
    launch_init(&launch);
    launch.moves = plan->moves;
    launch.move_count = plan->count;
    pid_t pid = start_fork_with(sh, start, &launch);
    if (pid != 0) {
        return;
    }
    struct diag d = {0};
    enum flow flow = FLOW_NEXT;
    if (!redir_apply(sh, e->redirects, NULL, false, &flow)) {
        _exit(sh->status);
    }
    if (!external_assign(sh, e, &d)) {
        error_report(sh, &d, false);
        _exit(sh->status);
    }
    exec_or_die(sh, e);
}

static void spawn(struct shell *sh, struct external *e, struct plan *plan, struct start *start)
{
    struct launch launch;
    launch_init(&launch);
    start_prepare(sh, start, &launch);
    fill(sh, e, &launch);
    launch.moves = plan->moves;
    launch.move_count = plan->count;
    input_give_back(sh);
    pid_t pid = launch_spawn(&launch);
    if (pid == 0 && launch.exec_error == ENOENT && search_again(sh, e)) {
        fill(sh, e, &launch);
        pid = launch_spawn(&launch);
    }
    if (pid > 0) {
        start_note(sh, start, pid);
        if (start->async) {
            input_forked(sh); /* it may read from where we are at any time */
        }
    } else if (pid == 0 && (e->run_flags & RUN_REPLACE) != 0) {
        start->refused = true;
    } else if (pid == 0) {
        /* Rare: the message belongs on the descriptor 2 that the child would have had, and a script
           without #! is run by a forked copy of this shell. */
        told_in_child(sh, e, &launch, start);
    } else {
        char room[24];
        error_print(sh, "cannot fork: %s", error_text(errno, room));
        start_note_status(sh, start, 2);
    }
}

void external_start(struct shell *sh, const struct external *external, struct plan *plan,
                    struct start *start)
{
    struct external e = *external;
    if (!capture_plan(sh, plan)) {
        start_note_status(sh, start, 2);
        return;
    }
    trap_before_child(sh);
    switch (redir_plan(sh, e.redirects, plan)) {
    case PLAN_FAILED:
        start->flow = plan->flow;
        start_note_status(sh, start, sh->status);
        return;
    case PLAN_FORK:
        fork_and_exec(sh, &e, plan, start);
        return;
    case PLAN_DONE:
        break;
    }
    struct diag d = {0};
    if (!external_assign(sh, &e, &d)) {
        start->flow = error_report(sh, &d, false);
        start_note_status(sh, start, sh->status);
        plan_close(sh, plan);
        return;
    }
    if (e.command.kind != COMMAND_EXTERNAL && plan->count == 0 && !may_help(sh, &e)) {
        start_note_status(sh, start, not_found(sh, &e, e.command.error));
    } else if (e.command.kind != COMMAND_EXTERNAL ||
               (sh->exec->monitor && sh->exec->terminal >= 0)) {
        /* The message belongs on the descriptor 2 planned; and a child that takes the terminal may
           be stopped there: it must not share our memory. */
        struct launch launch;
        launch_init(&launch);
        launch.moves = plan->moves;
        launch.move_count = plan->count;
        told_in_child(sh, &e, &launch, start);
    } else {
        spawn(sh, &e, plan, start);
    }
    plan_close(sh, plan);
}

void external_replace(struct shell *sh, const struct external *external)
{
    struct external e = *external;
    if (e.command.kind != COMMAND_EXTERNAL) {
        sh->status = not_found(sh, &e, e.command.error);
        return;
    }
    struct launch launch;
    launch_init(&launch);
    trap_fill_revert(sh, &launch.revert);
    fill(sh, &e, &launch);
    input_give_back(sh);
    launch_exec(&launch);
    if (launch.exec_error == ENOENT && search_again(sh, &e)) {
        fill(sh, &e, &launch);
        launch_exec(&launch);
    }
    if (launch.exec_error == ENOEXEC) {
        script_replace(sh, e.command.path, e.argv);
    }
    sh->status = not_found(sh, &e, launch.exec_error);
}
