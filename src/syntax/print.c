/* print.c -- commands back to text. */
#include "syntax/print.h"

#include <stdint.h>
#include <string.h>

#include "base/quote.h"
#include "base/symbol.h"
#include "syntax/parse.h"
#include "syntax/printer.h"
#include "syntax/tree.h"

/* Deeper ones stand no further to the right: ten thousand levels are no reason for a huge text. */
enum { INDENT = 4, INDENT_MOST = 20 };

static void print_command(struct printer *p, const struct node *node);

/* ---- lines and lists ---- */

static void put(struct printer *p, const char *text)
{
    buf_puts(p->buf, text);
}

/* What waits for the end of the line comes behind it. */
static void put_newline(struct printer *p)
{
    buf_putc(p->buf, '\n');
    if (p->bodies.length > 0) {
        buf_add(p->buf, p->bodies.data, p->bodies.length);
        p->bodies.length = 0;
    }
}

static void put_line(struct printer *p)
{
    unsigned levels = p->indent < INDENT_MOST ? p->indent : INDENT_MOST;

    put_newline(p);
    for (unsigned i = 0; i < levels * INDENT; i++) {
        buf_putc(p->buf, ' ');
    }
}

/* Commands joined by ; and & on one line. True when the last one is followed by an &. */
static bool put_list(struct printer *p, const struct node *node)
{
    bool async = false;

    if (node->kind != NODE_LIST) {
        print_command(p, node);
        return false;
    }
    for (size_t i = 0; i < node->list.count; i++) {
        if (i > 0) {
            put(p, async ? " " : "; ");
        }
        print_command(p, node->list.items[i].node);
        async = node->list.items[i].async;
        if (async) {
            put(p, " &");
        }
    }
    return async;
}

static void put_list_lines(struct printer *p, const struct node *node)
{
    if (node->kind != NODE_LIST) {
        put_line(p);
        print_command(p, node);
        return;
    }
    for (size_t i = 0; i < node->list.count; i++) {
        put_line(p);
        print_command(p, node->list.items[i].node);
        put(p, node->list.items[i].async ? " &" : "");
    }
}

/* A list between two words: ready for the second one. */
static void put_block(struct printer *p, const struct node *body)
{
    if (p->lines) {
        p->indent++;
        put_list_lines(p, body);
        p->indent--;
        put_line(p);
    } else {
        put(p, " ");
        put(p, put_list(p, body) ? " " : "; ");
    }
}

/* The list behind `if` or `while`, always on one line. */
static void put_condition(struct printer *p, const struct node *node)
{
    bool lines = p->lines;

    p->lines = false;
    put(p, " ");
    put(p, put_list(p, node) ? " " : "; ");
    p->lines = lines;
}

/* Would its text begin with a parenthesis? */
static bool begins_with_paren(const struct node *node)
{
    for (;;) {
        if (node->kind == NODE_LIST || node->kind == NODE_AND_OR) {
            node = node->list.items[0].node;
        } else if (node->kind == NODE_PIPELINE && !node->pipeline.negated &&
                   node->pipeline.count > 1) {
            node = node->pipeline.stages[0];
        } else {
            return node->kind == NODE_SUBSHELL;
        }
    }
}

void print_substitution(struct printer *p, const struct node *body)
{
    struct printer inner = {.buf = p->buf, .style = p->style};

    if (body == NULL) {
        return;
    }
    if (begins_with_paren(body)) {
        put(p, " "); /* `$((` is arithmetic */
    }
    put_list(&inner, body);
    if (inner.bodies.length > 0) {
        put_newline(&inner);
    }
    buf_free(&inner.bodies);
}

/* ---- redirections ---- */

/* Is the delimiter a line of the text? */
static bool holds_line(const struct buf *text, const char *line, size_t length, bool strips_tabs)
{
    const char *at = text->data;
    const char *end = text->length == 0 ? at : at + text->length;

    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline == NULL ? end : newline;

        while (strips_tabs && at < stop && *at == '\t') {
            at++;
        }
        if ((size_t)(stop - at) == length && memcmp(at, line, length) == 0) {
            return true;
        }
        at = newline == NULL ? end : newline + 1;
    }
    return false;
}

static void add_texts(struct buf *buf, const struct word *word)
{
    for (const struct part *part = word->parts; part != NULL; part = part->next) {
        if (part->kind == PART_TEXT) {
            buf_add(buf, part->text.bytes, part->text.length);
        }
    }
}

/* The delimiter is that of the script. Only one that no line can be becomes another. */
static void put_delimiter(struct printer *p, const struct redirect *r, struct buf *text)
{
    size_t start = p->buf->length;

    add_texts(text, r->target);
    if (memchr(buf_text(text), '\n', text->length) != NULL) {
        text->length = 0;
        buf_puts(text, "EOF");
        put(p, "'EOF'");
        return;
    }
    print_parts(p, r->target);
    if (!r->strips_tabs && p->buf->length > start && p->buf->data[start] == '-') {
        p->buf->length = start; /* `<<-` is another operator */
        put(p, " ");
        print_parts(p, r->target);
    }
}

