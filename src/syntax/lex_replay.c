/* lex_replay.c -- to read `$((` in earnest as one thing, and if it was another, to start over.

Each failed place is remarked, with what was found there instead, so that nested ones are read twice
and not twice per level. */
#include "syntax/replay.h"

#include <string.h>

#include "base/arena.h"

/* The place that the source itself has reached, below all layers. */
static const char *source_at(const struct lexer *lex)
{
    const char *at = lex->at;

    for (const struct layer *layer = lex->layer; layer != NULL; layer = layer->below) {
        at = layer->at;
    }
    return at;
}

static uint64_t source_key(const struct lexer *lex)
{
    const char *origin = lex->origin;
    uint64_t key = lex->key;

    for (const struct layer *layer = lex->layer; layer != NULL; layer = layer->below) {
        origin = layer->origin;
        key = layer->key;
    }
    return key + (uint64_t)(source_at(lex) - origin);
}

void replay_begin(struct lexer *lex, struct snapshot *snapshot)
{
    struct replay *replay = &lex->replay;

    if (replay->active++ == 0) {
        replay->record.length = 0;
        replay->from = source_at(lex);
    }
    *snapshot = (struct snapshot){
        .layer = lex->layer,
        .token_layer = lex->token_layer,
        .at = lex->at,
        .end = lex->end,
        .line_start = lex->line_start,
        .origin = lex->origin,
        .key = lex->key,
        .source_key = source_key(lex),
        .recorded = replay->record.length + (size_t)(source_at(lex) - replay->from),
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
    const char *at = source_at(lex);

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
    struct layer *bottom = snapshot->layer;

    *replay = *below;

    if (bottom == NULL) {
        lex->layer = replay;
        lex->at = text;
        lex->end = text + length;
        lex->line_start = text;
        lex->origin = text;
        lex->key = snapshot->source_key;
        return;
    }
    while (bottom->below != NULL) {
        bottom = bottom->below;
    }
    bottom->below = replay;
    bottom->at = text;
    bottom->end = text + length;
    bottom->line_start = text;
    bottom->origin = text;
    bottom->key = snapshot->source_key;
}

/* Leaves the layers: the lexer's fields are those of the source itself. */
static void to_source(struct lexer *lex)
{
    for (const struct layer *layer = lex->layer; layer != NULL; layer = layer->below) {
        lex->at = layer->at;
        lex->end = layer->end;
        lex->line_start = layer->line_start;
        lex->origin = layer->origin;
        lex->key = layer->key;
        lex->line_step = layer->line_step;
    }
    lex->layer = NULL;
}

void replay_rewind(struct lexer *lex, const struct snapshot *snapshot)
{
    struct layer below = {0};
    bool moved = lex->piece != snapshot->piece;

    if (moved) {
        replay_record(lex);
        to_source(lex);
        below = (struct layer){.line_step = lex->line_step,
                               .at = lex->at,
                               .end = lex->end,
                               .line_start = lex->line_start,
                               .origin = lex->origin,
                               .key = lex->key};
    }
    lex->layer = snapshot->layer;
    lex->token_layer = snapshot->token_layer;
    lex->at = snapshot->at;
    lex->end = snapshot->end;
    lex->line_start = snapshot->line_start;
    lex->origin = snapshot->origin;
    lex->key = snapshot->key;
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

static uint64_t place_key(const struct snapshot *snapshot)
{
    return snapshot->key + (uint64_t)(snapshot->at - snapshot->origin);
}

struct known *replay_known(const struct lexer *lex, const struct snapshot *snapshot)
{
    uint64_t key = place_key(snapshot);

    return map_get(&lex->replay.failed, (const char *)&key, sizeof(key));
}

struct known *replay_remark(struct lexer *lex, const struct snapshot *snapshot)
{
    struct known *known = arena_zero(&lex->program->arena, sizeof(*known));
    uint64_t key = place_key(snapshot);

    map_set(&lex->replay.failed, (const char *)&key, sizeof(key), known);
    return known;
}
