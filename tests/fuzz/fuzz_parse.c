/* fuzz_parse.c -- any bytes as a script: the same outcome whole and in pieces, and nothing leaks.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/depth.h"
#include "base/diag.h"
#include "base/symbol.h"
#include "syntax/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A text given out in pieces, each in memory of its own that goes away with the next one. */
struct pieces {
    const char *at;
    const char *end;
    char *piece;
    size_t size;
};

static bool next_piece(struct source *source, bool starts)
{
    struct pieces *pieces = source->context;
    size_t left = (size_t)(pieces->end - pieces->at);
    size_t length = left < pieces->size ? left : pieces->size;

    (void)starts;
    free(pieces->piece);
    pieces->piece = NULL;
    if (length == 0) {
        source->at = NULL;
        source->end = NULL;
        return false;
    }
    pieces->piece = malloc(length);
    memcpy(pieces->piece, pieces->at, length);
    pieces->at += length;
    source->at = pieces->piece;
    source->end = pieces->piece + length;
    return true;
}

static const char *alias(const struct symbol *name)
{
    static const char *const aliases[] = {"a",    "b ", "b", "echo \"", "c", "if a; ",
                                          "d",    "d&", "e", "",        "f", "x\ny\n",
                                          "echo", "#",  "g", "$((a) "};

    for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i += 2) {
        if (strcmp(aliases[i], name->text) == 0) {
            return aliases[i + 1];
        }
    }
    return NULL;
}

/* 0: all of it is fine; else the line of the first error. */
static int outcome(struct source *source, bool aliases)
{
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = (const char *)&symbols, .limit = 1 << 20};
    struct diag d = {0};
    struct parse_input input = {
        .source = source, .programs = &programs, .depth = &depth, .alias = aliases ? alias : NULL};
    struct program *program;
    const struct symbol *symbol;
    enum parse_result result;
    size_t at = 0;
    int line = 0;

    while ((result = parse_command(&input, &program, &d)) == PARSE_OK) {
        program_release(program);
    }
    if ((result == PARSE_ERROR) != diag_is_set(&d)) {
        abort();
    }
    if (result == PARSE_ERROR) {
        line = d.line;
    }
    while ((symbol = symbol_next(&symbols, &at)) != NULL) {
        if (symbol_is_held(symbol)) {
            abort();
        }
    }
    diag_clear(&d);
    programs_finish(&programs);
    symbols_free(&symbols);
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool aliases = size > 0 && data[0] % 2 == 0;
    size_t piece = size > 0 ? data[0] / 2 % 16 + 1 : 1;
    char *text =
        malloc(size > 0 ? size : 1); /* exactly as long, so that a look behind the end is seen */
    struct pieces pieces = {.size = piece};
    struct source source;
    int whole;

    memcpy(text, data, size);
    source_text(&source, text, size, 1);
    whole = outcome(&source, aliases);
    pieces.at = text;
    pieces.end = text + size;
    source = (struct source){.more = next_piece, .context = &pieces, .line = 1};
    if (outcome(&source, aliases) != whole) {
        abort();
    }
    free(pieces.piece);
    free(text);
    return 0;
}
