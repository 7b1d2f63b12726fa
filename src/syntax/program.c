/* program.c -- life and death of programs. */
#include "syntax/program.h"

#include "base/mem.h"

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

void program_release(struct program *program)
{
    if (program == NULL || --program->references > 0) {
        return;
    }
    symbol_list_release(&program->names);
    arena_free(&program->arena);
    mem_free(program);
}
