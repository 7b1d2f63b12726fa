/* lex_replay.c -- to read `$((` in earnest as one thing, and if it was another, to start over.

Each failed place is remarked, with what was found there instead, so that nested ones are read twice
and not twice per level. */
#include "syntax/replay.h"

#include <string.h>

#include "base/arena.h"

/* The place that the source itself has reached, below all layers. */
static struct cursor source_cursor(const struct lexer *lex)
{
    struct cursor cursor = lex_cursor(lex);

    for (const struct layer *layer = lex->layer; layer != NULL; layer = layer->below) {
        cursor = layer->cursor;
    }
    return cursor;
}

static uint64_t place_key(const struct cursor *cursor)
{
    return cursor->key + (uint64_t)(cursor->at - cursor->origin);
}

void replay_begin(struct lexer *lex, struct snapshot *snapshot)
{
    struct replay *replay = &lex->replay;
    struct cursor source = source_cursor(lex);

    if (replay->active++ == 0) {
        replay->record.length = 0;
        replay->from = source.at;
    }
    *snapshot = (struct snapshot){
        .layer = lex->layer,
        .token_layer = lex->token_layer,
        .cursor = lex_cursor(lex),
        .source_key = place_key(&source),
        .recorded = replay->record.length + (size_t)(source.at - replay->from),
        .line = lex->line,
        .line_step = lex->line_step,
        .piece = lex->piece,
        .nesting = lex->nesting,
        .literal = lex->literal,
        .alias_next = lex->alias_next,
        .here_tail = lex->here_tail,
    };
}

void replay_end(struct lexer *lex)
{
    if (--lex->replay.active == 0) {
        map_free(&lex->replay.failed);
        lex->replay.failed = (struct map){0};
    }
}

void replay_record(struct lexer *lex)
{
    const char *at = source_cursor(lex).at;

    buf_add(&lex->replay.record, lex->replay.from, (size_t)(at - lex->replay.from));
    lex->replay.from = at;
}

/* The source has moved on to another piece: what was read of it since the snapshot is put in front
   of it, below the layers that the snapshot has. */
static void insert_record(struct lexer *lex, const struct snapshot *snapshot,
                          const struct layer *below)
{
    struct arena *arena = &lex->program->arena;
    struct layer *replay = arena_alloc(arena, sizeof(*replay));
    const struct buf *record = &lex->replay.record;
    size_t length = record->length - snapshot->recorded;
    const char *text = arena_text(arena, record->data + snapshot->recorded, length);
    struct cursor cursor = {text, text + length, text, text, snapshot->source_key};
    struct layer *bottom = snapshot->layer;

    *replay = *below;
    if (bottom == NULL) {
        lex->layer = replay;
        lex_go(lex, &cursor);
        return;
    }
    while (bottom->below != NULL) {
        bottom = bottom->below;
    }
    bottom->below = replay;
    bottom->cursor = cursor;
}

void replay_rewind(struct lexer *lex, const struct snapshot *snapshot)
{
    struct layer below = {0};
    bool moved = lex->piece != snapshot->piece;

    if (moved) {
        replay_record(lex);
        below = (struct layer){.line_step = 1, .cursor = source_cursor(lex)};
    }
    lex->layer = snapshot->layer;
    lex->token_layer = snapshot->token_layer;
    lex_go(lex, &snapshot->cursor);
    lex->line = snapshot->line;
    lex->line_step = snapshot->line_step;
    lex->nesting = snapshot->nesting;
    lex->literal = snapshot->literal;
    lex->alias_next = snapshot->alias_next;
    lex->here_tail = snapshot->here_tail;
    *lex->here_tail = NULL;
    if (moved) {
        insert_record(lex, snapshot, &below);
    }
}

struct known *replay_known(const struct lexer *lex, const struct snapshot *snapshot)
{
    uint64_t key = place_key(&snapshot->cursor);

    return map_get(&lex->replay.failed, (const char *)&key, sizeof(key));
}

struct known *replay_remark(struct lexer *lex, const struct snapshot *snapshot)
{
    struct known *known = arena_zero(&lex->program->arena, sizeof(*known));
    uint64_t key = place_key(&snapshot->cursor);

    map_set(&lex->replay.failed, (const char *)&key, sizeof(key), known);
    return known;
}
