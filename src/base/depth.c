/* depth.c -- how much of the stack is in use. */
#include "base/depth.h"

bool depth_more(struct depth *depth, size_t used)
{
    if (depth->grow != NULL) {
        bool (*grow)(struct depth * depth) = depth->grow;

        depth->grow = NULL; /* one try only */
        depth->raised = grow(depth);
    }
    return used < depth->limit;
}
