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

struct program *program_new(struct programs *home)
{
    struct program *program = home->idle;
    if (program == NULL) {
        program = mem_zero(sizeof(*program));
        program->names.table = home->symbols;
        program->home = home;
    }
    home->idle = NULL;
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

static void clear(struct program *program)
{
    for (const struct stored_text *s = program->stored; s != NULL; s = s->next) {
        s->store->release(s->text, s->length);
    }
    program->stored = NULL;
    program->root = NULL;
    symbol_list_clear(&program->names);
    arena_reset(&program->arena);
}

static void discard(struct program *program)
{
    symbol_list_release(&program->names);
    arena_free(&program->arena);
    mem_free(program);
}

void program_release(struct program *program)
{
    if (program == NULL || --program->references > 0) {
        return;
    }
    clear(program);
    if (program->home->idle == NULL) {
        program->home->idle = program;
    } else {
        discard(program);
    }
}

void programs_finish(struct programs *home)
{
    if (home->idle != NULL) {
        discard(home->idle);
        home->idle = NULL;
    }
    buf_free(&home->text);
    buf_free(&home->name);
}