/* Leaves the body where it waits for the end of the line. Where printing has made the delimiter a
   line of the body, the delimiter grows. */
static void put_here_body(struct printer *p, const struct redirect *r, struct buf *delimiter)
{
    struct buf body = {0};
    struct printer inner = {.buf = &body, .style = p->style};

    if (r->body != NULL && r->quoted) {
        add_texts(&body, r->body);
    } else if (r->body != NULL) {
        print_here_parts(&inner, r->body);
    }
    if (body.length > 0 && body.data[body.length - 1] != '\n') {
        buf_putc(&body, '\n');
    }
    while (holds_line(&body, buf_text(delimiter), delimiter->length, r->strips_tabs)) {
        buf_putc(delimiter, '_');
        put(p, "_");
    }
    buf_putc(delimiter, '\n');
    buf_add(&p->bodies, buf_text(&body), body.length);
    buf_add(&p->bodies, delimiter->data, delimiter->length);
    buf_free(&body);
}

static void put_here(struct printer *p, const struct redirect *r)
{
    struct buf delimiter = {0};

    put_delimiter(p, r, &delimiter);
    if (p->style == PRINT_LINES) {
        put_here_body(p, r, &delimiter);
    }
    buf_free(&delimiter);
}

static const char *const redirect_texts[] = {
    [REDIRECT_IN] = "<",       [REDIRECT_OUT] = ">",         [REDIRECT_CLOBBER] = ">|",
    [REDIRECT_APPEND] = ">>",  [REDIRECT_READ_WRITE] = "<>", [REDIRECT_DUP_IN] = "<&",
    [REDIRECT_DUP_OUT] = ">&", [REDIRECT_HERE] = "<<",
};

static void put_redirect(struct printer *p, const struct redirect *r)
{
    if (r->fd_written) {
        buf_addf(p->buf, "%d", r->fd);
    }
    put(p, redirect_texts[r->kind]);
    if (r->kind == REDIRECT_HERE) {
        put(p, r->strips_tabs ? "-" : "");
        put_here(p, r);
    } else {
        print_parts(p, r->target);
    }
}

static void put_redirects(struct printer *p, const struct redirect *r, bool space)
{
    for (; r != NULL; r = r->next) {
        put(p, space ? " " : "");
        put_redirect(p, r);
        space = true;
    }
}

/* ---- simple commands ---- */

/* Unquoted, and a reserved word where a command begins. */
static bool is_reserved(const struct word *word)
{
    return (word->traits & (WORD_LITERAL | WORD_QUOTED)) == WORD_LITERAL &&
           parse_is_reserved(word->text);
}

static void put_words(struct printer *p, struct word *const *words, size_t count, bool space)
{
    for (size_t i = 0; i < count; i++) {
        put(p, space ? " " : "");
        print_parts(p, words[i]);
        space = true;
    }
}

static void print_simple(struct printer *p, const struct node *node)
{
    size_t words = node->simple.word_count;
    bool space = false;

    for (size_t i = 0; i < node->simple.assignment_count; i++) {
        const struct assignment *a = &node->simple.assignments[i];

        put(p, space ? " " : "");
        put(p, a->name->text);
        put(p, "=");
        print_parts(p, a->value);
        space = true;
    }
    /* `>file if`: behind a redirection it is no reserved word. */
    if (!space && words > 0 && node->redirects != NULL && is_reserved(node->simple.words[0])) {
        put_redirects(p, node->redirects, false);
        put_words(p, node->simple.words, words, true);
        return;
    }
    put_words(p, node->simple.words, words, space);
    put_redirects(p, node->redirects, space || words > 0);
}

/* ---- commands made of commands ---- */

static void print_pipeline(struct printer *p, const struct node *node)
{
    if (node->pipeline.negated) {
        put(p, "! ");
    } else if (node->pipeline.count == 1) {
        put(p, "! ! "); /* nothing else makes a pipeline of one */
    }
    for (size_t i = 0; i < node->pipeline.count; i++) {
        put(p, i > 0 ? " | " : "");
        print_command(p, node->pipeline.stages[i]);
    }
}

static void print_and_or(struct printer *p, const struct node *node)
{
    for (size_t i = 0; i < node->list.count; i++) {
        if (i > 0) {
            put(p, node->list.items[i].or_else ? " || " : " && ");
        }
        print_command(p, node->list.items[i].node);
    }
}

