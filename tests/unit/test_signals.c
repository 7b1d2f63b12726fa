/* test_signals.c -- dispositions, flags, names. */
#include "os/signals.h"

#include <sys/time.h>

#include "os/children.h"
#include "os_tools.h"

static bool is_installed(int number, void (*handler)(int))
{
    struct sigaction now;
    return sigaction(number, NULL, &now) == 0 && !(now.sa_flags & SA_SIGINFO) &&
           now.sa_handler == handler;
}

static bool has_handler(int number)
{
    struct sigaction now;
    return sigaction(number, NULL, &now) == 0 && (now.sa_flags & SA_SIGINFO);
}

CASE(names_and_numbers)
{
    char room[32];
    MUST(strcmp(signal_name(SIGINT, room), "INT") == 0);
    MUST(strcmp(signal_name(SIGCHLD, room), "CHLD") == 0);
    MUST(strcmp(signal_name(34, room), "RTMIN") == 0);
    MUST(strcmp(signal_name(35, room), "RTMIN+1") == 0);
    MUST(strcmp(signal_name(63, room), "RTMAX-1") == 0);
    MUST(strcmp(signal_name(64, room), "RTMAX") == 0);
    MUST(signal_name(0, room) == NULL && signal_name(65, room) == NULL);
    MUST(signal_name(-1, room) == NULL);
    MUST(signal_number("term") == SIGTERM && signal_number("SIGTERM") == SIGTERM);
    MUST(signal_number("sigTerm") == SIGTERM && signal_number("15") == SIGTERM);
    MUST(signal_number("0") == 0 && signal_number("EXIT") == 0 && signal_number("exit") == 0);
    MUST(signal_number("64") == 64 && signal_number("65") == -1 && signal_number("-1") == -1);
    MUST(signal_number("") == -1 && signal_number("SIG") == -1 && signal_number("TER") == -1);
    MUST(signal_number("TERMX") == -1 && signal_number(" 15") == -1 && signal_number("1x") == -1);
    MUST(signal_number("RTMIN") == 34 && signal_number("SIGRTMIN+2") == 36);
    MUST(signal_number("rtmax-1") == 63 && signal_number("RTMAX") == 64);
    MUST(signal_number("RTMIN-1") == -1 && signal_number("RTMIN+31") == -1);
    MUST(signal_number("RTMIN+") == -1 && signal_number("CLD") == SIGCHLD);
    for (int number = 1; number < SIGNALS_MAX; number++) {
        const char *name = signal_name(number, room);
        MUST(name == NULL || signal_number(name) == number);
    }
    MUST(strcmp(signal_text(SIGTERM, room), "Terminated") == 0);
    MUST(strcmp(signal_text(SIGSEGV, room), "Segmentation fault") == 0);
    MUST(strcmp(signal_text(SIGKILL, room), "Killed") == 0);
    MUST(strcmp(signal_text(36, room), "Real-time signal 2") == 0);
    MUST(strcmp(signal_text(99, room), "Signal 99") == 0);
    return true;
}

