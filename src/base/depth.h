/* depth.h -- one guard against recursion for parser, expander and executor. */
#ifndef SWISH_BASE_DEPTH_H
#define SWISH_BASE_DEPTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Real stack use is what counts: the distance between a local variable now and at the start. */
struct depth {
    const char *base; /* address of a local variable of main */
    size_t limit;     /* bytes of stack that may be in use */

    /* Called once when the limit is reached: raises the soft stack limit and `limit`, notes the
       user's own limit for the children; false when nothing could be won. Floor 1 supplies it; may
       be NULL. */
    bool (*grow)(struct depth *depth);
    bool raised;                  /* grow succeeded: children get `user_soft` back */
    unsigned long long user_soft; /* the user's soft limit (rlim_t) */
};

/* The limit is reached: grows once, then says no. */
bool depth_more(struct depth *depth, size_t used);

/* True while there is room for one more level; false means "nested too deeply". */
static inline bool depth_ok(struct depth *depth)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    uintptr_t base = (uintptr_t)depth->base;
    size_t used = here < base ? base - here : here - base;

    return used < depth->limit || depth_more(depth, used);
}

#endif
