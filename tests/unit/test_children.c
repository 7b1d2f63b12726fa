/* test_children.c -- the ring, waiting by pid, and sleeping without a lost wake-up. */
#include "os/children.h"

#include "os/signals.h"
#include "os_tools.h"

enum { MANY = 5000 };

/* A child that ends with this status at once. */
static pid_t child_ending(int status)
{
    pid_t pid = fork();
    if (pid == 0) {
        _exit(status);
    }
    return pid;
}

static int status_of(pid_t pid)
{
    struct child_change change;
    return child_wait(pid, false, &change) && change.pid == pid ? change.status : -1;
}

CASE(waiting_by_pid_without_a_watch)
{
    signals_reset();
    pid_t first = child_ending(3);
    pid_t second = child_ending(4);
    MUST(status_of(second) == 4 << 8 && status_of(first) == 3 << 8);
    MUST(status_of(first) == -1 && status_of(1) == -1);
    MUST(children_deaths() == 2 && !children_watched() && childless());
    struct child_change change;
    MUST(!children_next(&change));
    return true;
}

CASE(the_ring_is_searched_and_keeps_its_order)
{
    pid_t pids[5];
    signals_reset();
    children_watch(false);
    for (int i = 0; i < 5; i++) {
        pids[i] = child_ending(i);
        while (children_deaths() != (unsigned long)i + 1) {
            nap();
        }
    }
    MUST(childless());
    MUST(status_of(pids[2]) == 2 << 8 && status_of(pids[0]) == 0 && status_of(pids[4]) == 4 << 8);
    MUST(status_of(pids[2]) == -1);
    struct child_change change;
    MUST(children_next(&change) && change.pid == pids[1] && change.status == 1 << 8);
    MUST(children_next(&change) && change.pid == pids[3] && change.status == 3 << 8);
    MUST(!children_next(&change) && children_deaths() == 5);
    return true;
}

CASE(those_that_ended_before_the_watch_are_found)
{
    signals_reset();
    pid_t pid = child_ending(9);
    await_state(pid, 'Z');
    children_watch(false);
    children_sleep();
    struct child_change change;
    MUST(children_next(&change) && change.pid == pid && change.status == 9 << 8);
    MUST(!children_next(&change) && childless());
    return true;
}

static int index_of(const pid_t *pids, pid_t pid)
{
    for (int i = 0; i < MANY; i++) {
        if (pids[i] == pid) {
            return i;
        }
    }
    return -1;
}

/* Every status comes exactly once, even when far more children end than the ring holds. */
CASE(an_overfull_ring_loses_nothing)
{
    static pid_t pids[MANY];
    static bool seen[MANY];
    int ends[2];
    signals_reset();
    children_watch(false);
    MUST(pipe(ends) == 0);
    for (int i = 0; i < MANY; i++) {
        pids[i] = fork();
        MUST(pids[i] >= 0);
        if (pids[i] == 0) {
            _exit(i % 251);
        }
    }
    /* All have ended: nobody holds the write end any more. */
    close(ends[1]);
    char byte;
    MUST(signals_wait_readable(ends[0], -1) == 0 && read(ends[0], &byte, 1) == 0);
    MUST(status_of(pids[MANY - 1]) == (MANY - 1) % 251 << 8);
    MUST(status_of(pids[17]) == 17 << 8);
    struct child_change change;
    int left = MANY - 2;
    while (left > 0) {
        if (!children_next(&change)) {
            children_sleep();
            continue;
        }
        int at = index_of(pids, change.pid);
        MUST(at >= 0 && !seen[at] && change.status == at % 251 << 8);
        seen[at] = true;
        left--;
    }
    MUST(!children_next(&change) && childless() && children_deaths() == MANY);
    return true;
}

CASE(stops_are_reported)
{
    struct child_change change;
    signals_reset();
    children_watch(true);
    pid_t other = child_ending(5);
    pid_t pid = fork();
    if (pid == 0) {
        for (;;) {
            raise(SIGSTOP);
        }
    }
    MUST(child_wait(pid, true, &change) && change.pid == pid && WIFSTOPPED(change.status));
    for (int i = 0; i < 1000; i++) {
        kill(pid, SIGCONT);
        MUST(child_wait(pid, true, &change) && change.pid == pid && WIFSTOPPED(change.status));
    }
    kill(pid, SIGKILL);
    MUST(status_of(pid) == SIGKILL && status_of(other) == 5 << 8);
    /* What the dead child did in its life is forgotten with it. */
    MUST(!children_next(&change) && childless());
    return true;
}

CASE(stops_and_continuations_come_through_the_ring)
{
    struct child_change change;
    signals_reset();
    children_watch(false);
    children_watch(true);
    children_watch(false);
    pid_t pid = fork();
    if (pid == 0) {
        for (;;) {
            raise(SIGSTOP);
        }
    }
    for (int i = 0; i < 100; i++) {
        while (!children_next(&change)) {
            children_sleep();
        }
        MUST(change.pid == pid && (WIFSTOPPED(change.status) || WIFCONTINUED(change.status)));
        if (WIFSTOPPED(change.status)) {
            kill(pid, SIGCONT);
        }
    }
    kill(pid, SIGKILL);
    MUST(status_of(pid) == SIGKILL);
    return true;
}

CASE(a_forked_child_starts_empty)
{
    signals_reset();
    children_watch(false);
    pid_t pid = child_ending(1);
    while (children_deaths() == 0) {
        nap();
    }
    struct launch launch;
    launch_init(&launch);
    pid_t sub = launch_fork(&launch);
    if (sub == 0) {
        struct child_change change;
        bool empty = !children_next(&change) && !children_watched() && children_deaths() == 0;
        pid_t own = child_ending(2);
        _exit(empty && status_of(own) == 2 << 8 && status_of(pid) == -1 ? 0 : 1);
    }
    MUST(status_of(sub) == 0 && status_of(pid) == 1 << 8);
    return true;
}

/* Each round hangs for ever if a wake-up is lost; the signal hits every point of the loop in turn.
 */
CASE(no_wake_up_is_lost)
{
    signals_reset();
    signal_set(SIGUSR1, SIGNAL_CATCH);
    int ends[2];
    int idle[2];
    MUST(pipe(ends) == 0 && pipe(idle) == 0);
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        char byte;
        close(ends[1]);
        while (read(ends[0], &byte, 1) == 1) {
            for (volatile int i = 0; i < byte * 40; i++) {
            }
            kill(parent, SIGUSR1);
        }
        _exit(0);
    }
    for (int i = 0; i < 20000; i++) {
        char byte = (char)(i % 64);
        MUST(write(ends[1], &byte, 1) == 1);
        children_sleep();
        MUST(signal_take(NULL) == SIGUSR1);
        MUST(write(ends[1], &byte, 1) == 1);
        MUST(signals_wait_readable(idle[0], -1) == EINTR);
        MUST(signal_take(NULL) == SIGUSR1);
    }
    close(ends[1]);
    MUST(status_of(pid) == 0);
    return true;
}

CASE(no_death_is_slept_through)
{
    signals_reset();
    children_watch(false);
    for (int i = 0; i < 2000; i++) {
        struct child_change change;
        pid_t pid = child_ending(i % 7);
        for (volatile int spin = 0; spin < i % 100 * 200; spin++) {
        }
        while (!children_next(&change)) {
            children_sleep();
        }
        MUST(change.pid == pid && change.status == i % 7 << 8);
    }
    return childless();
}
