/* capture.c -- output that goes to memory, and the pipe through which children add to it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/errors.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/job_table.h"
#include "exec/level.h"
#include "exec/private.h"
#include "exec/redir.h"
#include "exec/trap.h"
#include "os/children.h"
#include "os/fd.h"
#include "os/signals.h"

bool capture_pipe(struct shell *sh, struct capture *capture)
{
    if (capture->write_end >= 0) {
        return true;
    }
    int ends[2];
    if (capture->read_end >= 0) { /* the write end was dropped for a last act */
        private_close(sh, &capture->read_end);
    }
    if (!fd_pipe(ends)) {
        char room[24];
        error_print(sh, "cannot make a pipe: %s", error_text(errno, room));
        return false;
    }
    capture->read_end = ends[0];
    capture->write_end = ends[1];
    private_add(sh, &capture->read_end);
    private_add(sh, &capture->write_end);
    return true;
}

bool capture_plan(struct shell *sh, struct plan *plan)
{
    for (int fd = 1; fd <= 2; fd++) {
        struct capture *c = capture_of(sh->captured[fd]);
        if (c != NULL) {
            if (!capture_pipe(sh, c)) {
                return false;
            }
            plan_move(sh, plan, c->write_end, fd);
        }
    }
    return true;
}

enum { READ_FIRST = 16384, READ_SIZE = 65536 };

/* Takes one piece; 0 at the end, -1 on error or when nothing is there. */
static long capture_read(struct capture *capture)
{
    size_t size = capture->buf.length < READ_FIRST ? READ_FIRST : READ_SIZE;
    char *room = buf_reserve(&capture->buf, size);
    long n = fd_read(capture->read_end, room, size);
    if (n > 0) {
        capture->buf.length += (size_t)n;
    }
    return n;
}

static bool at_prompt(const struct shell *sh)
{
    return sh->interactive && !sh->is_subshell;
}

/* poll, which at the prompt a signal ends whenever it comes. */
static int look_at(const struct shell *sh, struct pollfd *look, nfds_t count, int milliseconds)
{
    if (!at_prompt(sh)) {
        return poll(look, count, milliseconds);
    }
    const struct timespec limit = {.tv_nsec = milliseconds * 1000000L};
    sigset_t old;
    signals_block(&old);
    int n = trap_hangs_up(sh) ? -1 : ppoll(look, count, milliseconds < 0 ? NULL : &limit, &old);
    signals_unblock(&old);
    return n;
}

/* Until the descriptor is readable. False: the terminal is lost, and the shell is to end. */
static bool wait_readable(const struct shell *sh, int fd)
{
    struct pollfd look = {.fd = fd, .events = POLLIN};
    int n = -1;
    errno = EINTR;
    while (n < 0 && errno == EINTR && !trap_hangs_up(sh)) {
        n = look_at(sh, &look, 1, -1);
    }
    return n > 0;
}

void capture_finish(struct shell *sh, struct capture *capture)
{
    if (capture->read_end < 0) {
        return;
    }
    private_close(sh, &capture->write_end);
    while ((!at_prompt(sh) || wait_readable(sh, capture->read_end)) && capture_read(capture) > 0) {
    }
    private_close(sh, &capture->read_end);
}

/* Takes what is in the pipe without waiting for more. */
static void take_what_is_there(struct capture *capture)
{
    struct pollfd look = {.fd = capture->read_end, .events = POLLIN};
    while (poll(&look, 1, 0) == 1 && (look.revents & POLLIN) != 0 && capture_read(capture) > 0) {
    }
}

/* A descriptor that becomes readable when the child ends; -1 where the kernel has none. */
static int child_descriptor(pid_t pid)
{
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, pid, 0U);
#else
    (void)pid;
    return -1;
#endif
}

/* Reads while the child runs, then what it left. Without a descriptor of the child: looks at it
   every few milliseconds. */
static void capture_drain(const struct shell *sh, struct capture **captures, size_t count,
                          pid_t pid)
{
    int child = child_descriptor(pid);
    bool ended = false;
    while (!ended && !trap_hangs_up(sh)) {
        struct pollfd look[3];
        for (size_t i = 0; i < count; i++) {
            look[i] = (struct pollfd){.fd = captures[i]->read_end, .events = POLLIN};
        }
        look[count] = (struct pollfd){.fd = child, .events = POLLIN};
        int n = look_at(sh, look, child >= 0 ? count + 1 : count, child >= 0 ? -1 : 5);
        siginfo_t info = {0};
        ended = child >= 0 ? n > 0 && look[count].revents != 0
                           : waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
                                 info.si_pid == pid;
        for (size_t i = 0; i < count; i++) {
            if (n > 0 && (look[i].revents & POLLIN) != 0) {
                capture_read(captures[i]);
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        take_what_is_there(captures[i]);
    }
    fd_close(child);
}

/* The captures that children may be writing to now, at most two. */
static size_t active_captures(struct shell *sh, struct capture *found[2])
{
    size_t n = 0;
    for (int fd = 1; fd <= 2; fd++) {
        struct capture *c = capture_of(sh->captured[fd]);
        if (c != NULL && c->read_end >= 0 && (n == 0 || found[0] != c)) {
            found[n++] = c;
        }
    }
    return n;
}

/* At the prompt, and true: the terminal is lost before the child has ended. */
static bool hung_up_before(const struct shell *sh, pid_t pid)
{
    int child = at_prompt(sh) ? child_descriptor(pid) : -1;
    bool lost = child >= 0 ? !wait_readable(sh, child) : trap_hangs_up(sh);
    fd_close(child);
    return lost;
}

int foreground_wait(struct shell *sh, pid_t pid, bool last_act)
{
    struct capture *captures[2];
    size_t count = active_captures(sh, captures);
    if (count == 1 && last_act && sh->exec->level != NULL &&
        sh->exec->level->capture == captures[0]) {
        capture_finish(sh, captures[0]);
    } else if (count > 0) {
        capture_drain(sh, captures, count, pid);
    }
    struct child_change change = {0};
    if (hung_up_before(sh, pid)) {
        return 128 + SIGHUP;
    }
    if (!child_wait(pid, false, &change)) {
        return 127;
    }
    trap_after_child(sh, change.status);
    return status_of_wait(change.status);
}
