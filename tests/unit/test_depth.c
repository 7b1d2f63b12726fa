/* test_depth.c -- the guard against recursion measures the stack itself. */
#include "unit.h"

#include "base/depth.h"

static int calls;

__attribute__((noinline)) static int sink(const volatile char *place)
{
    return *place;
}

/* How many levels fit; each takes a little over 1 KiB. */
__attribute__((noinline)) static int levels(struct depth *depth)
{
    volatile char room[1024];

    room[0] = 0;
    if (!depth_ok(depth)) {
        return 0;
    }
    return 1 + levels(depth) + sink(room);
}

static bool grow_twice(struct depth *depth)
{
    calls++;
    depth->limit *= 2;
    return true;
}

static bool grow_not(struct depth *depth)
{
    (void)depth;
    calls++;
    return false;
}

TEST(the_limit_is_bytes_of_stack)
{
    char here = 0;
    struct depth depth = {.base = &here, .limit = 100000};
    int found = levels(&depth);

    /* The frames that sanitizers make are larger. */
    CHECK(found > 5);
    CHECK(found < 100);
    CHECK(depth_ok(&depth));
    CHECK(!depth.raised);
}

TEST(growing_happens_once)
{
    char here = 0;
    struct depth fixed = {.base = &here, .limit = 100000};
    struct depth depth = {.base = &here, .limit = 100000, .grow = grow_twice};
    int before = levels(&fixed);
    int after;

    calls = 0;
    after = levels(&depth);
    CHECK_INT(calls, 1);
    CHECK(depth.raised);
    CHECK(after > before * 3 / 2);
    levels(&depth);
    CHECK_INT(calls, 1);
}

TEST(growth_refused_is_asked_for_once)
{
    char here = 0;
    struct depth depth = {.base = &here, .limit = 50000, .grow = grow_not};

    calls = 0;
    CHECK(levels(&depth) > 0);
    levels(&depth);
    CHECK_INT(calls, 1);
    CHECK(!depth.raised);
}
