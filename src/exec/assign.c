/* assign.c -- assignments in front of a command: for good, or for its duration. */
#include "exec/simple.h"

#include "expand/expand.h"
#include "state/scope.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/tree.h"

bool assign_all(struct shell *sh, const struct node *node, struct diag *d)
{
    for (size_t i = 0; i < node->simple.assignment_count; i++) {
        const struct assignment *a = &node->simple.assignments[i];
        if (!expand_assign(sh, a->name, a->value, d)) {
            return false;
        }
    }
    return true;
}

bool assign_prefix(struct shell *sh, const struct node *node, struct scope *scope, struct diag *d)
{
    for (size_t i = 0; i < node->simple.assignment_count; i++) {
        const struct assignment *a = &node->simple.assignments[i];
        scope_shadow(sh, scope, a->name);
        if (!expand_assign(sh, a->name, a->value, d)) {
            return false;
        }
        variable_flag(sh, a->name, VARIABLE_EXPORTED, 0);
    }
    return true;
}
