/* fuzz_print.c -- what parses also parses again from its print, to the same print. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/depth.h"
#include "base/diag.h"
#include "base/symbol.h"
#include "syntax/parse.h"
#include "syntax/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The print of all commands up to the first error; true when there is none. */
static bool print_all(const char *text, size_t length, struct buf *out, struct buf *brief)
{
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = (const char *)&symbols, .limit = 1 << 20};
    struct diag d = {0};
    struct source source;
    struct parse_input input = {.source = &source, .programs = &programs, .depth = &depth};
    struct program *program;
    bool clean;

    source_text(&source, text, length, 1);
    while (parse_command(&input, &program, &d) == PARSE_OK) {
        print_node(out, program->root, PRINT_LINES);
        print_node(brief, program->root, PRINT_SHORT);
        program_release(program);
    }
    clean = !diag_is_set(&d);
    if (!clean && strstr(d.text, "nested too deeply") != NULL) {
        clean = true; /* the print nests as deeply, but takes other turns to get there */
        out->length = 0;
    }
    diag_clear(&d);
    programs_finish(&programs);
    symbols_free(&symbols);
    return clean;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf first = {0};
    struct buf second = {0};
    struct buf brief = {0};

    print_all((const char *)data, size, &first, &brief);
    buf_text(&first);
    if (!print_all(first.data, first.length, &second, &brief) ||
        strcmp(buf_text(&second), first.data) != 0) {
        fprintf(stderr, "first:\n%s\nsecond:\n%s\n", first.data, buf_text(&second));
        abort();
    }
    buf_free(&first);
    buf_free(&second);
    buf_free(&brief);
    return 0;
}
