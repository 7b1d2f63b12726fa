/* words.c -- the words of complete -W: they become the words of a command, which is only expanded.
 */
#include "ui/words.h"

#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "exec/error.h"
#include "expand/expand.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/parse.h"
#include "syntax/tree.h"
#include "ui/candidates.h"

static const char *separators_of(struct shell *sh)
{
    const char *value = variable_by_name(sh, "IFS");
    return value == NULL ? " \t\n" : value;
}

static void add_literal(const char *text, const char *separators, struct candidates *to)
{
    while (*text != '\0') {
        size_t length = strcspn(text, separators);
        if (length > 0) {
            char *word = mem_text_n(text, length);
            candidates_add(to, word);
            mem_free(word);
        }
        text += length + (text[length] != '\0');
    }
}

/* Behind '...', "..." or `...`, or the end of the text. */
static const char *behind_quote(const char *at)
{
    char quote = *at++;
    for (; *at != '\0' && *at != quote; at++) {
        at += *at == '\\' && quote != '\'' && at[1] != '\0' ? 1 : 0;
    }
    return at + (*at != '\0');
}

/* Behind $(...) or ${...}. */
static const char *behind_substitution(const char *at)
{
    char open = at[1];
    char close = open == '(' ? ')' : '}';
    int depth = 1;
    for (at += 2; *at != '\0' && depth > 0;) {
        if (strchr("'\"`", *at) != NULL) {
            at = behind_quote(at);
        } else {
            depth += (*at == open ? 1 : 0) - (*at == close ? 1 : 0);
            at += *at == '\\' && at[1] != '\0' ? 2 : 1;
        }
    }
    return at;
}

/* One character that is not quoted. */
static void put_bare(char c, const char *separators, struct buf *to)
{
    if (strchr(separators, c) != NULL) {
        buf_putc(to, ' ');
    } else if (c == '\n') {
        buf_puts(to, "'\n'");
    } else if (strchr(" \t&|;<>()*?[#", c) != NULL) {
        buf_putc(to, '\\');
        buf_putc(to, c);
    } else {
        buf_putc(to, c);
    }
}

/* The text as words of a command: what cuts it becomes a blank, what else the grammar knows is
   quoted, and a quote that is open ends with the text. */
static void put_command(const char *text, const char *separators, struct buf *to)
{
    buf_puts(to, ": ");
    while (*text != '\0') {
        size_t length = 1;
        if (strchr("'\"`", *text) != NULL) {
            length = (size_t)(behind_quote(text) - text);
            buf_add(to, text, length);
            buf_add(to, text, length == 1 || text[length - 1] != *text ? 1 : 0);
        } else if (*text == '$' && (text[1] == '(' || text[1] == '{')) {
            length = (size_t)(behind_substitution(text) - text);
            buf_add(to, text, length);
        } else if (*text == '\\') {
            length += text[1] != '\0' ? 1 : 0;
            buf_add(to, text, length);
        } else {
            put_bare(*text, separators, to);
        }
        text += length;
    }
    buf_putc(to, '\n');
}

/* False: they are no words. The fields may lie in the program. */
static bool expand(struct shell *sh, struct buf *command, struct program **to,
                   struct fields *fields, enum flow *flow)
{
    struct program *program = NULL;
    struct source source;
    struct parse_input input = {
        .source = &source, .programs = &sh->programs, .depth = &sh->depth, .alias = NULL};
    struct diag d = {0};
    unsigned options = sh->settings.options;
    source_text(&source, buf_text(command), command->length, sh->line);
    bool parsed = parse_command(&input, &program, &d) == PARSE_OK && program->root != NULL &&
                  program->root->kind == NODE_SIMPLE;
    sh->settings.options |= OPT_NOGLOB;
    bool done = parsed && expand_words(sh, program->root->simple.words,
                                       program->root->simple.word_count, false, fields, &d);
    sh->settings.options = options;
    if (d.kind == DIAG_FLOW || d.kind == DIAG_INTERRUPT) {
        *flow = error_report(sh, &d, false);
    }
    diag_clear(&d);
    *to = program;
    return done;
}

enum flow words_add(struct shell *sh, const char *text, struct candidates *to)
{
    char *separators = mem_text(separators_of(sh)); /* an expansion may change IFS */
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct fields fields = {0};
    struct program *program = NULL;
    enum flow flow = FLOW_NEXT;
    struct buf command = {0};
    if (strpbrk(text, "$`\\'\"~") != NULL) {
        put_command(text, separators, &command);
    }
    if (command.length > 0 && expand(sh, &command, &program, &fields, &flow)) {
        for (size_t i = 1; i < fields.count; i++) {
            candidates_add(to, fields.items[i]);
        }
    } else if (flow == FLOW_NEXT) {
        add_literal(text, separators, to);
    }
    program_release(program);
    buf_free(&command);
    arena_release(&sh->scratch, mark);
    mem_free(separators);
    return flow;
}
