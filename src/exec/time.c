/* time.c -- time [-p] pipeline (XCU time). */
#include <sys/resource.h>
#include <time.h>

#include "base/out.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/node.h"
#include "state/shell.h"
#include "syntax/tree.h"

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

struct times {
    struct timespec real;
    double user;
    double system;
};

static struct times times_now(void)
{
    struct times now = {0};
    struct rusage self = {0};
    struct rusage children = {0};
    clock_gettime(CLOCK_MONOTONIC, &now.real);
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    now.user = seconds_of(self.ru_utime) + seconds_of(children.ru_utime);
    now.system = seconds_of(self.ru_stime) + seconds_of(children.ru_stime);
    return now;
}

static void add_minutes(struct out *out, const char *label, double seconds)
{
    long minutes = (long)(seconds / 60);
    out_addf(out, "%s\t%ldm%.3fs\n", label, minutes, seconds - (double)minutes * 60);
}

static void print_times(struct shell *sh, const struct times *from, bool posix)
{
    struct times now = times_now();
    double real = (double)(now.real.tv_sec - from->real.tv_sec) +
                  (double)(now.real.tv_nsec - from->real.tv_nsec) / 1e9;
    struct out out;
    error_out(sh, &out);
    if (posix) {
        out_addf(&out, "real %.2f\nuser %.2f\nsys %.2f\n", real, now.user - from->user,
                 now.system - from->system);
    } else {
        out_puts(&out, "\n");
        add_minutes(&out, "real", real);
        add_minutes(&out, "user", now.user - from->user);
        add_minutes(&out, "sys", now.system - from->system);
    }
    out_flush(&out);
    buf_free(&out.pending);
}

enum flow time_run(struct shell *sh, const struct node *node, unsigned how)
{
    struct times from = times_now();
    enum flow flow = FLOW_NEXT;
    if (node->time.pipeline != NULL) {
        flow = exec_node(sh, node->time.pipeline, how & ~(unsigned)EXEC_LAST);
    } else {
        sh->status = 0;
    }
    if (flow != FLOW_HANDED) {
        print_times(sh, &from, node->time.posix);
    }
    return flow;
}
