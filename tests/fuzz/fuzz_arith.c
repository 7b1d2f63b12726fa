/* fuzz_arith.c -- any bytes as arithmetic: a tree or one error, the same again, and nothing leaks.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/depth.h"
#include "base/diag.h"
#include "base/symbol.h"
#include "syntax/arith.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool parses(const uint8_t *data, size_t size, bool shrink)
{
    static const char alphabet[] = "0123789abxX_ \n+-*/%<>=!&|^~?:,()";
    struct symbols symbols = {0};
    struct symbol_list names = {.table = &symbols};
    struct arena arena = {0};
    struct depth depth = {.base = (const char *)&symbols, .limit = 1 << 20};
    struct diag d = {0};
    char *text = arena_text(&arena, (const char *)data, size);
    const struct arith *tree;

    for (size_t i = 0; shrink && i < size; i++) {
        text[i] = alphabet[(unsigned char)text[i] % (sizeof(alphabet) - 1)];
    }
    tree = arith_parse(text, size, &arena, &names, &depth, &d);
    if ((tree == NULL) != diag_is_set(&d)) {
        abort();
    }
    if (tree != NULL) {
        arith_assigns(tree);
    }
    diag_clear(&d);
    symbol_list_release(&names);
    symbols_free(&symbols);
    arena_free(&arena);
    return tree != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool shrink = size > 0 && (data[0] & 1) != 0;
    bool once = parses(data, size, shrink);
    bool again = parses(data, size, shrink);

    if (once != again) {
        abort();
    }
    return 0;
}
