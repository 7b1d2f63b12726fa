/* lex_dollar.c -- expansions in words: $x, $(...), `...`, $((...)) (XCU 2.6). */
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "syntax/arith.h"
#include "syntax/parser.h"
#include "syntax/replay.h"
#include "syntax/word.h"

/* ---- $x ---- */

static void simple_name(struct lexer *lex, struct parameter *parameter)
{
    struct buf *name = &lex->name;
    const char *p = lex->at;
    int c;

    parameter->kind = PARAMETER_NAME;
    while (p < lex->end && (char_table[(unsigned char)*p] & CHAR_NAME)) {
        p++;
    }
    if (p < lex->end && !(char_table[(unsigned char)*p] & CHAR_PEEK)) {
        parameter->symbol =
            symbol_list_intern(&lex->program->names, lex->at, (size_t)(p - lex->at));
        lex->at = p;
        return;
    }
    name->length = 0;
    while (c = lex_peek(lex), char_is(c, CHAR_NAME)) {
        buf_putc(name, (char)c);
        lex_advance(lex);
    }
    parameter->symbol = symbol_list_intern(&lex->program->names, name->data, name->length);
}

static void simple_parameter(struct lexer *lex, struct builder *b, bool quoted, int c)
{
    struct parameter *parameter = &builder_part(lex, b, PART_PARAMETER, quoted)->parameter;

    builder_expands(b, quoted);
    if (char_is(c, CHAR_LETTER)) {
        simple_name(lex, parameter);
        return;
    }
    lex_advance(lex);
    if (char_is(c, CHAR_DIGIT)) {
        parameter->kind = PARAMETER_POSITION;
        parameter->position = (unsigned)(c - '0');
        return;
    }
    parameter->kind = PARAMETER_SPECIAL;
    parameter->special = (char)c;
    if (c == '@' || c == '*') {
        b->traits |= WORD_LIST;
    }
}

/* ---- $(...) and `...` ---- */

/* What a command substitution puts aside: its inside has tokens and here-documents of its own. */
struct outside {
    struct token token;
    struct layer *token_layer;
    struct here *here_first;
    struct here **here_tail;
    unsigned literal;
    bool have;
};

static void go_inside(struct lexer *lex, struct outside *outside)
{
    *outside = (struct outside){lex->token,     lex->token_layer, lex->here_first,
                                lex->here_tail, lex->literal,     lex->have};
    lex->have = false;
    lex->literal = 0;
    lex->here_first = NULL;
    lex->here_tail = &lex->here_first;
    lex->alias_next = false;
}

/* Here-documents whose bodies are still to come wait for the next newline outside. */
static void go_outside(struct lexer *lex, const struct outside *outside)
{
    struct here *waiting = lex->here_first;
    struct here **waiting_tail = lex->here_tail;

    lex->token = outside->token;
    lex->token_layer = outside->token_layer;
    lex->have = outside->have;
    lex->literal = outside->literal;
    lex->here_first = outside->here_first;
    lex->here_tail = outside->here_first == NULL ? &lex->here_first : outside->here_tail;
    lex->alias_next = false;
    if (waiting != NULL) {
        *lex->here_tail = waiting;
        lex->here_tail = waiting_tail;
    }
}

/* `(p=$(exec sh -c 'echo $PPID'); kill $p)` wants the process of the body around it. */
static void claim_parent(struct lexer *lex, const struct part *part)
{
    const struct node *body = part->command.body;
    if (body != NULL && (body->traits & TRAIT_PARENT) != 0) {
        lex->literal |= TRAIT_FORKS;
    }
}

/* Behind `$(`. NULL: it failed. */
static struct part *command(struct lexer *lex, struct builder *b, bool quoted,
                            const struct place *start)
{
    struct part *part = builder_part(lex, b, PART_COMMAND, quoted);
    struct outside outside;

    builder_expands(b, quoted);
    b->traits |= WORD_RUNS;
    if (!lex_enter(lex)) {
        return NULL;
    }
    go_inside(lex, &outside);
    part->command.body = parse_substitution(lex, TOKEN_CLOSE, start);
    go_outside(lex, &outside);
    claim_parent(lex, part);
    lex_leave(lex);
    return lex->failed ? NULL : part;
}

/* The text between backquotes as it is to be parsed (XCU 2.6.3); stops behind the closing one. */
static bool backquoted_text(struct lexer *lex, struct buf *text, bool quoted)
{
    int c;

    while (c = lex_peek_raw(lex), c >= 0 && c != '`') {
        lex_advance(lex);
        if (c == '\\') {
            c = lex_peek_raw(lex);
            if (c != '\\' && c != '`' && c != '$' && (c != '"' || !quoted)) {
                buf_putc(text, '\\');
                continue;
            }
            lex_advance(lex);
        }
        buf_putc(text, (char)c);
    }
    if (c < 0) {
        return false;
    }
    lex_advance(lex);
    return true;
}

bool lex_backquotes(struct lexer *lex, struct builder *b, bool quoted)
{
    static const struct layer isolated = {.isolated = true};
    struct place start = lex_place(lex);
    struct part *part = builder_part(lex, b, PART_COMMAND, quoted);
    struct buf text = {0};
    struct outside outside;
    int line = lex->line;
    int line_after;

    builder_expands(b, quoted);
    b->traits |= WORD_RUNS;
    lex_advance(lex);
    part->command.backquoted = true;
    if (!backquoted_text(lex, &text, quoted)) {
        buf_free(&text);
        syntax_unterminated(lex, &start, "command substitution");
        return false;
    }
    line_after = lex->line;
    lex_push(lex, &isolated, arena_text(&lex->program->arena, buf_text(&text), text.length),
             text.length);
    buf_free(&text);
    lex->line = line;
    go_inside(lex, &outside);
    if (lex_enter(lex)) {
        part->command.body = parse_substitution(lex, TOKEN_END, &start);
        lex_leave(lex);
    }
    if (!lex->failed) {
        while (!lex->layer->isolated) {
            lex_pop(lex);
        }
        lex_pop(lex);
        lex->line = line_after;
    }
    go_outside(lex, &outside);
    claim_parent(lex, part);
    return !lex->failed;
}

