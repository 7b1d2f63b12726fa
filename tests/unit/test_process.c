/* test_process.c -- stack limit, directory, users, privileges. */
#include "os/process.h"

#include <grp.h>
#include <limits.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/depth.h"
#include "os_tools.h"

CASE(the_directory_is_found_however_long)
{
    struct buf got = {0};
    char here[] = "/tmp/test_process.XXXXXX";
    MUST(mkdtemp(here) != NULL && chdir(here) == 0);
    buf_puts(&got, "before:");
    MUST(process_cwd(&got) && strcmp(buf_text(&got) + 7, here) == 0);
    char name[201];
    memset(name, 'd', 200);
    name[200] = '\0';
    int depth = 0;
    while (depth < 18 && mkdir(name, 0700) == 0 && chdir(name) == 0) {
        depth++;
    }
    got.length = 0;
    MUST(process_cwd(&got) && got.length == strlen(here) + (size_t)depth * 201);
    for (int i = 0; i < depth; i++) {
        MUST(chdir("..") == 0 && rmdir(name) == 0);
    }
    MUST(rmdir(here) == 0);
    got.length = 0;
    MUST(!process_cwd(&got) && errno == ENOENT && got.length == 0);
    buf_free(&got);
    return true;
}

CASE(homes_are_found)
{
    struct buf got = {0};
    buf_puts(&got, "~");
    MUST(process_home("root", &got) && strcmp(buf_text(&got), "~/root") == 0);
    MUST(!process_home("", &got) && !process_home("-x", &got) && !process_home("no:one", &got));
    MUST(!process_home("roo", &got) && !process_home("root2", &got) && !process_home("0", &got));
    MUST(got.length == 6 && childless());
    buf_free(&got);
    return true;
}

/* Uses the given bytes of stack, and says whether the guard allowed it. */
static size_t __attribute__((noinline)) dive(struct depth *depth, size_t levels)
{
    volatile char room[4096];
    room[0] = 1;
    room[sizeof room - 1] = 1;
    if (levels == 0 || !depth_ok(depth)) {
        return 0;
    }
    return dive(depth, levels - 1) + room[0];
}

/* With the usual soft limit; false where the hard one lets nothing grow. */
static bool start_at_eight_megabytes(struct depth *depth, const char *local)
{
    struct rlimit limit;
    getrlimit(RLIMIT_STACK, &limit);
    if (limit.rlim_max < (rlim_t)120 << 20) {
        return false;
    }
    limit.rlim_cur = 8 << 20;
    MUST(setrlimit(RLIMIT_STACK, &limit) == 0);
    process_depth_start(depth, local);
    return true;
}

CASE(the_stack_grows_to_a_hundred_megabytes)
{
    char local = 0;
    struct depth depth;
    if (!start_at_eight_megabytes(&depth, &local)) {
        return true;
    }
    MUST(depth.limit <= 6 << 20 && depth.limit > 3 << 20 && !depth.raised);
    MUST(dive(&depth, 1000) == 1000 && !depth.raised);
    size_t all = (size_t)1 << 30;
    size_t levels = dive(&depth, all);
    MUST(levels < all && levels * 4096 > (size_t)96 << 20);
    MUST(depth.raised && depth.user_soft == (rlim_t)8 << 20);
    MUST(depth.limit > (size_t)100 << 20 && depth.limit <= (size_t)112 << 20);
    return true;
}

CASE(the_hard_limit_stops_the_growth)
{
    char local = 0;
    struct depth depth;
    MUST(setrlimit(RLIMIT_STACK, &(struct rlimit){8 << 20, 12 << 20}) == 0);
    process_depth_start(&depth, &local);
    size_t before = depth.limit;
    size_t all = (size_t)1 << 30;
    MUST(dive(&depth, all) < all);
    MUST(!depth.raised && depth.limit == before);
    return true;
}

/* At the bottom of a raised stack: the child must still be born, and have the user's limit. */
static bool __attribute__((noinline)) spawn_below(struct depth *depth, size_t levels)
{
    volatile char room[4096];
    room[0] = 1;
    if (levels > 0 && depth_ok(depth)) {
        return spawn_below(depth, levels - 1) && room[0];
    }
    struct launch launch;
    struct shell_words words;
    struct child_change change;
    struct rlimit user = {8 << 20, RLIM_INFINITY};
    getrlimit(RLIMIT_STACK, &user);
    user.rlim_cur = (rlim_t)depth->user_soft;
    launch_shell(&launch, &words, "test \"$(ulimit -s)\" = 8192");
    launch.stack = &user;
    pid_t pid = launch_spawn(&launch);
    MUST(pid > 0 && child_wait(pid, false, &change) && change.status == 0);
    launch.path = "/nope";
    launch_exec(&launch);
    MUST(launch.exec_error == ENOENT);
    return getrlimit(RLIMIT_STACK, &user) == 0 && user.rlim_cur > (rlim_t)100 << 20;
}

CASE(children_below_a_deep_stack_get_the_users_limit)
{
    char local = 0;
    struct depth depth;
    return !start_at_eight_megabytes(&depth, &local) || spawn_below(&depth, 12000);
}

CASE(privileges_are_dropped_for_good)
{
    if (getuid() != 0) {
        return true;
    }
    MUST(!process_is_setid());
    MUST(setgroups(1, &(gid_t){4}) == 0);
    MUST(setresgid(1234, 0, 0) == 0 && setresuid(1234, 0, 0) == 0);
    MUST(process_drop_privileges());
    MUST(getuid() == 1234 && geteuid() == 1234 && getegid() == 1234);
    MUST(setuid(0) != 0 && setgid(0) != 0 && getgroups(0, NULL) == 0);
    return true;
}
