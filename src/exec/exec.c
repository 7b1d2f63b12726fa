/* exec.c -- walk the tree: lists, groups, redirections of compound commands. */
#include "exec/exec.h"

#include <signal.h>
#include <unistd.h>

#include "base/depth.h"
#include "base/mem.h"
#include "exec/error.h"
#include "exec/input.h"
#include "exec/job.h"
#include "exec/level.h"
#include "exec/node.h"
#include "exec/redir.h"
#include "exec/substitute.h"
#include "exec/trap.h"
#include "os/signals.h"
#include "state/mark.h"
#include "state/names.h"
#include "state/shell.h"
#include "syntax/program.h"
#include "syntax/tree.h"

void exec_init(struct shell *sh)
{
    sh->exec = mem_zero(sizeof *sh->exec);
    sh->exec->terminal = -1;
    sh->hooks.substitute = substitute_run;
}

void exec_exit(struct shell *sh)
{
    trap_run_exit(sh);
    input_give_back(sh);
    jobs_leave(sh);
    if (sh->exec->death != 0) {
        signal_die(sh->exec->death);
    }
    _exit(sh->status & 0xff);
}

enum flow errexit_check(const struct shell *sh, unsigned how)
{
    bool ends =
        sh->status != 0 && (sh->settings.options & OPT_ERREXIT) != 0 && (how & EXEC_TESTED) == 0;
    return ends ? FLOW_EXIT : FLOW_NEXT;
}

bool only_reads(const struct shell *sh)
{
    return (sh->settings.options & OPT_NOEXEC) != 0 && !sh->interactive;
}

enum flow between_commands(struct shell *sh)
{
    return signal_any_pending() ? trap_run_pending(sh) : FLOW_NEXT;
}

/* ---- lists ---- */

static enum flow list_run(struct shell *sh, const struct node *node, unsigned how)
{
    size_t count = node->list.count;
    for (size_t i = 0; i < count && !only_reads(sh); i++) {
        const struct list_item *item = &node->list.items[i];
        unsigned item_how = i + 1 < count ? how & ~(unsigned)EXEC_LAST : how;
        enum flow flow =
            item->async ? async_run(sh, item->node) : exec_node(sh, item->node, item_how);
        if (flow == FLOW_NEXT) {
            flow = between_commands(sh);
        }
        if (flow != FLOW_NEXT) {
            return flow;
        }
    }
    return FLOW_NEXT;
}

/* All but the last command of an AND-OR list are tested (XCU 2.9.3). */
static enum flow and_or_run(struct shell *sh, const struct node *node, unsigned how)
{
    size_t count = node->list.count;
    for (size_t i = 0; i < count; i++) {
        const struct list_item *item = &node->list.items[i];
        if (i > 0 && item->or_else == (sh->status == 0)) {
            continue;
        }
        bool last = i + 1 == count;
        unsigned item_how = last ? how : (how & ~(unsigned)EXEC_LAST) | EXEC_TESTED;
        enum flow flow = exec_node(sh, item->node, item_how);
        if (flow == FLOW_NEXT && !last) {
            flow = between_commands(sh);
        }
        if (flow != FLOW_NEXT) {
            return flow;
        }
    }
    return FLOW_NEXT;
}

/* ---- compound commands ---- */

static enum flow function_run(struct shell *sh, const struct node *node)
{
    function_define(sh, sh->exec->program, node);
    sh->status = 0;
    return FLOW_NEXT;
}

static enum flow bare_run(struct shell *sh, const struct node *node, unsigned how)
{
    switch (node->kind) {
    case NODE_SIMPLE:
        return simple_run(sh, node, how);
    case NODE_PIPELINE:
        return pipeline_run(sh, node, how);
    case NODE_AND_OR:
        return and_or_run(sh, node, how);
    case NODE_LIST:
        return list_run(sh, node, how);
    case NODE_SUBSHELL: {
        enum flow flow = subshell_run(sh, node, how);
        return flow == FLOW_NEXT ? errexit_check(sh, how) : flow;
    }
    case NODE_BRACE:
        return exec_node(sh, node->group.body, how);
    case NODE_FOR:
        return for_run(sh, node, how);
    case NODE_CASE:
        return case_run(sh, node, how);
    case NODE_IF:
        return if_run(sh, node, how);
    case NODE_WHILE:
        return while_run(sh, node, how);
    case NODE_FUNCTION:
        return function_run(sh, node);
    case NODE_TIME:
        return time_run(sh, node, how);
    }
    return FLOW_NEXT;
}

/* The last thing a forked child does: nothing to put back, and no copy of what was there is kept.
 */
static enum flow redirected_for_good(struct shell *sh, const struct node *node, unsigned how)
{
    enum flow flow = FLOW_NEXT;
    sh->line = node->line;
    if (!redir_apply(sh, node->redirects, NULL, false, &flow)) {
        return flow == FLOW_NEXT ? errexit_check(sh, how) : flow;
    }
    return bare_run(sh, node, how);
}

static enum flow redirected_run(struct shell *sh, const struct node *node, unsigned how)
{
    struct frame frame;
    struct arena_mark mark = arena_mark(&sh->scratch);
    enum flow flow = FLOW_NEXT;
    sh->line = node->line;
    if (redir_apply(sh, node->redirects, &frame, false, &flow)) {
        flow = bare_run(sh, node, how & ~(unsigned)EXEC_LAST);
    }
    redir_restore(sh, &frame);
    arena_release(&sh->scratch, mark);
    return flow == FLOW_NEXT ? errexit_check(sh, how) : flow;
}

static bool hidden_door(struct shell *sh)
{
    struct exec *ex = sh->exec;
    if (ex->door_at == 0 || ex->level == NULL || ex->level->real || --ex->door_at > 0) {
        return false;
    }
    return !door_take(sh);
}

enum flow exec_node(struct shell *sh, const struct node *node, unsigned how)
{
    if (node == NULL) {
        sh->status = 0;
        return FLOW_NEXT;
    }
    if (only_reads(sh)) {
        return FLOW_NEXT;
    }
    if (!depth_ok(&sh->depth)) {
        error_print(sh, "nested too deeply");
        sh->status = 2;
        return error_leave(sh);
    }
    sh->exec->tested = (how & EXEC_TESTED) != 0;
    if (node->kind == NODE_SIMPLE) {
        enum flow flow = hidden_door(sh) ? FLOW_HANDED : simple_run(sh, node, how);
        return flow == FLOW_NEXT ? between_commands(sh) : flow;
    }
    if (node->redirects != NULL && node->kind != NODE_FUNCTION) {
        const struct exec *ex = sh->exec;
        if ((how & EXEC_LAST) != 0 && sh->is_subshell && sh->mark == NULL && ex->frame == NULL &&
            ex->traps_inherited) { /* no EXIT action of its own that wants the old descriptors */
            return redirected_for_good(sh, node, how);
        }
        return redirected_run(sh, node, how);
    }
    return bare_run(sh, node, how);
}
