/* first_stage.c -- `echo text | ...`: the built-in writes into the fresh pipe, without a process.
 */
#include "exec/first_stage.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/out.h"
#include "exec/exec.h"
#include "exec/level.h"
#include "exec/private.h"
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

/* A process that does nothing but write. */
static void write_from_child(struct shell *sh, struct start *start, int pipe_end,
                             const struct buf *text, int status)
{
    int copy = dup(pipe_end); /* not one of ours that the child closes */
    if (start_fork(sh, start) == 0) {
        _exit(out_write_all(copy, text->data, text->length) == 0 ? status : 1);
    }
    close(copy);
}

enum flow first_stage_run(struct shell *sh, const struct node *stage, struct start *start,
                          int pipe_end, unsigned how)
{
    struct capture capture = {.read_end = -1, .write_end = -1};
    struct buf *outer = sh->captured[1];
    int before = sh->status; /* of $? in the other stages */
    sh->captured[1] = &capture.buf;
    enum flow flow = substitute_inline(sh, stage, &capture, how & EXEC_TESTED);
    int status = sh->status;
    sh->captured[1] = NULL;
    if (fits(pipe_end, capture.buf.length)) {
        out_write_all(pipe_end, capture.buf.data, capture.buf.length);
        start_note_status(sh, start, status);
    } else {
        write_from_child(sh, start, pipe_end, &capture.buf, status);
    }
    sh->captured[1] = outer;
    sh->status = before;
    private_close(sh, &capture.write_end);
    private_close(sh, &capture.read_end);
    buf_free(&capture.buf);
    return flow;
}
