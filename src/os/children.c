/* children.c -- the ring of ended and stopped children. Owns writable statics. */
#include "os/children.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>

#include "os/signals.h"

enum { RING_SIZE = 1024, ASIDE_MOST = 8 };

/* The handler alone moves `tail`, the loop alone moves `head`; a slot whose pid is 0 was taken out
   of order. When the ring is full the kernel keeps the rest. */
static struct child_change ring[RING_SIZE];
static _Atomic unsigned head;
static _Atomic unsigned tail;
static _Atomic bool held; /* the handler leaves all to the kernel for now */
static _Atomic bool more; /* the kernel may have some for us although no SIGCHLD will come */

static _Atomic pid_t aside[ASIDE_MOST]; /* 0: free */

static bool watching;
static _Atomic bool watching_stops;

/* Two counters, each with one writer: the handler, and the loop. */
static _Atomic unsigned long collected_deaths;
static unsigned long waited_deaths;

static bool is_end(int status)
{
    return WIFEXITED(status) || WIFSIGNALED(status);
}

void children_hold(bool on)
{
    held = on;
}

/* The place of the pid, or NULL. */
static _Atomic pid_t *find_aside(pid_t pid)
{
    for (size_t i = 0; i < ASIDE_MOST; i++) {
        if (aside[i] == pid) {
            return &aside[i];
        }
    }
    return NULL;
}

bool children_may_set_aside(void)
{
    return find_aside(0) != NULL;
}

void children_set_aside(pid_t pid)
{
    _Atomic pid_t *place = find_aside(0);
    if (place != NULL) {
        *place = pid;
    }
}

void children_kill_aside(pid_t pid)
{
    sigset_t old;
    signal_block(SIGCHLD, &old); /* until it is reaped the number is its own */
    if (pid > 0 && find_aside(pid) != NULL) {
        kill(-pid, SIGKILL);
    }
    signals_unblock(&old);
}

bool children_collect(void)
{
    if (held) {
        more = true;
        return true;
    }
    bool own = false;
    bool others = false;
    unsigned at = atomic_load_explicit(&tail, memory_order_relaxed);
    int flags = WNOHANG | (watching_stops ? WUNTRACED | WCONTINUED : 0);
    while (at - atomic_load_explicit(&head, memory_order_acquire) < RING_SIZE) {
        struct child_change *slot = &ring[at % RING_SIZE];
        pid_t pid = wait4(-1, &slot->status, flags, &slot->usage);
        if (pid <= 0) {
            more = false;
            return others || !own;
        }
        _Atomic pid_t *place = find_aside(pid);
        if (place != NULL) {
            own = true;
            *place = is_end(slot->status) ? 0 : pid;
            continue;
        }
        others = true;
        slot->pid = pid;
        if (is_end(slot->status)) {
            collected_deaths++;
        }
        atomic_store_explicit(&tail, ++at, memory_order_release);
    }
    more = true;
    return true;
}

void children_watch(bool stops)
{
    if (watching && (watching_stops || !stops)) {
        return;
    }
    watching = true;
    if (stops) {
        watching_stops = true;
    }
    /* Those that ended before have sent their signal already. */
    more = true;
    signals_watch_children(watching_stops);
}

bool children_watched(void)
{
    return watching;
}

void children_reset(void)
{
    head = 0;
    tail = 0;
    held = false;
    more = false;
    watching = false;
    watching_stops = false;
    collected_deaths = 0;
    waited_deaths = 0;
    for (size_t i = 0; i < ASIDE_MOST; i++) {
        aside[i] = 0;
    }
}

unsigned long children_deaths(void)
{
    return collected_deaths + waited_deaths;
}

/* Steps over slots that were taken out of order; true when the ring has something at its head. */
static bool ring_ready(void)
{
    unsigned at = atomic_load_explicit(&head, memory_order_relaxed);
    unsigned end = atomic_load_explicit(&tail, memory_order_acquire);
    while (at != end && ring[at % RING_SIZE].pid == 0) {
        at++;
    }
    atomic_store_explicit(&head, at, memory_order_release);
    return at != end;
}

static bool ring_pop(struct child_change *change)
{
    if (!ring_ready()) {
        return false;
    }
    unsigned at = atomic_load_explicit(&head, memory_order_relaxed);
    *change = ring[at % RING_SIZE];
    atomic_store_explicit(&head, at + 1, memory_order_release);
    return true;
}