static void print_subshell(struct printer *p, const struct node *node)
{
    put(p, "(");
    if (p->lines) {
        put_block(p, node->group.body);
    } else {
        put(p, begins_with_paren(node->group.body) ? " " : "");
        put_list(p, node->group.body);
    }
    put(p, ")");
}

static void print_for(struct printer *p, const struct node *node)
{
    put(p, "for ");
    put(p, node->loop_for.variable->text);
    if (node->loop_for.has_in) {
        put(p, " in");
        put_words(p, node->loop_for.words, node->loop_for.word_count, true);
    }
    put(p, "; do");
    put_block(p, node->loop_for.body);
    put(p, "done");
}

static void print_case_item(struct printer *p, const struct case_item *item)
{
    put(p, p->style == PRINT_SHORT ? "" : "(");
    for (size_t i = 0; i < item->pattern_count; i++) {
        put(p, i > 0 ? " | " : "");
        print_parts(p, item->patterns[i]);
    }
    put(p, ")");
    if (p->lines) {
        p->indent++;
        if (item->body != NULL) {
            put_list_lines(p, item->body);
        }
        put_line(p);
        p->indent--;
    } else {
        put(p, " ");
        if (item->body != NULL) {
            put_list(p, item->body);
            put(p, " ");
        }
    }
    put(p, item->falls ? ";&" : ";;");
}

static void print_case(struct printer *p, const struct node *node)
{
    put(p, "case ");
    print_parts(p, node->choice.subject);
    put(p, " in");
    for (size_t i = 0; i < node->choice.count; i++) {
        if (p->lines) {
            p->indent++;
            put_line(p);
            print_case_item(p, &node->choice.items[i]);
            p->indent--;
        } else {
            put(p, " ");
            print_case_item(p, &node->choice.items[i]);
        }
    }
    if (p->lines) {
        put_line(p);
    } else {
        put(p, " ");
    }
    put(p, "esac");
}

static void print_if(struct printer *p, const struct node *node)
{
    for (size_t i = 0; i < node->condition.count; i++) {
        put(p, i > 0 ? "elif" : "if");
        put_condition(p, node->condition.branches[i].condition);
        put(p, "then");
        put_block(p, node->condition.branches[i].body);
    }
    if (node->condition.otherwise != NULL) {
        put(p, "else");
        put_block(p, node->condition.otherwise);
    }
    put(p, "fi");
}

static void print_while(struct printer *p, const struct node *node)
{
    put(p, node->loop.until ? "until" : "while");
    put_condition(p, node->loop.condition);
    put(p, "do");
    put_block(p, node->loop.body);
    put(p, "done");
}

static void print_time(struct printer *p, const struct node *node)
{
    put(p, node->time.posix ? "time -p" : "time");
    if (node->time.pipeline != NULL) {
        put(p, " ");
        print_command(p, node->time.pipeline);
    }
}

static void print_function(struct printer *p, const struct node *node)
{
    const struct symbol *name = node->function.name;

    put(p, name->text);
    put(p, name->text[name->length - 1] == '$' ? " () " : "() "); /* not a substitution */
    print_command(p, node->function.body);
}

static void print_command(struct printer *p, const struct node *node)
{
    switch (node->kind) {
    case NODE_SIMPLE:
        print_simple(p, node);
        return; /* its redirections are done */
    case NODE_PIPELINE:
        print_pipeline(p, node);
        break;
    case NODE_AND_OR:
        print_and_or(p, node);
        break;
    case NODE_LIST:
        put_list(p, node);
        break;
    case NODE_SUBSHELL:
        print_subshell(p, node);
        break;
    case NODE_BRACE:
        put(p, "{");
        put_block(p, node->group.body);
        put(p, "}");
        break;
    case NODE_FOR:
        print_for(p, node);
        break;
    case NODE_CASE:
        print_case(p, node);
        break;
    case NODE_IF:
        print_if(p, node);
        break;
    case NODE_WHILE:
        print_while(p, node);
        break;
    case NODE_FUNCTION:
        print_function(p, node);
        break;
    case NODE_TIME:
        print_time(p, node);
        break;
    }
    put_redirects(p, node->redirects, true);
}

/* On one line, and without bytes that do something to a terminal. */
static void print_short(struct buf *buf, const struct node *node)
{
    struct buf text = {0};
    struct printer p = {.buf = &text, .style = PRINT_SHORT};

    print_command(&p, node);
    quote_add_visible(buf, buf_text(&text), text.length, SIZE_MAX);
    buf_free(&text);
}

void print_node(struct buf *buf, const struct node *node, enum print_style style)
{
    struct printer p = {.buf = buf, .style = style, .lines = true};

    if (node != NULL && style == PRINT_SHORT) {
        print_short(buf, node);
    } else if (node != NULL) {
        print_command(&p, node);
        put_newline(&p);
        buf_free(&p.bodies);
    }
}
