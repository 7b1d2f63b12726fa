/* signals.c -- dispositions, and the flags that the handler sets. Owns writable statics. */
#include "os/signals.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "os/children.h"

enum { ENTRY_UNKNOWN, ENTRY_DEFAULT, ENTRY_IGNORED };
enum { WANTED_UNTOUCHED = 0 }; /* else 1 + enum signal_action */

/* One bit per signal, bit N - 1 for signal N. */
static _Atomic uint64_t caught;   /* a flag is to be set */
static _Atomic uint64_t pending;  /* the flags */
static _Atomic uint64_t terminal; /* pending ones that the kernel sent */
static uint64_t handled;          /* a handler of ours is installed */
static int child_flags;           /* sa_flags of SIGCHLD's */

static volatile sig_atomic_t launching;
static volatile pid_t shell_pid;
static volatile pid_t stops_late; /* a child that Ctrl-Z came to before its exec */

static uint8_t entry[SIGNALS_MAX];
static uint8_t wanted[SIGNALS_MAX];

static uint64_t bit(int number)
{
    return (uint64_t)1 << (number - 1);
}

static bool valid(int number)
{
    return number > 0 && number < SIGNALS_MAX;
}

void signal_die(int number)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    sigaction(number, &action, NULL);
    kill(getpid(), number);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
}

static void install_handler(int number, int flags);

/* Between clone and exec a child runs in our memory with our handlers: it may not touch our flags,
   and the signal was meant to have its default effect on it. But if it stopped, this process would
   wait for its exec for ever, and could not be stopped itself: so it stops as what it becomes. */
static void in_child(int number)
{
    if (number == SIGTSTP) {
        stops_late = getpid();
    } else {
        signal_die(number);
    }
}

static void stop_child(void)
{
    if (stops_late != 0) {
        kill(stops_late, SIGTSTP);
        stops_late = 0;
    }
}

/* The handler is there for such children only. */
static void stop(void)
{
    stop_child();
    signal_die(SIGTSTP);
    install_handler(SIGTSTP, SA_RESTART);
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    int saved = errno;
    uint64_t flags = atomic_load_explicit(&caught, memory_order_relaxed);
    (void)context;
    if (launching && getpid() != shell_pid) {
        in_child(number);
        errno = saved;
        return;
    }
    if (number == SIGCHLD && !children_collect()) {
        flags = 0;
    }
    if (number == SIGTSTP && !(flags & bit(number))) {
        stop();
    }
    if (flags & bit(number)) {
        if (info->si_code == SI_KERNEL) {
            atomic_fetch_or(&terminal, bit(number));
        }
        atomic_fetch_or(&pending, bit(number));
    }
    errno = saved;
}

static void look_at_entry(int number)
{
    struct sigaction old;
    if (entry[number] == ENTRY_UNKNOWN) {
        bool ignored = sigaction(number, NULL, &old) == 0 && !(old.sa_flags & SA_SIGINFO) &&
                       old.sa_handler == SIG_IGN;
        entry[number] = ignored ? ENTRY_IGNORED : ENTRY_DEFAULT;
    }
}

bool signal_ignored_on_entry(int number)
{
    if (!valid(number)) {
        return false;
    }
    look_at_entry(number);
    return entry[number] == ENTRY_IGNORED;
}

static void install_handler(int number, int flags)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | flags};
    sigemptyset(&action.sa_mask);
    if (sigaction(number, &action, NULL) == 0) {
        handled |= bit(number);
    }
}

static void install_plain(int number, bool ignore)
{
    struct sigaction action = {.sa_handler = ignore ? SIG_IGN : SIG_DFL};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
    handled &= ~bit(number);
}

static void set_caught(int number, bool on)
{
    if (on) {
        atomic_fetch_or(&caught, bit(number));
    } else {
        atomic_fetch_and(&caught, ~bit(number));
    }
}

/* An ignored SIGCHLD would lose every status, so the wish is only kept for our children. */
static void set_child_signal(enum signal_action action)
{
    set_caught(SIGCHLD, action == SIGNAL_CATCH);
    if (action == SIGNAL_CATCH || action == SIGNAL_SWALLOW) {
        children_watch(false);
    } else if (!children_watched()) {
        install_plain(SIGCHLD, false);
    }
}

static bool is_so_already(int number, enum signal_action action)
{
    if (wanted[number] == WANTED_UNTOUCHED) {
        enum signal_action now = entry[number] == ENTRY_IGNORED ? SIGNAL_IGNORE : SIGNAL_DEFAULT;
        return action == now;
    }
    return wanted[number] == 1 + action;
}

