/* tree_equal.c -- two trees side by side. */
#include "tree_equal.h"

#include <stddef.h>
#include <string.h>

#include "base/symbol.h"
#include "syntax/tree.h"

static bool bytes_equal(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return a_length == b_length && (a_length == 0 || memcmp(a, b, a_length) == 0);
}

static bool symbol_equal(const struct symbol *a, const struct symbol *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return strcmp(a->text, b->text) == 0;
}

static bool word_equal(const struct word *a, const struct word *b);

static bool parameter_equal(const struct parameter *a, const struct parameter *b)
{
    if (a->kind != b->kind || a->op != b->op || a->colon != b->colon) {
        return false;
    }
    if (a->special != b->special || a->position != b->position) {
        return false;
    }
    return symbol_equal(a->symbol, b->symbol) && word_equal(a->word, b->word);
}

static bool part_equal(const struct part *a, const struct part *b)
{
    if (a->kind != b->kind || a->quoted != b->quoted) {
        return false;
    }
    switch (a->kind) {
    case PART_TEXT:
    case PART_BAD:
        return bytes_equal(a->text.bytes, a->text.length, b->text.bytes, b->text.length);
    case PART_PARAMETER:
        return parameter_equal(&a->parameter, &b->parameter);
    case PART_COMMAND:
        return tree_equal(a->command.body, b->command.body);
    case PART_ARITHMETIC:
        return word_equal(a->arithmetic.text, b->arithmetic.text) &&
               (a->arithmetic.tree == NULL) == (b->arithmetic.tree == NULL);
    case PART_TILDE:
        return a->tilde.assignment_only == b->tilde.assignment_only &&
               bytes_equal(a->tilde.user, a->tilde.length, b->tilde.user, b->tilde.length);
    }
    return false;
}

/* Whether a new "..." begins matters only between two expansions. */
static bool opens_equal(const struct part *before, const struct part *a, const struct part *b)
{
    bool matters = before != NULL && before->quoted && before->kind != PART_TEXT && a->quoted &&
                   a->kind != PART_TEXT;

    return !matters || a->opens == b->opens;
}

static bool parts_equal(const struct part *a, const struct part *b)
{
    const struct part *before = NULL;

    for (; a != NULL && b != NULL; before = a, a = a->next, b = b->next) {
        if (!part_equal(a, b) || !opens_equal(before, a, b)) {
            return false;
        }
    }
    return a == b;
}

static bool word_equal(const struct word *a, const struct word *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return a->traits == b->traits && symbol_equal(a->symbol, b->symbol) &&
           parts_equal(a->parts, b->parts) &&
           (!(a->traits & WORD_LITERAL) || bytes_equal(a->text, a->length, b->text, b->length));
}

static bool words_equal(struct word *const *a, struct word *const *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!word_equal(a[i], b[i])) {
            return false;
        }
    }
    return true;
}

static bool redirects_equal(const struct redirect *a, const struct redirect *b)
{
    for (; a != NULL && b != NULL; a = a->next, b = b->next) {
        if (a->kind != b->kind || a->fd != b->fd || a->fd_written != b->fd_written ||
            a->strips_tabs != b->strips_tabs || a->quoted != b->quoted ||
            !word_equal(a->target, b->target) || !word_equal(a->body, b->body)) {
            return false;
        }
    }
    return a == b;
}

static bool simple_equal(const struct node *a, const struct node *b)
{
    if (a->simple.assignment_count != b->simple.assignment_count ||
        a->simple.word_count != b->simple.word_count) {
        return false;
    }
    for (size_t i = 0; i < a->simple.assignment_count; i++) {
        const struct assignment *x = &a->simple.assignments[i];
        const struct assignment *y = &b->simple.assignments[i];

        if (!symbol_equal(x->name, y->name) || !word_equal(x->value, y->value)) {
            return false;
        }
    }
    return words_equal(a->simple.words, b->simple.words, a->simple.word_count);
}

static bool pipeline_equal(const struct node *a, const struct node *b)
{
    if (a->pipeline.count != b->pipeline.count || a->pipeline.negated != b->pipeline.negated) {
        return false;
    }
    for (size_t i = 0; i < a->pipeline.count; i++) {
        if (!tree_equal(a->pipeline.stages[i], b->pipeline.stages[i])) {
            return false;
        }
    }
    return true;
}

static bool list_equal(const struct node *a, const struct node *b)
{
    if (a->list.count != b->list.count) {
        return false;
    }
    for (size_t i = 0; i < a->list.count; i++) {
        const struct list_item *x = &a->list.items[i];
        const struct list_item *y = &b->list.items[i];

        if (x->async != y->async || x->or_else != y->or_else || !tree_equal(x->node, y->node)) {
            return false;
        }
    }
    return true;
}

static bool for_equal(const struct node *a, const struct node *b)
{
    return symbol_equal(a->loop_for.variable, b->loop_for.variable) &&
           a->loop_for.has_in == b->loop_for.has_in &&
           a->loop_for.word_count == b->loop_for.word_count &&
           words_equal(a->loop_for.words, b->loop_for.words, a->loop_for.word_count) &&
           tree_equal(a->loop_for.body, b->loop_for.body);
}

static bool case_equal(const struct node *a, const struct node *b)
{
    if (!word_equal(a->choice.subject, b->choice.subject) || a->choice.count != b->choice.count) {
        return false;
    }
    for (size_t i = 0; i < a->choice.count; i++) {
        const struct case_item *x = &a->choice.items[i];
        const struct case_item *y = &b->choice.items[i];

        if (x->falls != y->falls || x->pattern_count != y->pattern_count ||
            !words_equal(x->patterns, y->patterns, x->pattern_count) ||
            !tree_equal(x->body, y->body)) {
            return false;
        }
    }
    return true;
}

static bool if_equal(const struct node *a, const struct node *b)
{
    if (a->condition.count != b->condition.count) {
        return false;
    }
    for (size_t i = 0; i < a->condition.count; i++) {
        if (!tree_equal(a->condition.branches[i].condition, b->condition.branches[i].condition) ||
            !tree_equal(a->condition.branches[i].body, b->condition.branches[i].body)) {
            return false;
        }
    }
    return tree_equal(a->condition.otherwise, b->condition.otherwise);
}

static bool node_equal(const struct node *a, const struct node *b)
{
    switch (a->kind) {
    case NODE_SIMPLE:
        return simple_equal(a, b);
    case NODE_PIPELINE:
        return pipeline_equal(a, b);
    case NODE_AND_OR:
    case NODE_LIST:
        return list_equal(a, b);
    case NODE_SUBSHELL:
    case NODE_BRACE:
        return tree_equal(a->group.body, b->group.body);
    case NODE_FOR:
        return for_equal(a, b);
    case NODE_CASE:
        return case_equal(a, b);
    case NODE_IF:
        return if_equal(a, b);
    case NODE_WHILE:
        return a->loop.until == b->loop.until && tree_equal(a->loop.condition, b->loop.condition) &&
               tree_equal(a->loop.body, b->loop.body);
    case NODE_FUNCTION:
        return symbol_equal(a->function.name, b->function.name) &&
               tree_equal(a->function.body, b->function.body);
    case NODE_TIME:
        return a->time.posix == b->time.posix && tree_equal(a->time.pipeline, b->time.pipeline);
    }
    return false;
}

bool tree_equal(const struct node *a, const struct node *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return a->kind == b->kind && a->traits == b->traits &&
           redirects_equal(a->redirects, b->redirects) && node_equal(a, b);
}
