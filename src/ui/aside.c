/* aside.c -- work in a child, under a limit: a file system that is dead stops that child only. */
#include "ui/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "base/out.h"
#include "exec/exec.h"
#include "exec/job.h"
#include "exec/level.h"
#include "os/children.h"
#include "os/fd.h"
#include "os/launch.h"
#include "os/signals.h"
#include "state/shell.h"

enum { SAID_MOST = 4000, PIECE = 65536, ROOM = 1 << 20 };

long long aside_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 0, ETIMEDOUT, or EINTR: Ctrl-C. Other signals wait until the line is read on. */
static int wait_readable(int fd, long long until)
{
    struct pollfd item = {.fd = fd, .events = POLLIN};
    sigset_t old;
    int count = -1;
    signals_block(&old);
    do {
        long long left = until - aside_now();
        struct timespec limit = {.tv_sec = left > 0 ? (time_t)(left / 1000) : 0,
                                 .tv_nsec = left > 0 ? (long)(left % 1000) * 1000000 : 0};
        errno = EINTR;
        count = signal_is_pending(SIGINT) ? -1 : ppoll(&item, 1, &limit, &old);
    } while (count < 0 && errno == EINTR && !signal_is_pending(SIGINT));
    int error = count < 0 ? errno : count == 0 ? ETIMEDOUT : 0;
    signals_unblock(&old);
    return error;
}

long aside_read(int fd, void *room, size_t size, long long until)
{
    int error = wait_readable(fd, until);
    if (error != 0) {
        errno = error;
        return -1;
    }
    return fd_read(fd, room, size);
}

pid_t aside_fork(struct shell *sh, struct launch *launch)
{
    if (!children_may_set_aside()) {
        return -1; /* many were killed, but wait for a file system that does not answer */
    }
    children_watch(false);
    children_hold(true);
    pid_t pid = sh == NULL ? launch_fork(launch) : child_fork(sh, launch);
    if (pid > 0) {
        children_set_aside(pid);
    }
    if (pid != 0) {
        children_hold(false);
    }
    return pid;
}

/* The answer is told by its length, so that nobody waits for what still holds the pipe. */
static _Noreturn void be_child(struct shell *sh, struct aside *aside, int to)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sh->settings.options &= ~(unsigned)(OPT_XTRACE | OPT_ERREXIT | OPT_NOUNSET | OPT_VERBOSE);
    aside->answer.length = 0;
    aside->work(sh, aside->data, &aside->answer);
    size_t length = aside->answer.length;
    if (out_write_all(to, (const char *)&length, sizeof length) == 0) {
        out_write_all(to, aside->answer.data, length);
    }
    for (;;) {
        pause(); /* to be killed with all that it started */
    }
}

static enum aside_end read_answer(struct aside *aside, int from)
{
    struct buf *answer = &aside->answer;
    size_t length = 0;
    long long until = aside_now() + aside->milliseconds;
    while (answer->length < sizeof length || answer->length < sizeof length + length) {
        long count = aside_read(from, buf_reserve(answer, PIECE), PIECE, until);
        if (count <= 0) {
            return count == 0           ? ASIDE_FAILED
                   : errno == ETIMEDOUT ? ASIDE_LATE
                   : errno == EINTR     ? ASIDE_INTERRUPTED
                                        : ASIDE_FAILED;
        }
        answer->length += (size_t)count;
        if (answer->length >= sizeof length) {
            memcpy(&length, answer->data, sizeof length);
        }
    }
    answer->length -= sizeof length;
    memmove(answer->data, answer->data + sizeof length, answer->length);
    return ASIDE_ANSWERED;
}

static void take_said(struct aside *aside, int fd)
{
    if (lseek(fd, 0, SEEK_SET) == 0) {
        long count = fd_read(fd, buf_reserve(&aside->said, SAID_MOST), SAID_MOST);
        aside->said.length = count > 0 ? (size_t)count : 0;
    }
}

static enum aside_end run_between(struct shell *sh, struct aside *aside, const int ends[2],
                                  const int files[2])
{
    struct launch_move moves[] = {{files[0], 0}, {files[1], 1}, {files[1], 2}};
    struct launch launch;
    launch_init(&launch);
    launch.group = 0;
    launch.moves = moves;
    launch.move_count = sizeof moves / sizeof *moves;
    jobs_update(sh); /* what the child may list */
    int status = sh->status;
    pid_t pid = aside_fork(sh, &launch);
    if (pid == 0) {
        be_child(sh, aside, ends[1]);
    }
    sh->status = status;
    fd_close(ends[1]);
    if (pid < 0) {
        return ASIDE_FAILED;
    }
    enum aside_end end = read_answer(aside, ends[0]);
    children_kill_aside(pid);
    take_said(aside, files[1]);
    return end;
}

enum aside_end aside_run(struct shell *sh, struct aside *aside)
{
    enum aside_end end = ASIDE_FAILED;
    int ends[2];
    int files[2] = {fd_open("/dev/null", O_RDONLY, 0), fd_memory(SAID_MOST)};
    aside->answer.length = 0;
    aside->said.length = 0;
    if (files[0] >= 0 && files[1] >= 0 && fd_pipe(ends)) {
        fcntl(ends[1], F_SETPIPE_SZ, ROOM); /* a long answer goes in one piece */
        end = run_between(sh, aside, ends, files);
        fd_close(ends[0]);
    }
    fd_close(files[0]);
    fd_close(files[1]);
    return end;
}
