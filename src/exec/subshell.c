/* subshell.c -- ( list ): inline under a mark, or forked. */
#include "exec/exec.h"
#include "exec/job.h"
#include "exec/level.h"
#include "exec/start.h"
#include "state/shell.h"
#include "syntax/tree.h"

static enum flow subshell_fork(struct shell *sh, const struct node *node, unsigned how)
{
    const struct node *body = node->group.body;
    struct start start;
    start_init(sh, &start, node, false);
    pid_t pid = start_fork(sh, &start);
    if (pid == 0) {
        sh->exec->loop_depth = 0;
        exec_node(sh, body, (how & EXEC_TESTED) | EXEC_LAST);
        exec_exit(sh);
    }
    return start_wait(sh, &start, how);
}

enum flow subshell_run(struct shell *sh, const struct node *node, unsigned how)
{
    const struct node *body = node->group.body;
    if ((how & EXEC_LAST) != 0 && sh->is_subshell && sh->mark == NULL && sh->exec->frame == NULL &&
        sh->exec->traps_inherited) {
        sh->exec->loop_depth = 0; /* this process is a subshell with nothing else to do */
        enum flow flow = exec_node(sh, body, how);
        return flow == FLOW_NEXT || flow == FLOW_INTERRUPT ? flow : FLOW_EXIT;
    }
    if (level_must_fork(sh, body, false)) {
        return subshell_fork(sh, node, how);
    }
    struct level level;
    jobs_update(sh); /* what the body may list */
    level_open(sh, &level, NULL);
    enum flow flow = exec_node(sh, body, how & EXEC_TESTED);
    return level_close(sh, &level, flow);
}