CASE(entry_is_remembered)
{
    signal(SIGUSR2, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signals_reset();
    MUST(signal_ignored_on_entry(SIGUSR2) && !signal_ignored_on_entry(SIGUSR1));
    signal_set(SIGHUP, SIGNAL_CATCH);
    signal_set(SIGUSR2, SIGNAL_DEFAULT);
    signal_set(SIGUSR1, SIGNAL_IGNORE);
    MUST(signal_ignored_on_entry(SIGHUP) && signal_ignored_on_entry(SIGUSR2));
    MUST(!signal_ignored_on_entry(SIGUSR1));
    MUST(has_handler(SIGHUP) && is_installed(SIGUSR2, SIG_DFL) && is_installed(SIGUSR1, SIG_IGN));
    MUST(!signal_ignored_on_entry(0) && !signal_ignored_on_entry(65));
    return true;
}

CASE(flags_are_taken_lowest_first)
{
    signals_reset();
    signal_set(SIGTERM, SIGNAL_CATCH);
    signal_set(SIGUSR1, SIGNAL_CATCH);
    signal_set(SIGHUP, SIGNAL_CATCH);
    MUST(!signal_any_pending() && signal_take(NULL) == 0);
    raise(SIGTERM);
    raise(SIGUSR1);
    raise(SIGUSR1);
    MUST(signal_any_pending() && signal_is_pending(SIGUSR1) && !signal_is_pending(SIGHUP));
    MUST(signal_pending_except(SIGUSR1) && signal_pending_except(SIGTERM));
    bool from_terminal = true;
    MUST(signal_take(&from_terminal) == SIGUSR1 && !from_terminal);
    MUST(!signal_pending_except(SIGTERM));
    MUST(signal_take(&from_terminal) == SIGTERM && signal_take(NULL) == 0);
    raise(SIGHUP);
    signal_forget(SIGHUP);
    MUST(!signal_any_pending());
    signal_note(SIGHUP);
    MUST(signal_take(NULL) == SIGHUP && !signal_any_pending());
    signal_set(SIGUSR1, SIGNAL_IGNORE);
    raise(SIGUSR1);
    MUST(!signal_any_pending());
    return true;
}

CASE(the_last_real_time_signal_works)
{
    signals_reset();
    signal_set(64, SIGNAL_CATCH);
    raise(64);
    MUST(signal_is_pending(64) && signal_take(NULL) == 64);
    signal_set(SIGKILL, SIGNAL_CATCH);
    signal_set(0, SIGNAL_CATCH);
    signal_set(65, SIGNAL_CATCH);
    MUST(!signal_is_pending(0) && !signal_is_pending(65) && !signal_any_pending());
    return true;
}

CASE(signals_of_the_kernel_are_known)
{
    signals_reset();
    signal_set(SIGALRM, SIGNAL_CATCH);
    setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {.tv_usec = 1000}}, NULL);
    children_sleep();
    bool kernel = false;
    MUST(signal_take(&kernel) == SIGALRM && kernel);
    raise(SIGALRM);
    MUST(signal_take(&kernel) == SIGALRM && !kernel);
    return true;
}

CASE(a_swallowed_signal_leaves_no_flag)
{
    int ends[2];
    signals_reset();
    signal_set(SIGPIPE, SIGNAL_SWALLOW);
    MUST(pipe(ends) == 0 && close(ends[0]) == 0);
    MUST(write(ends[1], "x", 1) == -1 && errno == EPIPE && !signal_any_pending());
    signal_set(SIGPIPE, SIGNAL_CATCH);
    MUST(write(ends[1], "x", 1) == -1 && errno == EPIPE && signal_take(NULL) == SIGPIPE);
    signal_set(SIGPIPE, SIGNAL_SWALLOW);
    MUST(write(ends[1], "x", 1) == -1 && errno == EPIPE && !signal_any_pending());
    return true;
}

CASE(a_reset_clears_flags_and_handlers)
{
    signals_reset();
    signal_set(SIGTERM, SIGNAL_CATCH);
    signal_set(SIGPIPE, SIGNAL_SWALLOW);
    signal_set(SIGCHLD, SIGNAL_CATCH);
    signal_set(SIGHUP, SIGNAL_IGNORE);
    raise(SIGTERM);
    raise(SIGCHLD);
    MUST(signal_is_pending(SIGTERM) && signal_is_pending(SIGCHLD));
    signals_reset();
    children_reset();
    MUST(!signal_any_pending() && is_installed(SIGTERM, SIG_DFL));
    MUST(is_installed(SIGPIPE, SIG_DFL) && is_installed(SIGCHLD, SIG_DFL));
    MUST(is_installed(SIGHUP, SIG_IGN));
    signal_set(SIGTERM, SIGNAL_CATCH);
    signal_set(SIGPIPE, SIGNAL_SWALLOW);
    signal_set(SIGCHLD, SIGNAL_CATCH);
    MUST(has_handler(SIGTERM) && has_handler(SIGPIPE) && has_handler(SIGCHLD));
    return true;
}

