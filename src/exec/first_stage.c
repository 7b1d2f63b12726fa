/* first_stage.c -- `echo text | ...`: the built-in writes into the fresh pipe, without a process.
 */
#include "exec/first_stage.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/out.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/level.h"
#include "exec/private.h"
#include "exec/redir.h"
#include "exec/start.h"
#include "exec/substitute.h"
#include "state/shell.h"
#include "syntax/tree.h"

enum { PIPE_LEAST = 4096 }; /* a pipe holds a page, whoever made it */

bool first_stage_writes(const struct shell *sh, const struct node *stage)
{
    if (stage->kind != NODE_SIMPLE || stage->redirects != NULL ||
        stage->simple.assignment_count > 0 || !level_only_writes(stage) ||
        (sh->settings.options & OPT_XTRACE) != 0 || level_must_fork(sh, stage, false)) {
        return false;
    }
    for (size_t i = 0; i < stage->simple.word_count; i++) {
        if ((stage->simple.words[i]->traits & (WORD_RUNS | WORD_EFFECTS)) != 0) {
            return false;
        }
    }
    return true;
}

static bool fits(int pipe_end, size_t length)
{
    return length <= PIPE_LEAST || (long)length <= fcntl(pipe_end, F_GETPIPE_SZ);
}

/* A process that does nothing but write, in the name of the built-in. */
static void write_from_child(struct shell *sh, struct start *start, int pipe_end,
                             const struct buf *text, const char *name)
{
    int status = sh->status;
    struct plan plan = {0};
    struct launch launch;
    launch_init(&launch);
    capture_plan(sh, &plan);
    plan_move(sh, &plan, pipe_end, 1);
    launch.moves = plan.moves;
    launch.move_count = plan.count;
    if (start_fork_with(sh, start, &launch) == 0) {
        int error = out_write_all(1, text->data, text->length);
        if (error != 0) {
            char room[24];
            error_print(sh, "%s: write error: %s", name, error_text(error, room));
            status = 1;
        }
        _exit(status);
    }
}

enum flow first_stage_run(struct shell *sh, const struct node *stage, struct start *start,
                          int pipe_end, unsigned how)
{
    struct capture capture = {.read_end = -1, .write_end = -1};
    struct buf *outer = sh->captured[1];
    int before = sh->status; /* of $? in the other stages */
    sh->captured[1] = &capture.buf;
    enum flow flow = substitute_inline(sh, stage, &capture, how & EXEC_TESTED);
    sh->captured[1] = NULL;
    if (fits(pipe_end, capture.buf.length)) {
        out_write_all(pipe_end, capture.buf.data, capture.buf.length);
        start_note_status(sh, start, sh->status);
    } else {
        write_from_child(sh, start, pipe_end, &capture.buf, stage->simple.words[0]->symbol->text);
    }
    sh->captured[1] = outer;
    sh->status = before;
    private_close(sh, &capture.write_end);
    private_close(sh, &capture.read_end);
    buf_free(&capture.buf);
    return flow;
}
