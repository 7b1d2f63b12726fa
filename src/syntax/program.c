/* program.c -- life and death of programs. */
#include "syntax/program.h"

#include "base/mem.h"

/* In the arena. */
struct stored_text {
    struct stored_text *next;
    const struct text_store *store;
    const char *text;
    size_t length;
};

struct program *program_new(struct symbols *symbols)
{
    struct program *program = mem_zero(sizeof(*program));
    program->names.table = symbols;
    program->references = 1;
    return program;
}

struct program *program_hold(struct program *program)
{
    program->references++;
    return program;
}

void program_keep(struct program *program, const struct text_store *store, const char *text,
                  size_t length)
{
    struct stored_text *stored = arena_alloc(&program->arena, sizeof *stored);
    *stored = (struct stored_text){program->stored, store, text, length};
    program->stored = stored;
}

void program_clear(struct program *program)
{
    for (const struct stored_text *s = program->stored; s != NULL; s = s->next) {
        s->store->release(s->text, s->length);
    }
    program->stored = NULL;
    program->root = NULL;
    symbol_list_clear(&program->names);
    arena_reset(&program->arena);
}

void program_release(struct program *program)
{
    if (program == NULL || --program->references > 0) {
        return;
    }
    symbol_list_release(&program->names);
    program_clear(program);
    arena_free(&program->arena);
    mem_free(program);
}
