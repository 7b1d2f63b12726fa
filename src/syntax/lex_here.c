/* lex_here.c -- the bodies of here-documents (XCU 2.7.4). */
#include <string.h>

#include "base/arena.h"
#include "syntax/parser.h"
#include "syntax/word.h"

/* From here on a body leaves memory as long as it is literal. */
enum { LARGE = 1 << 20 };

/* A body in the making: what is in the store; then one slice of the input as long as that is
   possible, else a copy. */
struct body {
    int handle;       /* of the store */
    size_t stored;    /* bytes there */
    unsigned literal; /* node traits of these */
    bool stays;       /* it is not to be stored (any more) */
    const char *start;
    size_t length;
    struct buf copy;
    bool copied;
};

void lex_here_add(struct lexer *lex, struct redirect *redirect)
{
    struct here *here = arena_alloc(&lex->program->arena, sizeof(*here));

    *here = (struct here){.redirect = redirect};
    *lex->here_tail = here;
    lex->here_tail = &here->next;
}

static void body_copy(struct body *body)
{
    if (!body->copied) {
        body->copied = true;
        buf_add(&body->copy, body->start, body->length);
    }
}

static void body_add(struct body *body, const char *bytes, size_t length)
{
    if (!body->copied && body->start + body->length == bytes) {
        body->length += length;
    } else if (!body->copied && body->length == 0) {
        body->start = bytes;
        body->length = length;
    } else {
        body_copy(body);
        buf_add(&body->copy, bytes, length);
    }
}

static size_t body_length(const struct body *body)
{
    return body->copied ? body->copy.length : body->length;
}

static const char *body_bytes(struct body *body)
{
    return body->copied ? buf_text(&body->copy) : body->start;
}

/* The last `length` bytes go away again. */
static void body_cut(struct body *body, size_t length)
{
    if (body->copied) {
        body->copy.length = length;
    } else {
        body->length = length;
    }
}

static bool is_literal(const struct redirect *redirect, const char *text, size_t length)
{
    return redirect->quoted ||
           (memchr(text, '$', length) == NULL && memchr(text, '`', length) == NULL &&
            memchr(text, '\\', length) == NULL);
}

/* Back to memory, for good. */
static void body_stays(const struct text_store *store, struct body *body)
{
    struct buf whole = {0};
    const char *text;

    body->stays = true;
    if (body->handle < 0) {
        return;
    }
    text = store->take(&body->handle, body->stored);
    buf_add(&whole, text, body->stored);
    buf_add(&whole, body_bytes(body), body_length(body));
    store->release(text, body->stored);
    buf_free(&body->copy);
    body->copy = whole;
    body->copied = true;
    body->stored = 0;
}

/* What has been read of the body goes to the store, unless it has to stay here: all of it then. */
static void body_store(struct lexer *lex, const struct redirect *redirect, struct body *body)
{
    const struct text_store *store = lex->input->store;
    const char *text = body_bytes(body);
    size_t length = body_length(body);

    if (body->stays || store == NULL) {
        return;
    }
    if (!is_literal(redirect, text, length) || !store->add(&body->handle, text, length)) {
        body_stays(store, body);
        return;
    }
    body->literal |= traits_of_text(text, length);
    body->stored += length;
    body->copied = false;
    body->copy.length = 0;
    body->length = 0;
}

/* The next byte; what the slice points to may go away to get it. */
static int next_byte(struct lexer *lex, struct body *body)
{
    if (lex->at == lex->end || *lex->at == '\0') {
        body_copy(body);
    }
    return lex_peek_raw(lex);
}

/* Adds the rest of the line with its newline; false at the end of the input. */
static bool add_line(struct lexer *lex, struct body *body)
{
    for (;;) {
        const char *newline;
        const char *stop;

        if (next_byte(lex, body) < 0) {
            return false;
        }
        newline = memchr(lex->at, '\n', (size_t)(lex->end - lex->at));
        stop = newline == NULL ? lex->end : newline + 1;
        for (const char *nul; (nul = memchr(lex->at, '\0', (size_t)(stop - lex->at))) != NULL;) {
            body_add(body, lex->at, (size_t)(nul - lex->at));
            lex->at = nul + 1;
        }
        body_add(body, lex->at, (size_t)(stop - lex->at));
        lex->at = stop;
        if (newline != NULL) {
            lex->line += lex->line_step;
            lex->line_start = stop;
            return true;
        }
    }
}

/* Does the line end in a newline that an unescaped backslash removes? */
static bool continues(const char *line, size_t length)
{
    size_t backslashes = 0;

    if (length < 2 || line[length - 1] != '\n') {
        return false;
    }
    while (backslashes < length - 1 && line[length - 2 - backslashes] == '\\') {
        backslashes++;
    }
    return backslashes % 2 == 1;
}

