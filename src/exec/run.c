/* run.c -- text run as commands, one complete command at a time. */
#include "exec/run.h"

#include <string.h>

#include "base/diag.h"
#include "base/out.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/input.h"
#include "exec/level.h"
#include "exec/node.h"
#include "exec/script.h"
#include "os/fd.h"
#include "os/spool.h"
#include "state/history.h"
#include "state/names.h"
#include "state/shell.h"
#include "syntax/parse.h"
#include "syntax/tree.h"

static const struct text_store store = {spool_add, spool_take, spool_release};

static enum flow run_program(struct shell *sh, struct program *program, unsigned how)
{
    struct exec *ex = sh->exec;
    struct program *outer = ex->program;
    if (!level_fits(sh, program->root->traits)) {
        return FLOW_HANDED;
    }
    ex->program = program;
    enum flow flow = exec_node(sh, program->root, how);
    ex->program = outer;
    return flow;
}

/* Is nothing but white space left, and no way to get more? */
static bool is_exhausted(const struct source *source)
{
    if (source->more != NULL) {
        return false;
    }
    const char *at = source->at;
    while (at < source->end && (*at == '\n' || *at == ' ' || *at == '\t')) {
        at++;
    }
    return at == source->end;
}

/* `set -o history`: the command as it was read. */
static void remember(struct shell *sh, const struct source *source, const char *from)
{
    if (source->script && (sh->settings.options & OPT_HISTORY) != 0) {
        history_add(sh, from, (size_t)(source->at - from));
    }
}

/* `set -v`, for a script in memory: the lines of the command that was read. */
static void show(const struct shell *sh, const struct source *source, const char *from)
{
    if (source->script && (sh->settings.options & OPT_VERBOSE) != 0) {
        out_write_all(2, from, (size_t)(source->at - from));
    }
}

/* One complete command. *more becomes false at the end of the input. */
static enum flow run_one(struct shell *sh, struct parse_input *input, unsigned how, bool *more)
{
    struct source *source = input->source;
    const char *from = source->at;
    struct program *program = NULL;
    struct diag d = {0};
    enum parse_result result = parse_command(input, &program, &d);
    show(sh, source, from);
    if (result == PARSE_ERROR) {
        sh->exec->syntax_failed = true;
        return error_report(sh, &d, true);
    }
    if (result == PARSE_END) {
        *more = false;
        return FLOW_NEXT;
    }
    if (input->unended != 0) {
        int line = sh->line;
        sh->line = source->line;
        error_print(sh, "here-document begun on line %d ends with the file, without its delimiter",
                    input->unended);
        sh->line = line;
        input->unended = 0;
    }
    enum flow flow = FLOW_NEXT;
    if (program->root != NULL && !only_reads(sh)) {
        sh->exec->ran = true;
        remember(sh, source, from);
        bool last = (how & EXEC_LAST) != 0 && is_exhausted(source);
        bool runs = source->accepted == NULL || source->accepted(source);
        flow = runs ? run_program(sh, program, last ? how : how & ~(unsigned)EXEC_LAST)
                    : FLOW_INTERRUPT;
    }
    program_release(program);
    return flow == FLOW_NEXT ? between_commands(sh) : flow;
}

enum flow run_source(struct shell *sh, struct source *source, unsigned how)
{
    struct parse_input input = {.source = source,
                                .programs = &sh->programs,
                                .depth = &sh->depth,
                                .alias = alias_get,
                                .store = &store};
    struct exec *ex = sh->exec;
    bool more = true;
    enum flow flow = FLOW_NEXT;
    ex->ran = false;
    while (more && flow == FLOW_NEXT) {
        flow = run_one(sh, &input, how, &more);
        more = more && (source->script || !ex->ran || !is_exhausted(source));
    }
    if (flow == FLOW_NEXT && !ex->ran) {
        sh->status = 0;
    }
    ex->ran = true;
    return flow;
}

enum flow run_text(struct shell *sh, const char *text, int line, unsigned how)
{
    struct source source;
    source_text(&source, text, strlen(text), line);
    return run_source(sh, &source, how);
}

enum flow run_loaded(struct shell *sh, const char *path, struct buf *text, unsigned how)
{
    struct exec *ex = sh->exec;
    const char *script = ex->script;
    int loops = ex->loop_depth;
    int line = sh->line;
    struct source source;
    source_text(&source, buf_text(text), text->length, 1);
    ex->script = path;
    ex->dot_depth++;
    enum flow flow = run_source(sh, &source, how);
    ex->dot_depth--;
    ex->script = script;
    ex->loop_depth = loops;
    sh->line = line;
    return flow == FLOW_RETURN ? FLOW_NEXT : flow;
}

bool run_file(struct shell *sh, const char *path, unsigned how, enum flow *flow)
{
    struct buf text = {0};
    input_give_back(sh); /* the path may name the pipe that `read` looks into: /dev/stdin */
    if (!script_load(path, &text)) {
        return false;
    }
    *flow = run_loaded(sh, path, &text, how);
    buf_free(&text);
    return true;
}
