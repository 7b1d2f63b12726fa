/* function.c -- function calls (XCU 2.9.5). */
#include "exec/simple.h"

#include "base/depth.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/level.h"
#include "exec/redir.h"
#include "state/names.h"
#include "state/scope.h"
#include "state/shell.h"
#include "syntax/tree.h"

static enum flow run_body(struct shell *sh, struct function *function, unsigned how)
{
    struct exec *ex = sh->exec;
    struct program *program = ex->program;
    int loops = ex->loop_depth;
    ex->program = function->program;
    ex->loop_depth = 0;
    ex->function_depth++;
    enum flow flow = exec_node(sh, function->node->function.body, how);
    ex->function_depth--;
    ex->loop_depth = loops;
    ex->program = program;
    return flow == FLOW_RETURN ? FLOW_NEXT : flow;
}

enum flow function_call(struct shell *sh, struct function *function, char **argv, size_t argc,
                        unsigned how)
{
    const struct node *body = function->node->function.body;
    if (body != NULL && !level_fits(sh, body->traits)) {
        return FLOW_HANDED;
    }
    if (!depth_ok(&sh->depth)) {
        error_print(sh, "%s: nested too deeply", argv[0]);
        sh->status = 2;
        return error_leave(sh);
    }
    function_hold(function);
    struct scope scope;
    scope_enter(sh, &scope, SCOPE_FUNCTION);
    scope_params(sh, &scope, argv + 1, argc - 1);
    enum flow flow = FLOW_NEXT;
    const struct redirect *redirects = function->node->redirects;
    if (redirects == NULL) {
        flow = run_body(sh, function, how);
    } else {
        struct frame frame;
        if (redir_apply(sh, redirects, &frame, false, &flow)) {
            flow = run_body(sh, function, how & ~(unsigned)EXEC_LAST);
        }
        redir_restore(sh, &frame);
    }
    scope_leave(sh, &scope);
    function_release(function);
    return flow;
}
