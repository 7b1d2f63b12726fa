/* tree_dump.h -- trees as one line of text, for tests to compare.

Words stand in [ ], parts of text in < >; " marks a quoted part, ^ the first part of its "...".
Behind a word come the letters of its traits: L literal, S splits, G globs, T tilde, R runs,
E effects, Q quoted, A assignment, @ list, X expands. */
#ifndef SWISH_UNIT_TREE_DUMP_H
#define SWISH_UNIT_TREE_DUMP_H

#include "base/buf.h"
#include "base/depth.h"
#include "base/diag.h"
#include "base/symbol.h"
#include "syntax/parse.h"
#include "syntax/tree.h"
#include <string.h>

static void dump_node(struct buf *buf, const struct node *node);
static void dump_word(struct buf *buf, const struct word *word);

static void dump_text(struct buf *buf, const char *text, size_t length)
{
    buf_putc(buf, '<');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n') {
            buf_puts(buf, "\\n");
        } else {
            buf_putc(buf, text[i]);
        }
    }
    buf_putc(buf, '>');
}

static void dump_parameter(struct buf *buf, const struct parameter *parameter)
{
    static const char *const operators[] = {"",  " length", "-",  "=", "?",
                                            "+", "#",       "##", "%", "%%"};

    buf_puts(buf, parameter->braced ? "${" : "$");
    switch (parameter->kind) {
    case PARAMETER_NAME:
        buf_puts(buf, parameter->symbol->text);
        break;
    case PARAMETER_POSITION:
        buf_addf(buf, "%u", parameter->position);
        break;
    case PARAMETER_SPECIAL:
        buf_putc(buf, parameter->special);
        break;
    }
    buf_addf(buf, "%s%s", parameter->colon ? ":" : "", operators[parameter->op]);
    if (parameter->word != NULL) {
        dump_word(buf, parameter->word);
    }
    buf_puts(buf, parameter->braced ? "}" : "");
}

static void dump_part(struct buf *buf, const struct part *part)
{
    buf_puts(buf, part->opens ? "^" : "");
    buf_puts(buf, part->quoted ? "\"" : "");
    switch (part->kind) {
    case PART_TEXT:
        dump_text(buf, part->text.bytes, part->text.length);
        break;
    case PART_BAD:
        buf_puts(buf, "bad");
        dump_text(buf, part->text.bytes, part->text.length);
        break;
    case PART_TILDE:
        buf_addf(buf, "~%s%s", part->tilde.user, part->tilde.assignment_only ? "?" : "");
        break;
    case PART_PARAMETER:
        dump_parameter(buf, &part->parameter);
        break;
    case PART_COMMAND:
        buf_puts(buf, part->command.backquoted ? "`" : "$(");
        dump_node(buf, part->command.body);
        buf_puts(buf, part->command.backquoted ? "`" : ")");
        break;
    case PART_ARITHMETIC:
        buf_puts(buf, part->arithmetic.tree != NULL ? "$((tree " : "$((");
        dump_word(buf, part->arithmetic.text);
        buf_puts(buf, "))");
        break;
    }
}

static void dump_word(struct buf *buf, const struct word *word)
{
    static const char letters[] = "LSGTREQA@X";

    buf_putc(buf, '[');
    for (const struct part *part = word->parts; part != NULL; part = part->next) {
        dump_part(buf, part);
    }
    buf_putc(buf, ']');
    for (int i = 0; letters[i] != '\0'; i++) {
        if (word->traits >> i & 1) {
            buf_putc(buf, letters[i]);
        }
    }
    if ((word->traits & WORD_LITERAL) && word->parts != NULL && word->parts->next != NULL) {
        buf_addf(buf, "=%s", word->text);
    }
}

static void dump_redirects(struct buf *buf, const struct redirect *redirect)
{
    static const char *const operators[] = {"<", ">", ">|", ">>", "<>", "<&", ">&", "<<"};

    for (; redirect != NULL; redirect = redirect->next) {
        buf_addf(buf, " %d%s%s", redirect->fd, operators[redirect->kind],
                 redirect->strips_tabs ? "-" : "");
        dump_word(buf, redirect->target);
        if (redirect->body != NULL) {
            buf_putc(buf, ':');
            dump_word(buf, redirect->body);
        }
    }
}

static void dump_words(struct buf *buf, struct word *const *words, size_t count,
                       const char *between)
{
    for (size_t i = 0; i < count; i++) {
        buf_puts(buf, i > 0 ? between : "");
        dump_word(buf, words[i]);
    }
}

static void dump_simple(struct buf *buf, const struct node *node)
{
    for (size_t i = 0; i < node->simple.assignment_count; i++) {
        buf_addf(buf, "%s=", node->simple.assignments[i].name->text);
        dump_word(buf, node->simple.assignments[i].value);
        buf_putc(buf, ' ');
    }
    dump_words(buf, node->simple.words, node->simple.word_count, " ");
}

