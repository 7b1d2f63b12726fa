/* launch.c -- makes children and replays in them what their struct launch says. */
#include "os/launch.h"

#include <errno.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#include "os/children.h"
#include "os/fd.h"
#include "os/signals.h"
#include "os/terminal.h"

enum { CHILD_STACK = 16384, NAPS = 11 };

#ifdef __SANITIZE_ADDRESS__
#define LAUNCH_SANITIZED 1
#endif
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define LAUNCH_SANITIZED 1
#endif
#endif

#ifdef LAUNCH_SANITIZED
#include <sanitizer/asan_interface.h>

/* The functions that the child was in never returned: their frames are still marked. */
static void forget_frames(const char *stack)
{
    ASAN_UNPOISON_MEMORY_REGION(stack, CHILD_STACK);
}
#else
static void forget_frames(const char *stack)
{
    (void)stack;
}
#endif

void launch_init(struct launch *launch)
{
    *launch =
        (struct launch){.group = LAUNCH_NO_GROUP, .terminal = LAUNCH_NO_TERMINAL, .failed_fd = -1};
    sigemptyset(&launch->ignore);
    sigemptyset(&launch->revert);
}

/* pid 0 is this process. */
static void enter_group(pid_t pid, pid_t group, int terminal)
{
    if (group == LAUNCH_NO_GROUP) {
        return;
    }
    if (group == 0) {
        group = pid != 0 ? pid : getpid();
    }
    /* Fails for the one of the two sides that comes after exec or after the end. */
    setpgid(pid, group);
    /* Only from the shell's own group: a job that was faster may have passed it on (a shell in it).
     */
    if (terminal != LAUNCH_NO_TERMINAL &&
        terminal_owner(terminal) == getpgid(pid != 0 ? 0 : getppid())) {
        terminal_give(terminal, group);
    }
}

/* Not through signals.c: its tables are the parent's while we share memory with it. */
static void set_dispositions(const sigset_t *set, void (*handler)(int))
{
    if (sigisemptyset(set)) {
        return;
    }
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    for (int number = 1; number < SIGNALS_MAX; number++) {
        if (sigismember(set, number) == 1) {
            sigaction(number, &action, NULL);
        }
    }
}

static bool make_move(const struct launch_move *move)
{
    if (move->from == LAUNCH_CLOSE) {
        close(move->to);
        return true;
    }
    return fd_move(move->from, move->to);
}

static bool make_moves(struct launch *launch)
{
    for (size_t i = 0; i < launch->move_count; i++) {
        if (!make_move(&launch->moves[i])) {
            launch->exec_error = errno;
            launch->failed_fd = launch->moves[i].to;
            return false;
        }
    }
    return true;
}

static void replay_and_exec(struct launch *launch)
{
    enter_group(0, launch->group, launch->terminal);
    set_dispositions(&launch->ignore, SIG_IGN);
    set_dispositions(&launch->revert, SIG_DFL);
    if (!make_moves(launch)) {
        return;
    }
    if (signals_child_ignored()) {
        struct sigaction action = {.sa_handler = SIG_IGN};
        sigaction(SIGCHLD, &action, NULL);
    }
    if (launch->stack != NULL) {
        setrlimit(RLIMIT_STACK, launch->stack);
    }
    execve(launch->path, launch->argv, launch->environment);
    launch->exec_error = errno;
}

static void forget_results(struct launch *launch)
{
    launch->exec_error = 0;
    launch->failed_fd = -1;
}

/* Runs in the parent's memory, on the stack below, and never returns. */
static int spawned(void *data)
{
    struct launch *launch = data;
    replay_and_exec(launch);
    bool absent = launch->exec_error == ENOENT || launch->exec_error == ENOTDIR;
    _exit(absent ? 127 : 126);
}

/* 1, 2, 4, ... 1024 ms: about two seconds in all. True: it is worth another try. */
static bool nap_after(int error, int *naps)
{
    if (error != EAGAIN || *naps >= NAPS) {
        errno = error;
        return false;
    }
    long milliseconds = 1L << (*naps)++;
    struct timespec nap = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    nanosleep(&nap, NULL);
    return true;
}

pid_t launch_spawn(struct launch *launch)
{
    _Alignas(16) char stack[CHILD_STACK];
    /* The child may lower the stack limit, after which the kernel would not let this area grow. */
    *(volatile char *)stack = 0;
    forget_results(launch);
    pid_t pid;
    int naps = 0;
    signals_launching(true);
    do {
        pid = clone(spawned, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, launch);
    } while (pid < 0 && nap_after(errno, &naps));
    signals_launching(false);
    forget_frames(stack);
    if (pid > 0 && launch->exec_error != 0) {
        struct child_change change;
        child_wait(pid, false, &change);
        return 0;
    }
    return pid;
}

/* With a lowered limit the stack cannot grow: so it has to be there before. */
static __attribute__((noinline)) void reserve_stack(void)
{
    volatile char room[CHILD_STACK];
    room[0] = 0;
    (void)room[0];
}

void launch_exec(struct launch *launch)
{
    struct rlimit stack;
    forget_results(launch);
    reserve_stack();
    bool known = launch->stack != NULL && getrlimit(RLIMIT_STACK, &stack) == 0;
    replay_and_exec(launch);
    /* An interactive shell goes on after this. */
    if (known) {
        setrlimit(RLIMIT_STACK, &stack);
    }
    set_dispositions(&launch->revert, SIG_IGN);
    signals_child_restore();
}

static void set_actions(const sigset_t *set, enum signal_action action)
{
    for (int number = 1; !sigisemptyset(set) && number < SIGNALS_MAX; number++) {
        if (sigismember(set, number) == 1) {
            signal_set(number, action);
        }
    }
}

static void go_on_as_child(struct launch *launch)
{
    signals_reset();
    children_reset();
    enter_group(0, launch->group, launch->terminal);
    set_actions(&launch->ignore, SIGNAL_IGNORE);
    set_actions(&launch->revert, SIGNAL_DEFAULT);
    make_moves(launch);
}

pid_t launch_fork(struct launch *launch)
{
    forget_results(launch);
    sigset_t old;
    pid_t pid;
    int naps = 0;
    signals_block(&old);
    /* What this shell ignores for itself must not be lost in the child, either. */
    sigprocmask(SIG_BLOCK, &launch->revert, NULL);
    do {
        pid = fork();
    } while (pid < 0 && nap_after(errno, &naps));
    int error = errno;
    if (pid == 0) {
        go_on_as_child(launch);
    } else if (pid > 0) {
        enter_group(pid, launch->group, launch->terminal);
    }
    signals_unblock(&old);
    errno = error;
    return pid;
}