void signal_set(int number, enum signal_action action)
{
    if (!valid(number)) {
        return;
    }
    look_at_entry(number);
    if (is_so_already(number, action)) {
        return;
    }
    wanted[number] = (uint8_t)(1 + action);
    if (number == SIGCHLD) {
        set_child_signal(action);
        return;
    }
    switch (action) {
    case SIGNAL_DEFAULT:
    case SIGNAL_IGNORE:
        set_caught(number, false);
        install_plain(number, action == SIGNAL_IGNORE);
        break;
    case SIGNAL_CATCH:
    case SIGNAL_SWALLOW:
        set_caught(number, action == SIGNAL_CATCH);
        if (!(handled & bit(number)) || number == SIGTSTP) {
            install_handler(number, number == SIGPIPE ? SA_RESTART : 0);
        }
        break;
    }
}

void signals_watch_children(bool stops)
{
    look_at_entry(SIGCHLD);
    child_flags = SA_RESTART | (stops ? 0 : SA_NOCLDSTOP);
    install_handler(SIGCHLD, child_flags);
}

static bool is_ignored(int number)
{
    if (wanted[number] == WANTED_UNTOUCHED) {
        return entry[number] == ENTRY_IGNORED;
    }
    return wanted[number] == 1 + SIGNAL_IGNORE;
}

bool signals_child_ignored(void)
{
    return is_ignored(SIGCHLD);
}

void signals_child_restore(void)
{
    if (!signals_child_ignored()) {
        return;
    }
    if (handled & bit(SIGCHLD)) {
        install_handler(SIGCHLD, child_flags);
    } else {
        install_plain(SIGCHLD, false);
    }
}

void signals_launching(bool on)
{
    if (on && !(handled & bit(SIGTSTP))) {
        look_at_entry(SIGTSTP);
        if (!is_ignored(SIGTSTP)) {
            install_handler(SIGTSTP, SA_RESTART);
        }
    }
    launching = on;
    if (!on) {
        stop_child();
    }
}

bool signal_any_pending(void)
{
    return atomic_load_explicit(&pending, memory_order_relaxed) != 0;
}

int signal_take(bool *from_terminal)
{
    uint64_t now = atomic_load(&pending);
    if (now == 0) {
        return 0;
    }
    int number = __builtin_ctzll(now) + 1;
    atomic_fetch_and(&pending, ~bit(number));
    bool kernel = (atomic_fetch_and(&terminal, ~bit(number)) & bit(number)) != 0;
    if (from_terminal != NULL) {
        *from_terminal = kernel;
    }
    return number;
}

bool signal_is_pending(int number)
{
    return valid(number) && (atomic_load_explicit(&pending, memory_order_relaxed) & bit(number));
}

bool signal_pending_except(int number)
{
    return (atomic_load_explicit(&pending, memory_order_relaxed) & ~bit(number)) != 0;
}

void signal_forget(int number)
{
    if (valid(number)) {
        atomic_fetch_and(&pending, ~bit(number));
        atomic_fetch_and(&terminal, ~bit(number));
    }
}

void signal_note(int number)
{
    if (valid(number)) {
        atomic_fetch_or(&pending, bit(number));
    }
}

/* The first call of a process: CHLD may come blocked or ignored from a careless parent, and then no
   wait would ever see a status. */
static void start(void)
{
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, SIGCHLD);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    look_at_entry(SIGCHLD);
    if (entry[SIGCHLD] == ENTRY_IGNORED) {
        install_plain(SIGCHLD, false);
    }
}

void signals_reset(void)
{
    bool first = shell_pid == 0;
    shell_pid = getpid();
    launching = 0;
    if (first) {
        start();
    }
    while (handled != 0) {
        int number = __builtin_ctzll(handled) + 1;
        install_plain(number, false);
        if (wanted[number] != 1 + SIGNAL_IGNORE) {
            wanted[number] = 1 + SIGNAL_DEFAULT;
        }
    }
    atomic_store(&caught, 0);
    atomic_store(&pending, 0);
    atomic_store(&terminal, 0);
}

pid_t signals_pid(void)
{
    return shell_pid;
}

void signals_block(sigset_t *old)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    for (uint64_t rest = handled; rest != 0; rest &= rest - 1) {
        sigaddset(&set, __builtin_ctzll(rest) + 1);
    }
    sigprocmask(SIG_BLOCK, &set, old);
}

void signal_block(int number, sigset_t *old)
{
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    sigprocmask(SIG_BLOCK, &only, old);
}

void signals_unblock(const sigset_t *old)
{
    sigprocmask(SIG_SETMASK, old, NULL);
}