static void dump_list(struct buf *buf, const struct node *node)
{
    for (size_t i = 0; i < node->list.count; i++) {
        const struct list_item *item = &node->list.items[i];

        if (node->kind == NODE_AND_OR) {
            buf_puts(buf, i == 0 ? "" : item->or_else ? " || " : " && ");
            dump_node(buf, item->node);
        } else {
            dump_node(buf, item->node);
            buf_putc(buf, item->async ? '&' : ';');
        }
    }
}

static void dump_case(struct buf *buf, const struct node *node)
{
    dump_word(buf, node->choice.subject);
    for (size_t i = 0; i < node->choice.count; i++) {
        const struct case_item *item = &node->choice.items[i];

        buf_putc(buf, ' ');
        dump_words(buf, item->patterns, item->pattern_count, "|");
        buf_putc(buf, ')');
        dump_node(buf, item->body);
        buf_puts(buf, item->falls ? ";&" : ";;");
    }
}

static void dump_if(struct buf *buf, const struct node *node)
{
    for (size_t i = 0; i < node->condition.count; i++) {
        dump_node(buf, node->condition.branches[i].condition);
        buf_puts(buf, " then ");
        dump_node(buf, node->condition.branches[i].body);
    }
    if (node->condition.otherwise != NULL) {
        buf_puts(buf, " else ");
        dump_node(buf, node->condition.otherwise);
    }
}

static void dump_inside(struct buf *buf, const struct node *node)
{
    switch (node->kind) {
    case NODE_SIMPLE:
        dump_simple(buf, node);
        break;
    case NODE_PIPELINE:
        buf_puts(buf, node->pipeline.negated ? "! " : "");
        for (size_t i = 0; i < node->pipeline.count; i++) {
            dump_node(buf, node->pipeline.stages[i]);
        }
        break;
    case NODE_AND_OR:
    case NODE_LIST:
        dump_list(buf, node);
        break;
    case NODE_SUBSHELL:
    case NODE_BRACE:
        dump_node(buf, node->group.body);
        break;
    case NODE_FOR:
        buf_addf(buf, "%s%s ", node->loop_for.variable->text, node->loop_for.has_in ? " in" : "");
        dump_words(buf, node->loop_for.words, node->loop_for.word_count, " ");
        dump_node(buf, node->loop_for.body);
        break;
    case NODE_CASE:
        dump_case(buf, node);
        break;
    case NODE_IF:
        dump_if(buf, node);
        break;
    case NODE_WHILE:
        buf_puts(buf, node->loop.until ? "until " : "");
        dump_node(buf, node->loop.condition);
        dump_node(buf, node->loop.body);
        break;
    case NODE_FUNCTION:
        buf_addf(buf, "%s ", node->function.name->text);
        dump_node(buf, node->function.body);
        break;
    case NODE_TIME:
        buf_puts(buf, node->time.posix ? "-p " : "");
        dump_node(buf, node->time.pipeline);
        break;
    }
}

static void dump_node(struct buf *buf, const struct node *node)
{
    static const char *const names[] = {
        "simple", "pipe", "and-or", "list",  "subshell", "brace",
        "for",    "case", "if",     "while", "function", "time",
    };

    if (node == NULL) {
        buf_puts(buf, "()");
        return;
    }
    /* A simple command without any redirection is just its words. */
    buf_putc(buf, '(');
    if (node->kind != NODE_SIMPLE) {
        buf_addf(buf, "%s ", names[node->kind]);
    }
    dump_inside(buf, node);
    dump_redirects(buf, node->redirects);
    buf_putc(buf, ')');
}

typedef const char *find_alias(const struct symbol *name);

/* All commands of a source, one line each; or `N: MESSAGE` at the first error. */
static void dump_source(struct buf *buf, struct source *source, find_alias *alias)
{
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = (const char *)&symbols, .limit = 6 << 20};
    struct parse_input input = {
        .source = source, .programs = &programs, .depth = &depth, .alias = alias};
    struct diag d = {0};
    struct program *program;
    enum parse_result result;

    while ((result = parse_command(&input, &program, &d)) == PARSE_OK) {
        if (program->root != NULL) {
            dump_node(buf, program->root);
            buf_putc(buf, '\n');
        }
        program_release(program);
    }
    if (result == PARSE_ERROR) {
        buf_addf(buf, "%d: %s\n", d.line, d.text);
        diag_clear(&d);
    }
    programs_finish(&programs);
    symbols_free(&symbols);
}

static const char *dump_script(struct buf *buf, const char *text, find_alias *alias)
{
    struct source source;

    source_text(&source, text, strlen(text), 1);
    buf->length = 0;
    dump_source(buf, &source, alias);
    return buf_text(buf);
}

#endif
