/* compound.c -- for, case, if, while and until (XCU 2.9.4). */
#include <string.h>

#include "base/diag.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/node.h"
#include "expand/expand.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/tree.h"

/* What a loop makes of the flow of its body: true when the loop goes on with the next turn. */
static bool next_turn(struct shell *sh, enum flow *flow)
{
    struct exec *ex = sh->exec;
    if (*flow == FLOW_NEXT) {
        *flow = between_commands(sh);
        return *flow == FLOW_NEXT;
    }
    if (*flow != FLOW_BREAK && *flow != FLOW_CONTINUE) {
        return false;
    }
    if (--ex->levels > 0) {
        return false; /* meant for a loop further out */
    }
    bool goes_on = *flow == FLOW_CONTINUE;
    *flow = FLOW_NEXT;
    return goes_on;
}

static enum flow one_turn(struct shell *sh, const struct node *node, const char *item, unsigned how)
{
    struct diag d = {0};
    if (!variable_set(sh, node->loop_for.variable, item, strlen(item), &d)) {
        return error_report(sh, &d, false);
    }
    return exec_node(sh, node->loop_for.body, how);
}

static void copy_params(struct shell *sh, struct fields *fields)
{
    for (size_t i = 0; i < sh->params.count; i++) {
        const char *text = sh->params.items[i];
        fields_add(sh, fields, arena_text(&sh->scratch, text, strlen(text)));
    }
}

static enum flow for_items(struct shell *sh, const struct node *node, const struct fields *fields,
                           unsigned how)
{
    if (fields->count == 0) {
        sh->status = 0; /* else the body still sees the status before the loop */
    }
    sh->exec->loop_depth++;
    enum flow flow = FLOW_NEXT;
    for (size_t i = 0; i < fields->count; i++) {
        sh->line = node->line;
        flow = one_turn(sh, node, fields->items[i], how & ~(unsigned)EXEC_LAST);
        if (!next_turn(sh, &flow)) {
            break;
        }
    }
    sh->exec->loop_depth--;
    return flow;
}

enum flow for_run(struct shell *sh, const struct node *node, unsigned how)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct fields fields = {0};
    struct diag d = {0};
    enum flow flow = FLOW_NEXT;
    sh->line = node->line;
    if (!node->loop_for.has_in) {
        copy_params(sh, &fields);
    } else if (!expand_words(sh, node->loop_for.words, node->loop_for.word_count, false, &fields,
                             &d)) {
        flow = error_report(sh, &d, false);
    }
    if (flow == FLOW_NEXT) {
        flow = for_items(sh, node, &fields, how);
    }
    arena_release(&sh->scratch, mark);
    return flow;
}

static enum flow condition_run(struct shell *sh, const struct node *condition, unsigned how)
{
    return exec_node(sh, condition, (how & ~(unsigned)EXEC_LAST) | EXEC_TESTED);
}

enum flow while_run(struct shell *sh, const struct node *node, unsigned how)
{
    struct exec *ex = sh->exec;
    int status = 0;
    enum flow flow = FLOW_NEXT;
    ex->loop_depth++;
    for (;;) {
        flow = condition_run(sh, node->loop.condition, how);
        if (flow != FLOW_NEXT) {
            if (next_turn(sh, &flow)) {
                continue;
            }
            status = sh->status;
            break;
        }
        if ((sh->status == 0) == node->loop.until || only_reads(sh)) {
            break;
        }
        flow = exec_node(sh, node->loop.body, how & ~(unsigned)EXEC_LAST);
        status = sh->status;
        if (!next_turn(sh, &flow)) {
            status = sh->status;
            break;
        }
    }
    ex->loop_depth--;
    sh->status = status;
    return flow;
}

enum flow if_run(struct shell *sh, const struct node *node, unsigned how)
{
    for (size_t i = 0; i < node->condition.count; i++) {
        const struct if_branch *branch = &node->condition.branches[i];
        enum flow flow = condition_run(sh, branch->condition, how);
        if (flow != FLOW_NEXT) {
            return flow;
        }
        if (sh->status == 0) {
            return exec_node(sh, branch->body, how);
        }
    }
    return exec_node(sh, node->condition.otherwise, how);
}

/* ---- case ---- */

/* Index of the first item one of whose patterns matches; the count when none does. */
static bool choose(struct shell *sh, const struct node *node, size_t *chosen, struct diag *d)
{
    size_t length = 0;
    const char *subject = expand_string(sh, node->choice.subject, &length, d);
    if (subject == NULL) {
        return false;
    }
    for (size_t i = 0; i < node->choice.count; i++) {
        const struct case_item *item = &node->choice.items[i];
        for (size_t k = 0; k < item->pattern_count; k++) {
            if (expand_match(sh, item->patterns[k], subject, length, d)) {
                *chosen = i;
                return true;
            }
            if (diag_is_set(d)) {
                return false;
            }
        }
    }
    *chosen = node->choice.count;
    return true;
}

static enum flow run_items(struct shell *sh, const struct node *node, size_t at, unsigned how)
{
    for (; at < node->choice.count; at++) {
        const struct case_item *item = &node->choice.items[at];
        unsigned item_how = item->falls ? how & ~(unsigned)EXEC_LAST : how;
        if (item->body == NULL) {
            sh->status = 0;
        } else {
            enum flow flow = exec_node(sh, item->body, item_how);
            if (flow != FLOW_NEXT) {
                return flow;
            }
        }
        if (!item->falls) {
            break;
        }
    }
    return FLOW_NEXT;
}

enum flow case_run(struct shell *sh, const struct node *node, unsigned how)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct diag d = {0};
    size_t chosen = 0;
    sh->line = node->line;
    sh->substitution_ran = false;
    bool done = choose(sh, node, &chosen, &d);
    arena_release(&sh->scratch, mark);
    if (!done) {
        return error_report(sh, &d, false);
    }
    if (chosen == node->choice.count) {
        sh->status = 0;
    }
    return run_items(sh, node, chosen, how);
}
