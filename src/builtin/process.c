/* process.c -- times and ulimit: what the system counts and limits (XCU times, ulimit). */
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "base/number.h"
#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "state/shell.h"

/* ---- times ---- */

static void show_time(struct out *out, const struct timeval *time, char end)
{
    long hundredths = (long)time->tv_usec / 10000;
    out_addf(out, "%ldm%ld.%02lds%c", (long)time->tv_sec / 60, (long)time->tv_sec % 60, hundredths,
             end);
}

int builtin_times(struct call *c)
{
    char **operands = operand_first(c, "", NULL);
    if (operands == NULL) {
        return 2;
    }
    if (*operands != NULL) {
        return call_usage(c, "too many operands");
    }
    if (!call_door(c)) { /* a subshell begins with no time used */
        return 0;
    }
    static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    for (size_t i = 0; i < 2; i++) {
        struct rusage usage = {0};
        getrusage(whose[i], &usage);
        show_time(c->out, &usage.ru_utime, ' ');
        show_time(c->out, &usage.ru_stime, '\n');
    }
    return 0;
}

/* ---- ulimit ---- */

static const struct limit {
    char letter;
    int resource;
    rlim_t unit; /* bytes (or whatever the system counts) in one of ours */
    const char *name;
    const char *unit_name;
} limits[] = {
    {'c', RLIMIT_CORE, 512, "core file size", "512-byte blocks"},
    {'d', RLIMIT_DATA, 1024, "data segment size", "kbytes"},
    {'e', RLIMIT_NICE, 1, "scheduling priority", ""},
    {'f', RLIMIT_FSIZE, 512, "file size", "512-byte blocks"},
    {'i', RLIMIT_SIGPENDING, 1, "pending signals", ""},
    {'l', RLIMIT_MEMLOCK, 1024, "locked memory", "kbytes"},
    {'m', RLIMIT_RSS, 1024, "resident memory", "kbytes"},
    {'n', RLIMIT_NOFILE, 1, "open files", ""},
    {'p', -1, 512, "pipe size", "512-byte blocks"},
    {'q', RLIMIT_MSGQUEUE, 1, "message queues", "bytes"},
    {'r', RLIMIT_RTPRIO, 1, "real-time priority", ""},
    {'s', RLIMIT_STACK, 1024, "stack size", "kbytes"},
    {'t', RLIMIT_CPU, 1, "processor time", "seconds"},
    {'u', RLIMIT_NPROC, 1, "processes", ""},
    {'v', RLIMIT_AS, 1024, "address space", "kbytes"},
    {'x', RLIMIT_LOCKS, 1, "file locks", ""},
    {'R', RLIMIT_RTTIME, 1, "real-time without blocking", "microseconds"},
};

enum { LIMIT_COUNT = sizeof limits / sizeof *limits, PIPE_BYTES = 4096 };

struct ulimit {
    bool hard;
    bool soft;
    bool all;
    const struct limit *limit;
};

/* The limits as the user set them: the shell may have raised its own stack. */
static void load(const struct shell *sh, const struct limit *limit, struct rlimit *value)
{
    if (limit->resource < 0) {
        value->rlim_cur = value->rlim_max = PIPE_BYTES;
        return;
    }
    if (getrlimit(limit->resource, value) != 0) {
        value->rlim_cur = value->rlim_max = RLIM_INFINITY;
    }
    if (limit->resource == RLIMIT_STACK && sh->depth.raised) {
        value->rlim_cur = (rlim_t)sh->depth.user_soft;
    }
}

/* The limit that the user sets on the stack is for children: ours goes as high as it may first and
   stays there, so that a deep script meets the depth counter and not the end of the stack. */
