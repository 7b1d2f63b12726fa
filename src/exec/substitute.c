/* substitute.c -- $( ): inline with its output in memory, or forked with a pipe. */
#include "exec/substitute.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/depth.h"
#include "base/diag.h"
#include "exec/exec.h"
#include "exec/job.h"
#include "exec/level.h"
#include "exec/private.h"
#include "exec/redir.h"
#include "exec/trap.h"
#include "os/signals.h"
#include "os/terminal.h"
#include "syntax/tree.h"

/* A child that writes into the pipe, read to its end. */
static void fork_body(struct shell *sh, const struct node *body, struct capture *capture,
                      unsigned how)
{
    struct plan plan = {0};
    struct launch launch;
    launch_init(&launch);
    if (!capture_plan(sh, &plan)) {
        sh->status = 2;
        return;
    }
    launch.moves = plan.moves;
    launch.move_count = plan.count;
    bool stops = sh->exec->terminal >= 0;
    jobs_update(sh); /* what the child may list */
    pid_t pid = child_fork(sh, &launch);
    if (pid == 0) {
        sh->exec->loop_depth = 0;
        if (stops) { /* who could continue it? */
            signal_set(SIGTSTP, SIGNAL_IGNORE);
        }
        exec_node(sh, body, how);
        exec_exit(sh);
    }
    if (pid > 0) {
        trap_pass_interrupt(sh, pid);
        capture_finish(sh, capture);
        sh->captured[1] = NULL;
        sh->status = foreground_wait(sh, pid, false);
    }
}

enum flow substitute_inline(struct shell *sh, const struct node *body, struct capture *capture,
                            unsigned how)
{
    struct level level;
    jobs_update(sh); /* what the body may list */
    level_open(sh, &level, capture);
    enum flow flow = exec_node(sh, body, how);
    flow = level_close(sh, &level, flow);
    capture_finish(sh, capture);
    if (level.handed > 0) {
        sh->captured[1] = NULL;
        sh->status = foreground_wait(sh, level.handed, false);
    }
    return flow;
}

/* Appends without trailing newlines; NUL bytes cannot stand in a value. */
static void trim_output(struct buf *captured)
{
    size_t length = captured->length;
    char *data = captured->data;
    if (length > 0 && memchr(data, '\0', length) != NULL) {
        size_t kept = 0;
        for (size_t i = 0; i < length; i++) {
            if (data[i] != '\0') {
                data[kept++] = data[i];
            }
        }
        length = kept;
    }
    while (length > 0 && data[length - 1] == '\n') {
        length--;
    }
    captured->length = length;
}

/* Ctrl-C or the loss of the terminal ended the body: the command around it does not run. */
static enum flow interrupted(struct shell *sh)
{
    bool ends = sh->exec->child_signal == SIGINT && signal_is_pending(SIGINT) &&
                !trap_is_caught(sh, SIGINT);
    return ends || trap_hangs_up(sh) ? trap_run_pending(sh) : FLOW_NEXT;
}

/* Runs it, forked or not. What died of a signal had no time to mend the modes of the terminal. */
static enum flow run_body(struct shell *sh, const struct node *body, struct capture *capture)
{
    struct termios modes;
    int terminal = sh->exec->terminal;
    unsigned how = EXEC_LAST | (sh->exec->tested ? EXEC_TESTED : 0);
    enum flow flow = FLOW_NEXT;
    bool known = terminal >= 0 && terminal_get_modes(terminal, &modes);
    if (level_must_fork(sh, body, true)) {
        fork_body(sh, body, capture, how);
    } else {
        flow = substitute_inline(sh, body, capture, how);
    }
    if (known && sh->status > 128 && terminal_owner(terminal) == getpgrp()) {
        terminal_set_modes(terminal, &modes);
    }
    return flow == FLOW_NEXT ? interrupted(sh) : flow;
}

bool substitute_run(struct shell *sh, const struct part *part, struct buf *out, struct diag *d)
{
    const struct node *body = part->command.body;
    if (body == NULL) {
        sh->substitution_ran = true;
        sh->status = 0;
        return true;
    }
    if (!depth_ok(&sh->depth)) {
        diag_set(d, DIAG_EXPANSION, "nested too deeply");
        d->status = 2;
        return false;
    }
    struct capture capture = {.buf = *out, .read_end = -1, .write_end = -1};
    struct buf *outer = sh->captured[1];
    bool tested = sh->exec->tested;
    sh->captured[1] = &capture.buf;
    enum flow flow = run_body(sh, body, &capture);
    sh->captured[1] = outer;
    sh->exec->tested = tested;
    private_close(sh, &capture.write_end);
    private_close(sh, &capture.read_end);
    sh->substitution_ran = true;
    trim_output(&capture.buf);
    *out = capture.buf;
    if (flow == FLOW_EXIT) { /* a signal ends the shell */
        d->kind = DIAG_FLOW;
        d->status = sh->status;
        return false;
    }
    if (flow == FLOW_INTERRUPT) {
        diag_set(d, DIAG_INTERRUPT, "interrupted");
        return false;
    }
    return true;
}
