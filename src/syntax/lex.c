/* lex.c -- characters for the lexer: pieces of the source, layers in front, line continuation. */
#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/depth.h"
#include "base/diag.h"
#include "syntax/parser.h"
#include "syntax/replay.h"
#include "syntax/word.h"

/* No script nests deeper than this, whatever the stack would bear. */
enum { NESTING_MOST = 10000 };

void source_text(struct source *source, const char *text, size_t length, int line)
{
    *source = (struct source){.at = text, .end = text + length, .line = line};
}

static struct buf take(struct buf *place)
{
    struct buf room = *place;
    *place = (struct buf){0};
    room.length = 0;
    return room;
}

void lex_begin(struct lexer *lex, struct parse_input *input, struct program *program,
               struct diag *d)
{
    struct source *source = input->source;

    /* Not one struct assignment: `last` is large, and would be zeroed for each command. */
    memset(lex, 0, offsetof(struct lexer, last));
    lex->at = source->at;
    lex->end = source->end;
    lex->line_start = source->at;
    lex->origin = source->at;
    lex->next_key = (uint64_t)1 << 48;
    lex->line = source->line;
    lex->line_step = 1;
    lex->starts = true;
    lex->input = input;
    lex->source = source;
    lex->program = program;
    lex->d = d;
    lex->here_tail = &lex->here_first;
    lex->text = take(&input->programs->text);
    lex->name = take(&input->programs->name);
}

/* Room for long words is not kept. */
static void give_back(struct buf *room, struct buf *place)
{
    enum { ROOM_MOST = 4096 };
    if (room->capacity > ROOM_MOST || place->data != NULL) {
        buf_free(room);
    } else {
        *place = *room;
    }
}

void lex_finish(struct lexer *lex)
{
    const struct layer *layer = lex->layer;
    const char *at = lex->at;

    for (; layer != NULL; layer = layer->below) {
        at = layer->cursor.at;
    }
    lex->source->at = at;
    lex->source->line = lex->line;
    give_back(&lex->text, &lex->input->programs->text);
    give_back(&lex->name, &lex->input->programs->name);
    buf_free(&lex->replay.record);
    if (lex->replay.failed.count > 0) {
        map_free(&lex->replay.failed);
    }
}

/* ---- layers ---- */

void lex_push(struct lexer *lex, const struct layer *how, const char *text, size_t length)
{
    struct layer *layer = arena_alloc(&lex->program->arena, sizeof(*layer));

    *layer = *how;
    layer->below = lex->layer;
    layer->within = how->alias != NULL ? lex->token_layer : lex->layer;
    layer->line_step = lex->line_step;
    layer->cursor = lex_cursor(lex);
    lex->layer = layer;
    lex_go(lex, &(struct cursor){text, text + length, text, text, lex->next_key});
    lex->next_key += (uint64_t)1 << 32;
    if (layer->alias != NULL) {
        lex->line_step = 0;
    }
}

void lex_pop(struct lexer *lex)
{
    const struct layer *layer = lex->layer;

    lex->layer = layer->below;
    lex->line_step = layer->line_step;
    lex_go(lex, &layer->cursor);
    if (layer->blank_end) {
        lex->alias_next = true;
    }
}

bool lex_layers_left(const struct lexer *lex)
{
    const struct layer *layer;

    if (lex->layer == NULL) {
        return false;
    }
    if (lex->at < lex->end) {
        return true;
    }
    for (layer = lex->layer; layer->below != NULL; layer = layer->below) {
        if (layer->cursor.at < layer->cursor.end) {
            return true;
        }
    }
    return false;
}

/* ---- the source ---- */

/* Keeps the end of the last line for a message: the piece may be overwritten now. */
static void remember_line(struct lexer *lex)
{
    size_t length = (size_t)(lex->end - lex->origin);

    if (length > sizeof(lex->last)) {
        length = sizeof(lex->last);
    }
    lex->last_length = length;
    memcpy(lex->last, lex->end - length, length);
}

static void end_source(struct lexer *lex)
{
    int error = lex->source->error;

    lex->ended = true;
    lex->at = lex->source->at;
    lex->end = lex->source->at;
    lex->origin = lex->at;
    lex->line_start = lex->at;
    lex->replay.from = lex->at;
    if (error == 0) {
        return;
    }
    if (error == EINTR) {
        diag_set(lex->d, DIAG_INTERRUPT, "interrupted");
        lex->d->status = 130;
    } else {
        diag_errno(lex->d, DIAG_SYNTAX, "read error", error);
        lex->d->status = 2;
    }
    lex->d->line = lex->line;
    lex->failed = true;
    lex->fatal = true;
}

static bool refill_source(struct lexer *lex)
{
    struct source *source = lex->source;

    if (lex->ended || source->more == NULL) {
        lex->ended = true;
        return false;
    }
    if (lex->builder != NULL) {
        builder_spill(lex, lex->builder);
    }
    if (lex->replay.active > 0) {
        replay_record(lex);
    }
    if (lex->end > lex->origin) {
        remember_line(lex);
    }
    lex->piece++;
    lex->key += (uint64_t)(lex->end - lex->origin);
    source->at = lex->end;
    source->line = lex->line;
    if (!source->more(source, lex->starts)) {
        end_source(lex);
        return false;
    }
    lex->at = source->at;
    lex->end = source->end;
    lex->origin = source->at;
    lex->line_start = source->at;
    lex->replay.from = source->at;
    return true;
}

/* More bytes at lex->at, or false: the end of the input, or of an isolated layer. */
static bool refill(struct lexer *lex)
{
    if (lex->layer == NULL) {
        return refill_source(lex);
    }
    if (lex->layer->isolated) {
        return false;
    }
    lex_pop(lex);
    return true;
}

/* ---- characters ---- */

int lex_peek_raw(struct lexer *lex)
{
    for (;;) {
        if (lex->at == lex->end) {
            if (!refill(lex)) {
                return -1;
            }
        } else if (*lex->at == '\0') {
            lex->at++; /* as other shells do: a NUL is no character */
        } else {
            return (unsigned char)*lex->at;
        }
    }
}

/* At a backslash whose next character needs a look behind the piece, the layer or a NUL. True: it
   began a line continuation, which is gone now; else it stands again in front of what follows. */
static bool continues_behind_end(struct lexer *lex)
{
    static const struct layer plain = {.alias = NULL};

    lex->at++;
    if (lex_peek_raw(lex) == '\n') {
        lex_advance(lex);
        return true;
    }
    lex_push(lex, &plain, "\\", 1);
    return false;
}

int lex_peek_slow(struct lexer *lex)
{
    for (;;) {
        int c = lex_peek_raw(lex);

        if (c != '\\') {
            return c;
        }
        if (lex->at + 1 == lex->end || lex->at[1] == '\0') {
            if (!continues_behind_end(lex)) {
                return c;
            }
        } else if (lex->at[1] == '\n') {
            lex->at++;
            lex_advance(lex);
        } else {
            return c;
        }
    }
}

bool lex_enter(struct lexer *lex)
{
    struct place here;

    if (++lex->nesting <= NESTING_MOST && depth_ok(lex->input->depth)) {
        return true;
    }
    here = lex_place(lex);
    lex->fatal = true;
    syntax_error(lex, &here, "nested too deeply");
    return false;
}

void lex_leave(struct lexer *lex)
{
    lex->nesting--;
}
