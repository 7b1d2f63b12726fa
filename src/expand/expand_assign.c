/* expand_assign.c -- expansion straight into a variable, and of prompt texts. */

#include "base/diag.h"
#include "expand/build.h"
#include "expand/expand.h"
#include "expand/parameter.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/tree.h"

enum { SPARE_MOST = 2 << 20 };

/* Does it hold a number whose text nobody has asked for yet? */
static bool is_number(const struct variable *v)
{
    return v != NULL && v->kind == VALUE_NUMBER && (v->flags & VARIABLE_COMPUTED) == 0;
}

/* x=$y: the value goes from one variable to the other. */
static bool assign_parameter(struct shell *sh, struct symbol *symbol, const struct parameter *p,
                             struct diag *d)
{
    struct value v;
    if (p->kind == PARAMETER_NAME && is_number(p->symbol->variable)) {
        return variable_set_number(sh, symbol, p->symbol->variable->number, d);
    }
    parameter_value(sh, p, &v);
    if (v.text == NULL) {
        return parameter_unset_ok(sh, p, d) && variable_set(sh, symbol, "", 0, d);
    }
    return variable_set(sh, symbol, v.text, v.length, d);
}

/* x=$(command). Fresh memory costs a page fault for every 4 KB: that of the old value serves the
   next output. */
static bool assign_command(struct shell *sh, struct symbol *symbol, const struct part *part,
                           struct diag *d)
{
    struct buf out = sh->spare;
    sh->spare = (struct buf){0};
    bool ok = sh->hooks.substitute(sh, part, &out, d) && variable_take(sh, symbol, &out, d);
    buf_free(&sh->spare); /* of a substitution inside */
    sh->spare = out;
    sh->spare.length = 0;
    if (out.capacity > SPARE_MOST) {
        buf_free(&sh->spare);
    }
    return ok;
}

static bool assign_arithmetic(struct shell *sh, struct symbol *symbol, const struct part *part,
                              struct diag *d)
{
    int64_t value;
    return expand_arithmetic(sh, part, &value, d) && variable_set_number(sh, symbol, value, d);
}

static bool assign_general(struct shell *sh, struct symbol *symbol, const struct part *parts,
                           bool appends, struct diag *d)
{
    struct build b;
    build_start(&b, sh, BUILD_STRING, d);
    b.assigns = true;
    bool ok = build_parts(&b, parts);
    if (ok && appends) {
        ok = variable_append(sh, symbol, b.text.data, b.text.length, d);
    } else if (ok) {
        ok = variable_set(sh, symbol, b.text.data, b.text.length, d);
    }
    build_free(&b);
    return ok;
}

/* x=$x...: only the rest is expanded and appended. Not when expanding the rest might assign to x.
 */
static bool appends_to_itself(struct shell *sh, const struct symbol *symbol,
                              const struct word *word)
{
    const struct part *part = word->parts;
    return part->kind == PART_PARAMETER && part->parameter.kind == PARAMETER_NAME &&
           part->parameter.op == OP_NONE && part->parameter.symbol == symbol &&
           (word->traits & WORD_EFFECTS) == 0 &&
           variable_get(sh, part->parameter.symbol, NULL) != NULL;
}

bool expand_assign(struct shell *sh, struct symbol *symbol, const struct word *word, struct diag *d)
{
    const struct part *part = word->parts;
    if (part == NULL) {
        return variable_set(sh, symbol, "", 0, d);
    }
    if ((word->traits & (WORD_LITERAL | WORD_TILDE)) == WORD_LITERAL) {
        return variable_set(sh, symbol, word->text, word->length, d);
    }
    if (part->next == NULL) {
        switch (part->kind) {
        case PART_PARAMETER:
            if (part->parameter.op == OP_NONE && !parameter_is_list(&part->parameter)) {
                return assign_parameter(sh, symbol, &part->parameter, d);
            }
            break;
        case PART_COMMAND:
            return assign_command(sh, symbol, part, d);
        case PART_ARITHMETIC:
            return assign_arithmetic(sh, symbol, part, d);
        case PART_TEXT:
        case PART_TILDE:
        case PART_BAD:
            break;
        }
    } else if (appends_to_itself(sh, symbol, word)) {
        return assign_general(sh, symbol, part->next, true, d);
    }
    return assign_general(sh, symbol, part, false, d);
}