static bool status_of_dying(bool (*body)(void), int signal)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        body();
        _exit(0);
    }
    MUST(waitpid(pid, &status, 0) == pid);
    return WIFSIGNALED(status) && WTERMSIG(status) == signal;
}

static bool die_blocked_and_ignored(void)
{
    sigset_t all;
    signal_set(SIGTERM, SIGNAL_IGNORE);
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    signal_die(SIGTERM);
    return true;
}

static bool die_caught(void)
{
    signals_reset();
    signal_set(SIGINT, SIGNAL_CATCH);
    signal_die(SIGINT);
    return true;
}

CASE(dying_is_by_the_signal)
{
    signals_reset();
    MUST(status_of_dying(die_blocked_and_ignored, SIGTERM));
    MUST(status_of_dying(die_caught, SIGINT));
    signal_die(SIGURG); /* its default does nothing: we are still here */
    return true;
}

CASE(an_ignored_child_signal_loses_no_status)
{
    sigset_t only;
    sigset_t mask;
    sigemptyset(&only);
    sigaddset(&only, SIGCHLD);
    sigprocmask(SIG_BLOCK, &only, NULL);
    signal(SIGCHLD, SIG_IGN);
    signals_reset();
    MUST(signal_ignored_on_entry(SIGCHLD) && is_installed(SIGCHLD, SIG_DFL));
    MUST(sigprocmask(SIG_BLOCK, NULL, &mask) == 0 && !sigismember(&mask, SIGCHLD));
    MUST(ignored_in_child(SIGCHLD));
    children_watch(true);
    MUST(has_handler(SIGCHLD) && ignored_in_child(SIGCHLD));
    signal_set(SIGCHLD, SIGNAL_CATCH);
    MUST(!ignored_in_child(SIGCHLD));
    signal_set(SIGCHLD, SIGNAL_IGNORE);
    MUST(has_handler(SIGCHLD) && ignored_in_child(SIGCHLD));
    struct launch launch;
    struct shell_words words;
    launch_shell(&launch, &words, "");
    launch.path = "/nope";
    launch_exec(&launch);
    MUST(launch.exec_error == ENOENT && has_handler(SIGCHLD));
    signal_set(SIGCHLD, SIGNAL_DEFAULT);
    MUST(has_handler(SIGCHLD) && !ignored_in_child(SIGCHLD));
    return true;
}

CASE(blocked_signals_wait)
{
    sigset_t old;
    signals_reset();
    signal_set(SIGUSR1, SIGNAL_CATCH);
    signals_block(&old);
    raise(SIGUSR1);
    MUST(!signal_any_pending());
    signals_unblock(&old);
    MUST(signal_take(NULL) == SIGUSR1);
    return true;
}

CASE(waiting_for_input)
{
    int ends[2];
    signals_reset();
    children_watch(true);
    signal_set(SIGUSR1, SIGNAL_CATCH);
    MUST(pipe(ends) == 0);
    MUST(signals_wait_readable(ends[0], 0) == ETIMEDOUT);
    MUST(signals_wait_readable(ends[0], 20) == ETIMEDOUT);
    raise(SIGUSR1);
    MUST(signals_wait_readable(ends[0], -1) == EINTR && signal_take(NULL) == SIGUSR1);
    MUST(signals_wait_readable(77, -1) == EBADF);
    pid_t pid = fork();
    if (pid == 0) {
        for (int i = 0; i < 20; i++) {
            kill(getppid(), SIGCHLD);
            nap();
        }
        _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
    }
    MUST(signals_wait_readable(ends[0], -1) == 0);
    raise(SIGUSR1);
    MUST(signals_wait_readable(ends[0], -1) == 0 && signal_take(NULL) == SIGUSR1);
    close(ends[1]);
    char byte;
    MUST(read(ends[0], &byte, 1) == 1 && signals_wait_readable(ends[0], -1) == 0);
    MUST(read(ends[0], &byte, 1) == 0);
    return true;
}