static bool store_stack(struct shell *sh, const struct rlimit *value)
{
    struct depth *depth = &sh->depth;
    struct rlimit own;
    if (value->rlim_cur > value->rlim_max) {
        errno = EINVAL;
        return false;
    }
    if (depth->grow != NULL) {
        depth->grow(depth);
        depth->grow = NULL;
    }
    if (getrlimit(RLIMIT_STACK, &own) != 0) {
        return false;
    }
    own.rlim_max = value->rlim_max;
    if (own.rlim_cur > own.rlim_max) {
        own.rlim_cur = own.rlim_max;
        size_t room = (size_t)own.rlim_cur / 4 * 3;
        depth->limit = depth->limit < room ? depth->limit : room;
    }
    if (setrlimit(RLIMIT_STACK, &own) != 0) {
        return false;
    }
    depth->raised = true;
    depth->user_soft = value->rlim_cur;
    sh->exec->user_stack = *value;
    return true;
}

static bool store(struct shell *sh, const struct limit *limit, const struct rlimit *value)
{
    if (limit->resource == RLIMIT_STACK) {
        return store_stack(sh, value);
    }
    if (limit->resource < 0) {
        errno = EINVAL;
        return false;
    }
    return setrlimit(limit->resource, value) == 0;
}

static void show_value(struct out *out, const struct limit *limit, rlim_t value)
{
    if (value == RLIM_INFINITY) {
        out_puts(out, "unlimited\n");
    } else {
        out_addf(out, "%llu\n", (unsigned long long)(value / limit->unit));
    }
}

static void show(struct call *c, const struct ulimit *u, const struct limit *limit)
{
    struct rlimit value;
    load(c->sh, limit, &value);
    show_value(c->out, limit, u->hard && !u->soft ? value.rlim_max : value.rlim_cur);
}

static void show_all(struct call *c, const struct ulimit *u)
{
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        const struct limit *limit = &limits[i];
        out_addf(c->out, "-%c  %-27s %-16s ", limit->letter, limit->name, limit->unit_name);
        show(c, u, limit);
    }
}

/* A number of units, `unlimited`, or what `hard` or `soft` is now. */
static bool parse_limit(const char *text, const struct limit *limit, const struct rlimit *now,
                        rlim_t *value)
{
    unsigned long number = 0;
    if (strcmp(text, "unlimited") == 0) {
        *value = RLIM_INFINITY;
        return true;
    }
    if (strcmp(text, "hard") == 0 || strcmp(text, "soft") == 0) {
        *value = *text == 'h' ? now->rlim_max : now->rlim_cur;
        return true;
    }
    if (!number_parse(text, (unsigned long)-1 / 2 / limit->unit, &number)) {
        return false;
    }
    *value = (rlim_t)number * limit->unit;
    return true;
}

static int change(struct call *c, const struct ulimit *u, const char *text)
{
    struct rlimit value;
    rlim_t wanted = 0;
    load(c->sh, u->limit, &value);
    if (!parse_limit(text, u->limit, &value, &wanted)) {
        return call_usage(c, "%s: invalid limit", text);
    }
    if (!call_door(c)) {
        return 0;
    }
    bool both = u->hard == u->soft;
    if (u->hard || both) {
        value.rlim_max = wanted;
    }
    if (u->soft || both) {
        value.rlim_cur = wanted;
    }
    return store(c->sh, u->limit, &value) ? 0 : call_errno(c, "cannot change the limit", errno);
}

static const struct limit *limit_by_letter(char letter)
{
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        if (limits[i].letter == letter) {
            return &limits[i];
        }
    }
    return NULL;
}

int builtin_ulimit(struct call *c)
{
    struct call_scan scan = {0};
    struct ulimit u = {.limit = limit_by_letter('f')};
    int letter = 0;
    while ((letter = call_option(c, &scan, "HSacdefilmnpqrstuvxR")) != -1) {
        switch (letter) {
        case 'H':
            u.hard = true;
            break;
        case 'S':
            u.soft = true;
            break;
        case 'a':
            u.all = true;
            break;
        case '?':
            return 2;
        default:
            u.limit = limit_by_letter((char)letter);
            break;
        }
    }
    const char *operand = c->argv[scan.index];
    if (operand != NULL && (u.all || c->argv[scan.index + 1] != NULL)) {
        return call_usage(c, "too many operands");
    }
    if (u.all) {
        show_all(c, &u);
        return 0;
    }
    if (operand != NULL) {
        return change(c, &u, operand);
    }
    show(c, &u, u.limit);
    return 0;
}
