/* expand_tools.h -- a shell without an executor, to expand words of real syntax in. */
#ifndef SWISH_UNIT_EXPAND_TOOLS_H
#define SWISH_UNIT_EXPAND_TOOLS_H

#include "unit.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "expand/expand.h"
#include "os/process.h"
#include "state/params.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/parse.h"
#include "syntax/tree.h"

struct stage {
    struct shell sh;
    struct buf said; /* what the last expansion gave */
};

/* Stands for the executor: the output is the body's operands, one space between two. */
static inline bool stage_substitute(struct shell *sh, const struct part *part, struct buf *out,
                                    struct diag *d)
{
    const struct node *body = part->command.body;
    struct fields fields = {0};
    if (body == NULL) {
        return true;
    }
    if (!expand_words(sh, body->simple.words, body->simple.word_count, false, &fields, d)) {
        return false;
    }
    for (size_t i = 1; i < fields.count; i++) {
        buf_puts(out, i == 1 ? "" : " ");
        buf_puts(out, fields.items[i]);
    }
    return true;
}

static inline void stage_open(struct stage *s)
{
    char *environment[] = {NULL};
    *s = (struct stage){0};
    process_depth_start(&s->sh.depth, (const char *)__builtin_frame_address(0));
    shell_init(&s->sh, "stage", environment);
    s->sh.hooks.substitute = stage_substitute;
}

static inline void stage_close(struct stage *s)
{
    buf_free(&s->said);
    shell_free(&s->sh);
}

static inline bool stage_assign(struct stage *s, const struct node *node, struct diag *d)
{
    for (size_t i = 0; i < node->simple.assignment_count; i++) {
        const struct assignment *a = &node->simple.assignments[i];
        if (!expand_assign(&s->sh, a->name, a->value, d)) {
            return false;
        }
    }
    return true;
}

static inline void stage_say(struct stage *s, const struct node *node, struct diag *d)
{
    struct fields fields = {0};
    if (stage_assign(s, node, d) && node->simple.word_count != 0 &&
        expand_words(&s->sh, node->simple.words + 1, node->simple.word_count - 1,
                     strcmp(node->simple.words[0]->text, "export") == 0, &fields, d)) {
        for (size_t i = 0; i < fields.count; i++) {
            buf_addf(&s->said, "<%s>", fields.items[i]);
        }
        if (fields.items[fields.count] != NULL) {
            buf_puts(&s->said, "no NULL at the end");
        }
    }
}

/* Does the assignments of one simple command and expands its operands (behind the first word;
   `export` there expands as a declaration): "<a><b>", or "!message" after an error. Valid until the
   next. */
static inline const char *stage_expand(struct stage *s, const char *text)
{
    struct source source;
    struct program *program = NULL;
    struct diag d = {0};
    struct arena_mark mark = arena_mark(&s->sh.scratch);
    struct parse_input input = {
        .source = &source, .programs = &s->sh.programs, .depth = &s->sh.depth};
    s->said.length = 0;
    source_text(&source, text, strlen(text), 1);
    if (parse_command(&input, &program, &d) == PARSE_OK && program->root != NULL) {
        const struct node *node = program->root;
        stage_say(s, node->kind == NODE_LIST ? node->list.items[0].node : node, &d);
    }
    if (diag_is_set(&d)) {
        s->said.length = 0;
        buf_addf(&s->said, "!%s", d.text == NULL ? "" : d.text);
    }
    diag_clear(&d);
    program_release(program);
    arena_release(&s->sh.scratch, mark);
    return buf_text(&s->said);
}

/* What commands expand to. */
struct row {
    const char *command;
    const char *fields;
};

static inline void check_rows(struct stage *s, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!CHECK_TEXT(stage_expand(s, rows[i].command), rows[i].fields)) {
            (void)CHECK_TEXT(rows[i].command, "see above");
        }
    }
}

#define CHECK_ROWS(STAGE, ROWS) check_rows((STAGE), (ROWS), sizeof(ROWS) / sizeof *(ROWS))

static inline void stage_params(struct stage *s, const char *const *texts)
{
    char *items[16];
    size_t count = 0;
    while (texts[count] != NULL) {
        memcpy(&items[count], &texts[count], sizeof *texts);
        count++;
    }
    params_set(&s->sh, items, count);
}

#endif
