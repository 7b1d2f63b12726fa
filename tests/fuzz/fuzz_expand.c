/* fuzz_expand.c -- any bytes as simple commands: their words expand to fields or to one error, and
   nothing leaks. Nothing is run, and no directory is read. */
#include <stdint.h>
#include <stdlib.h>

#include "../unit/expand_tools.h"
#include "expand/pattern.h"
#include "state/options.h"
#include "syntax/program.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MOST = 512, VALUE_MOST = 64 };

/* Stands for the executor: the output is the words of the body, a line each. */
static bool substitute(struct shell *sh, const struct part *part, struct buf *out, struct diag *d)
{
    const struct node *body = part->command.body;
    struct fields fields = {0};

    sh->substitution_ran = true;
    if (body == NULL || body->kind != NODE_SIMPLE) {
        buf_puts(out, body == NULL ? "" : " some  text\n");
        return true;
    }
    if (!expand_words(sh, body->simple.words, body->simple.word_count, false, &fields, d)) {
        return false;
    }
    for (size_t i = 0; i < fields.count; i++) {
        buf_addf(out, "%s\n", fields.items[i]);
    }
    return true;
}

/* a=$a$a again and again would fill the memory: what grows is cut. */
static void cut_values(struct shell *sh, const struct program *program)
{
    for (size_t i = 0; i < program->names.count; i++) {
        struct symbol *symbol = program->names.items[i];
        struct diag d = {0};
        size_t length = 0;

        if (variable_get(sh, symbol, &length) != NULL && length > VALUE_MOST) {
            variable_set(sh, symbol, "cut", 3, &d);
            diag_clear(&d);
        }
    }
}

static void told(bool good, struct diag *d)
{
    if (good == diag_is_set(d)) {
        abort();
    }
    diag_clear(d);
}

static void check_fields(const struct fields *fields)
{
    size_t bytes = 0;

    for (size_t i = 0; i < fields->count; i++) {
        bytes += strlen(fields->items[i]);
    }
    if (fields->count > 0 && (fields->items[fields->count] != NULL || bytes > SIZE_MAX / 2)) {
        abort();
    }
}

/* One word in every way that words are used. */
static void expand_one(struct shell *sh, const struct program *program, const struct word *word)
{
    struct fields fields = {0};
    struct diag d = {0};
    size_t length = 0;
    const struct pattern *pattern;

    told(expand_word(sh, word, &fields, &d), &d);
    check_fields(&fields);
    told(expand_string(sh, word, &length, &d) != NULL, &d);
    pattern = expand_pattern(sh, word, &d);
    told(pattern != NULL, &d);
    if (pattern != NULL && fields.count > 0) {
        pattern_matches(pattern, fields.items[0], strlen(fields.items[0]));
    }
    cut_values(sh, program);
}

static void expand_simple(struct shell *sh, const struct program *program, const struct node *node)
{
    for (size_t i = 0; i < node->simple.assignment_count; i++) {
        const struct assignment *a = &node->simple.assignments[i];
        struct diag d = {0};

        told(expand_assign(sh, a->name, a->value, &d), &d);
        cut_values(sh, program);
    }
    for (size_t i = 0; i < node->simple.word_count; i++) {
        expand_one(sh, program, node->simple.words[i]);
    }
    for (const struct redirect *r = node->redirects; r != NULL; r = r->next) {
        struct diag d = {0};
        size_t length = 0;

        if (r->kind == REDIRECT_HERE && r->body != NULL) {
            told(expand_here(sh, r->body, &length, &d) != NULL, &d);
        }
    }
}

static void expand_node(struct shell *sh, const struct program *program, const struct node *node)
{
    if (node != NULL && node->kind == NODE_SIMPLE) {
        expand_simple(sh, program, node);
    } else if (node != NULL && (node->kind == NODE_LIST || node->kind == NODE_AND_OR)) {
        for (size_t i = 0; i < node->list.count; i++) {
            expand_node(sh, program, node->list.items[i].node);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const params[] = {"", "one", " two  words ", "*:/", NULL};
    struct stage s;
    struct source source;
    struct diag d = {0};

    if (size < 1 || size > INPUT_MOST) {
        return 0;
    }
    stage_open(&s);
    s.sh.hooks.substitute = substitute;
    stage_params(&s, params);
    variable_set_by_name(&s.sh, "LC_ALL", (data[0] & 1) != 0 ? "C.UTF-8" : "C", &d);
    option_set(&s.sh, OPT_NOGLOB, true);
    option_set(&s.sh, OPT_NOUNSET, (data[0] & 2) != 0);
    source_text(&source, (const char *)data + 1, size - 1, 1);
    struct parse_input input = {
        .source = &source, .programs = &s.sh.programs, .depth = &s.sh.depth};
    struct program *program;
    while (parse_command(&input, &program, &d) == PARSE_OK) {
        struct arena_mark mark = arena_mark(&s.sh.scratch);

        expand_node(&s.sh, program, program->root);
        arena_release(&s.sh.scratch, mark);
        program_release(program);
    }
    diag_clear(&d);
    stage_close(&s);
    return 0;
}