bool children_next(struct child_change *change)
{
    if (ring_pop(change)) {
        return true;
    }
    if (!more) {
        return false;
    }
    sigset_t old;
    signal_block(SIGCHLD, &old);
    children_collect();
    signals_unblock(&old);
    return ring_pop(change);
}

/* Takes this child's end, or with `stops` its first stop, out of the ring. */
static bool ring_take(pid_t pid, bool stops, struct child_change *change)
{
    unsigned end = atomic_load_explicit(&tail, memory_order_acquire);
    for (unsigned at = atomic_load_explicit(&head, memory_order_relaxed); at != end; at++) {
        struct child_change *slot = &ring[at % RING_SIZE];
        if (slot->pid == pid && (is_end(slot->status) || (stops && WIFSTOPPED(slot->status)))) {
            *change = *slot;
            slot->pid = 0;
            return true;
        }
    }
    return false;
}

/* What a child did before it ended is of no use after its end is known, and its number may come
   again. */
static void ring_forget_stops(pid_t pid)
{
    unsigned end = atomic_load_explicit(&tail, memory_order_acquire);
    for (unsigned at = atomic_load_explicit(&head, memory_order_relaxed); at != end; at++) {
        struct child_change *slot = &ring[at % RING_SIZE];
        if (slot->pid == pid && !is_end(slot->status)) {
            slot->pid = 0;
        }
    }
}

static bool wait_in_kernel(pid_t pid, bool stops, struct child_change *change)
{
    for (;;) {
        change->pid = wait4(pid, &change->status, stops ? WUNTRACED : 0, &change->usage);
        if (change->pid > 0) {
            if (is_end(change->status)) {
                waited_deaths++;
            }
            return true;
        }
        if (errno != EINTR) {
            return false;
        }
    }
}

/* The end of a child is always found: where the handler was faster, the kernel says ECHILD and the
   ring has it. A stop that the handler took leaves nothing in the kernel to wait for, so there the
   handler must not run between the look into the ring and the wait. */
bool child_wait(pid_t pid, bool stops, struct child_change *change)
{
    bool found;
    if (stops && watching) {
        sigset_t old;
        signal_block(SIGCHLD, &old);
        found = ring_take(pid, true, change) || wait_in_kernel(pid, true, change);
        signals_unblock(&old);
    } else {
        found = wait_in_kernel(pid, stops, change) || ring_take(pid, stops, change);
    }
    if (found && watching_stops && is_end(change->status)) {
        ring_forget_stops(pid);
    }
    return found;
}

void children_sleep(void)
{
    sigset_t old;
    signals_block(&old);
    if (!signal_any_pending() && !ring_ready() && !more) {
        sigsuspend(&old);
    }
    signals_unblock(&old);
}

static long now_in_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* One sleep, with the signals let in for just that long. */
static int poll_once(int fd, long milliseconds, const sigset_t *mask)
{
    struct pollfd item = {.fd = fd, .events = POLLIN};
    struct timespec limit = {.tv_sec = milliseconds / 1000,
                             .tv_nsec = milliseconds % 1000 * 1000000};
    int count = ppoll(&item, 1, milliseconds < 0 ? NULL : &limit, mask);
    if (count < 0) {
        return errno;
    }
    if (count == 0) {
        return ETIMEDOUT;
    }
    return item.revents & POLLNVAL ? EBADF : 0;
}

int signals_wait_readable(int fd, long milliseconds)
{
    int error = poll_once(fd, 0, NULL);
    if (error != ETIMEDOUT && error != EINTR) {
        return error; /* what is there is read, whatever is pending */
    }
    long end = milliseconds > 0 ? now_in_milliseconds() + milliseconds : 0;
    sigset_t old;
    signals_block(&old);
    do {
        error = signal_pending_except(SIGCHLD) ? EINTR : poll_once(fd, milliseconds, &old);
        if (milliseconds > 0) {
            long left = end - now_in_milliseconds();
            milliseconds = left > 0 ? left : 0;
        }
    } while (error == EINTR && !signal_pending_except(SIGCHLD));
    signals_unblock(&old);
    return error;
}