/* Is the logical line, line continuations left out, the delimiter? */
static bool is_delimiter(const char *line, size_t length, const struct word *delimiter,
                         bool expands)
{
    size_t at = 0;

    for (size_t i = 0; i < length; i++) {
        if (line[i] == '\n') {
            break;
        }
        if (expands && line[i] == '\\' && i + 1 < length && line[i + 1] == '\n') {
            i++;
            continue;
        }
        if (at >= delimiter->length || line[i] != delimiter->text[at]) {
            return false;
        }
        at++;
    }
    return at == delimiter->length;
}

static void strip_tabs(struct lexer *lex, const struct redirect *redirect, struct body *body)
{
    while (redirect->strips_tabs && next_byte(lex, body) == '\t') {
        lex->at++;
    }
}

/* Collects the lines before the delimiter. The end of the input ends the body, too. */
static void collect(struct lexer *lex, const struct redirect *redirect, struct body *body)
{
    bool expands = !redirect->quoted;
    bool more = true;

    while (more) {
        size_t start;
        size_t physical;
        bool empty = true; /* nothing but line continuations so far: the line still begins */

        if (body_length(body) >= LARGE) {
            body_store(lex, redirect, body);
        }
        start = body_length(body);
        physical = start;
        strip_tabs(lex, redirect, body);
        more = add_line(lex, body);
        while (more && expands &&
               continues(body_bytes(body) + physical, body_length(body) - physical)) {
            empty = empty && body_length(body) - physical == 2;
            physical = body_length(body);
            if (empty) {
                strip_tabs(lex, redirect, body);
            }
            more = add_line(lex, body);
        }
        if (is_delimiter(body_bytes(body) + start, body_length(body) - start, redirect->target,
                         expands)) {
            body_cut(body, start);
            return;
        }
    }
    lex->input->unended = redirect->line;
}

/* Reads the body as in double quotes, from a copy of its text. */
static struct word *expanding_body(struct lexer *lex, const char *text, size_t length, int line)
{
    static const struct layer isolated = {.isolated = true};
    struct word *word = NULL;
    int line_after = lex->line;
    struct builder b;

    lex_push(lex, &isolated, text, length);
    lex->line = line;
    if (lex_enter(lex)) {
        builder_begin(lex, &b);
        if (lex_double(lex, &b, DOUBLE_HERE) == DOUBLE_DONE) {
            word = builder_finish(lex, &b);
        }
        lex_leave(lex);
    }
    if (word != NULL) {
        while (!lex->layer->isolated) {
            lex_pop(lex);
        }
        lex_pop(lex);
        lex->line = line_after;
    }
    return word;
}

/* A literal body is one quoted text. */
static struct word *literal_body(struct lexer *lex, const char *text, size_t length, int line)
{
    struct word *word = arena_zero(&lex->program->arena, sizeof(*word));
    struct part *part;

    word->line = line;
    word->traits = WORD_LITERAL | WORD_QUOTED;
    word->text = text;
    word->length = length;
    if (length > 0) {
        part = arena_zero(&lex->program->arena, sizeof(*part));
        part->kind = PART_TEXT;
        part->quoted = true;
        part->opens = true;
        part->text.bytes = text;
        part->text.length = length;
        word->parts = part;
    }
    return word;
}

static struct word *stored_body(struct lexer *lex, struct body *body, int line)
{
    const struct text_store *store = lex->input->store;
    const char *text = store->take(&body->handle, body->stored);
    struct word *word = literal_body(lex, text, body->stored, line);

    program_keep(lex->program, store, text, body->stored);
    word->traits |= WORD_STORED;
    lex->literal |= body->literal;
    return word;
}

static struct word *kept_body(struct lexer *lex, const struct redirect *redirect, struct body *body,
                              int line)
{
    size_t length = body_length(body);
    const char *text = arena_text(&lex->program->arena, body_bytes(body), length);

    buf_free(&body->copy); /* its expansions may hold other large bodies */
    if (!is_literal(redirect, text, length)) {
        return expanding_body(lex, text, length, line);
    }
    lex->literal |= traits_of_text(text, length);
    return literal_body(lex, text, length, line);
}

static void read_body(struct lexer *lex, struct redirect *redirect)
{
    struct body body = {.handle = -1, .start = ""};
    int line = lex->line;

    collect(lex, redirect, &body);
    if (body.stored > 0) {
        body_store(lex, redirect, &body);
    }
    if (body.stored > 0) {
        redirect->body = stored_body(lex, &body, line);
    } else {
        redirect->body = kept_body(lex, redirect, &body, line);
    }
    buf_free(&body.copy);
}

void lex_here_bodies(struct lexer *lex)
{
    struct here *here = lex->here_first;

    lex->here_first = NULL;
    lex->here_tail = &lex->here_first;
    for (; here != NULL && !lex->failed; here = here->next) {
        read_body(lex, here->redirect);
    }
}
