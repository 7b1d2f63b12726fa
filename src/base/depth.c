/* depth.c -- how much of the stack is in use. */
#include "base/depth.h"

#include <stdint.h>

static size_t stack_used(const struct depth *depth)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    uintptr_t base = (uintptr_t)depth->base;

    return here < base ? base - here : here - base;
}

bool depth_ok(struct depth *depth)
{
    size_t used = stack_used(depth);

    if (used >= depth->limit && depth->grow != NULL) {
        bool (*grow)(struct depth * depth) = depth->grow;

        depth->grow = NULL; /* one try only */
        depth->raised = grow(depth);
    }
    return used < depth->limit;
}