/* ---- $((...)) ---- */

/* Tries to read what follows `$((` as an arithmetic expression. */
static enum double_end expression(struct lexer *lex, struct word **text)
{
    enum double_end end = DOUBLE_FAILED;
    struct builder inner;

    builder_begin(lex, &inner);
    lex_advance(lex);
    if (lex_enter(lex)) {
        end = lex_double(lex, &inner, DOUBLE_ARITHMETIC);
        lex_leave(lex);
    }
    *text = end == DOUBLE_DONE ? builder_finish(lex, &inner) : NULL;
    return end;
}

static void add_arithmetic(struct lexer *lex, struct builder *b, bool quoted, struct word *text)
{
    struct part *part = builder_part(lex, b, PART_ARITHMETIC, quoted);
    struct arith *tree;

    part->arithmetic.text = text;
    tree = arith_parse_word(text, &lex->program->arena, &lex->program->names, lex->input->depth);
    part->arithmetic.tree = tree;
    builder_expands(b, quoted);
    b->traits |= text->traits & (WORD_RUNS | WORD_EFFECTS);
    if (tree == NULL || (text->traits & WORD_EXPANDS) || arith_assigns(tree)) {
        b->traits |= WORD_EFFECTS;
    }
}

/* A command substitution that begins with a subshell, after all; notes what it is. */
static bool instead(struct lexer *lex, struct builder *b, bool quoted, const struct place *start,
                    struct known *known)
{
    const struct layer *layer = lex->layer;
    const char *from = lex->at;
    struct here **here_tail = lex->here_tail;
    unsigned piece = lex->piece;
    int line = lex->line;
    const struct part *part = command(lex, b, quoted, start);

    if (part == NULL) {
        return false;
    }
    if (lex->layer == layer && lex->piece == piece && lex->here_tail == here_tail) {
        known->body = part->command.body;
        known->length = (size_t)(lex->at - from);
        known->lines = lex->line - line;
    }
    return true;
}

/* The place has been read before, in an attempt that failed further out. */
static bool again(struct lexer *lex, struct builder *b, bool quoted, const struct place *start,
                  const struct known *known)
{
    const char *newline;

    if (known->length == 0 || known->length > (size_t)(lex->end - lex->at)) {
        return command(lex, b, quoted, start) != NULL;
    }
    builder_part(lex, b, PART_COMMAND, quoted)->command.body = known->body;
    builder_expands(b, quoted);
    b->traits |= WORD_RUNS;
    newline = memrchr(lex->at, '\n', known->length);
    lex->line_start = newline != NULL ? newline + 1 : lex->line_start;
    lex->line += known->lines;
    lex->at += known->length;
    return true;
}

/* The attempt has failed; its error is kept for the case that the other reading fails, too. */
static bool other_reading(struct lexer *lex, struct builder *b, bool quoted,
                          const struct place *start, const struct snapshot *snapshot)
{
    struct diag first = *lex->d;
    struct known *known = replay_remark(lex, snapshot);
    bool done;

    *lex->d = (struct diag){0};
    lex->failed = false;
    lex->text.length = 0;
    lex->builder = b;
    replay_rewind(lex, snapshot);
    done = instead(lex, b, quoted, start, known);
    if (!done && diag_is_set(&first) && !lex->fatal) {
        diag_clear(lex->d);
        *lex->d = first;
    } else {
        diag_clear(&first);
    }
    lex->fatal = lex->fatal || !done; /* neither reading makes sense */
    return done;
}

/* At the second ( of `$((`: an arithmetic expansion if that can be, else a substitution that begins
   with a subshell (XCU 2.6.3). */
static bool arithmetic(struct lexer *lex, struct builder *b, bool quoted, const struct place *start)
{
    struct snapshot snapshot;
    struct word *text = NULL;
    const struct known *known;
    enum double_end end;
    bool done;

    builder_flush(lex, b);
    replay_begin(lex, &snapshot);
    known = replay_known(lex, &snapshot);
    if (known != NULL) {
        done = again(lex, b, quoted, start, known);
        replay_end(lex);
        return done;
    }
    end = expression(lex, &text);
    if (end == DOUBLE_FAILED) {
        syntax_unterminated(lex, start, "arithmetic expansion");
    }
    if (end == DOUBLE_DONE) {
        add_arithmetic(lex, b, quoted, text);
        done = true;
    } else {
        done = !lex->fatal && other_reading(lex, b, quoted, start, &snapshot);
    }
    replay_end(lex);
    return done;
}

/* ---- all of them ---- */

bool lex_dollar(struct lexer *lex, struct builder *b, bool quoted)
{
    struct place start = lex_place(lex);
    int c;

    lex_advance(lex);
    c = lex_peek(lex);
    if (c == '{') {
        return lex_braced(lex, b, quoted, &start);
    }
    if (c == '(') {
        lex_advance(lex);
        if (lex_peek(lex) == '(') {
            return arithmetic(lex, b, quoted, &start);
        }
        return command(lex, b, quoted, &start);
    }
    if (char_is(c, CHAR_NAME | CHAR_SPECIAL)) {
        simple_parameter(lex, b, quoted, c);
    } else if (c == '\'' && !quoted) {
        return lex_dollar_quotes(lex, b, &start);
    } else {
        builder_copy(lex, b, "$", 1, quoted);
    }
    return !lex->failed;
}
