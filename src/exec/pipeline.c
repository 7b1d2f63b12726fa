/* pipeline.c -- pipelines, asynchronous lists (XCU 2.9.2, 2.9.3). */
#include <errno.h>
#include <fcntl.h>

#include "base/diag.h"
#include "base/errors.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/first_stage.h"
#include "exec/input.h"
#include "exec/level.h"
#include "exec/node.h"
#include "exec/private.h"
#include "exec/redir.h"
#include "exec/simple.h"
#include "exec/start.h"
#include "os/children.h"
#include "os/fd.h"
#include "state/shell.h"
#include "syntax/tree.h"

/* The pipe ends of the stage that is being started; -1: none. */
struct pipes {
    int input;     /* read end of the pipe before it */
    int output[2]; /* the pipe behind it */
};

/* One stage as a process of its own: spawned when it is a plain external command, else forked. */
static void start_stage(struct shell *sh, struct start *start, const struct node *stage,
                        struct pipes *pipes, unsigned how)
{
    struct plan plan = {0};
    if (pipes->input >= 0) {
        plan_move(sh, &plan, pipes->input, 0);
    }
    if (pipes->output[1] >= 0) {
        plan_move(sh, &plan, pipes->output[1], 1);
    }
    struct buf *captured = sh->captured[1];
    if (pipes->output[1] >= 0) {
        sh->captured[1] = NULL;
    }
    if (!simple_start(sh, stage, &plan, start)) {
        struct launch launch;
        launch_init(&launch);
        struct plan moves = {0};
        capture_plan(sh, &moves);
        for (size_t i = 0; i < plan.count; i++) {
            plan_move(sh, &moves, plan.moves[i].from, plan.moves[i].to);
        }
        launch.moves = moves.moves;
        launch.move_count = moves.count;
        if (start_fork_with(sh, start, &launch) == 0) {
            sh->exec->loop_depth = 0;
            exec_node(sh, stage, (how & EXEC_TESTED) | EXEC_LAST);
            exec_exit(sh);
        }
    }
    sh->captured[1] = captured;
}

static bool last_inline(const struct shell *sh, const struct node *stage)
{
    return sh->captured[2] == NULL && !level_must_fork(sh, stage, false);
}

/* The last stage in this process: descriptor 0 is the pipe while it runs under a mark. */
static enum flow run_last(struct shell *sh, const struct node *stage, struct start *start,
                          struct pipes *pipes, unsigned how)
{
    struct frame frame = {.outer = sh->exec->frame};
    struct diag d = {0};
    sh->exec->frame = &frame;
    enum flow flow = FLOW_NEXT;
    input_changed(sh, 0);
    if (redir_save(sh, &frame, 0, &d) && fd_move(pipes->input, 0)) {
        private_close(sh, &pipes->input);
        struct level level;
        input_piped(sh, 0, NULL, 0);
        level_open(sh, &level, NULL);
        flow = exec_node(sh, stage, how & EXEC_TESTED);
        flow = level_close(sh, &level, flow);
    } else {
        error_report(sh, &d, false);
    }
    redir_restore(sh, &frame);
    start_note_status(sh, start, sh->status);
    return flow;
}

static bool open_pipe(struct shell *sh, struct pipes *pipes)
{
    if (!fd_pipe(pipes->output)) {
        char room[24];
        error_print(sh, "cannot make a pipe: %s", error_text(errno, room));
        return false;
    }
    private_add(sh, &pipes->output[0]);
    private_add(sh, &pipes->output[1]);
    return true;
}

/* The stage has its ends: what the next one reads from becomes `input`. */
static void pass_on(struct shell *sh, struct pipes *pipes)
{
    private_close(sh, &pipes->input);
    private_close(sh, &pipes->output[1]);
    if (pipes->output[0] >= 0) {
        private_rename(sh, &pipes->output[0], &pipes->input);
    }
}

/* XCU 2.9.3.1: without job control its input is /dev/null unless it is redirected. */
static int null_input(const struct shell *sh)
{
    return sh->exec->monitor ? -1 : fd_open("/dev/null", O_RDONLY, 0);
}

static enum flow run_stages(struct shell *sh, const struct node *node, struct start *start,
                            unsigned how)
{
    struct pipes pipes = {start->async ? null_input(sh) : -1, {-1, -1}};
    private_add(sh, &pipes.input);
    size_t count = node->pipeline.count;
    enum flow flow = FLOW_NEXT;
    for (size_t i = 0; i < count && flow == FLOW_NEXT; i++) {
        const struct node *stage = node->pipeline.stages[i];
        bool last = i + 1 == count;
        if (!last && !open_pipe(sh, &pipes)) {
            start_note_status(sh, start, 2);
            break;
        }
        if (last && !start->async && count > 1 && last_inline(sh, stage)) {
            flow = run_last(sh, stage, start, &pipes, how);
        } else if (i == 0 && !start->async && first_stage_writes(sh, stage)) {
            flow = first_stage_run(sh, stage, start, pipes.output[1], how);
        } else {
            start_stage(sh, start, stage, &pipes, how);
        }
        pass_on(sh, &pipes);
    }
    private_close(sh, &pipes.input);
    return flow;
}

enum flow pipeline_run(struct shell *sh, const struct node *node, unsigned how)
{
    enum flow flow = FLOW_NEXT;
    if (node->pipeline.count == 1) {
        flow = exec_node(sh, node->pipeline.stages[0], (how & ~(unsigned)EXEC_LAST) | EXEC_TESTED);
    } else {
        struct arena_mark mark = arena_mark(&sh->scratch);
        struct start start;
        start_init(sh, &start, node, false);
        children_hold(sh->exec->monitor);
        flow = run_stages(sh, node, &start, node->pipeline.negated ? EXEC_TESTED : how);
        children_hold(false);
        enum flow waited = start_wait(sh, &start, 0);
        flow = flow == FLOW_NEXT ? waited : flow;
        arena_release(&sh->scratch, mark);
    }
    if (flow != FLOW_NEXT) {
        return flow;
    }
    if (node->pipeline.negated) {
        sh->status = sh->status == 0;
        return FLOW_NEXT; /* errexit never counts for ! (XCU 2.15) */
    }
    return errexit_check(sh, how);
}

/* ---- node & ---- */

static void start_async(struct shell *sh, const struct node *node, struct start *start)
{
    struct plan plan = {0};
    struct launch launch;
    launch_init(&launch);
    int null = null_input(sh);
    if (null >= 0) {
        plan_move(sh, &plan, null, 0);
    }
    private_add(sh, &null);
    launch.moves = plan.moves;
    launch.move_count = plan.count;
    if (!simple_start(sh, node, &plan, start) && start_fork_with(sh, start, &launch) == 0) {
        sh->exec->loop_depth = 0;
        exec_node(sh, node, EXEC_LAST);
        exec_exit(sh);
    }
    private_close(sh, &null);
}

enum flow async_run(struct shell *sh, const struct node *node)
{
    if (!door_take(sh)) {
        return FLOW_HANDED;
    }
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct start start;
    start_init(sh, &start, node, true);
    if (node->kind == NODE_PIPELINE && !node->pipeline.negated && node->pipeline.count > 1) {
        children_hold(sh->exec->monitor);
        run_stages(sh, node, &start, 0); /* every stage is a process of the job, $! the last one */
        children_hold(false);
    } else {
        start_async(sh, node, &start);
    }
    start_leave(sh, &start);
    arena_release(&sh->scratch, mark);
    sh->status = 0;
    return FLOW_NEXT;
}
