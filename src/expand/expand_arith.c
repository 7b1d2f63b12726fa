/* expand_arith.c -- arithmetic expansion (XCU 2.6.4): the text is expanded first, then parsed. */
#include <string.h>

#include "base/symbol.h"
#include "expand/arith.h"
#include "expand/build.h"
#include "state/shell.h"
#include "syntax/arith.h"
#include "syntax/tree.h"

static bool evaluate_text(struct shell *sh, const char *text, size_t length, int64_t *value,
                          struct diag *d)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct symbol_list names = {.table = &sh->symbols};
    struct arith *tree = arith_parse(text, length, &sh->scratch, &names, &sh->depth, d);
    bool ok = tree != NULL && arith_evaluate(sh, tree, value, d);
    symbol_list_release(&names);
    arena_release(&sh->scratch, mark);
    return ok;
}

bool expand_arithmetic(struct shell *sh, const struct part *part, int64_t *value, struct diag *d)
{
    if (part->arithmetic.tree != NULL) {
        return arith_evaluate(sh, part->arithmetic.tree, value, d);
    }
    struct build b;
    bool ok = build_word(&b, sh, part->arithmetic.text, BUILD_STRING, d) &&
              evaluate_text(sh, b.text.data, b.text.length, value, d);
    build_free(&b);
    return ok;
}
