/* test_terminal.c -- a pseudo-terminal of our own. */
#include "os/terminal.h"

#include <sys/ioctl.h>

#include "os/fd.h"
#include "os/signals.h"
#include "os_tools.h"

/* A session with a terminal on descriptors 0 to 2; the master side is returned, or -1. */
static int get_terminal(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (setsid() < 0 || master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
        return -1;
    }
    int slave = open(ptsname(master), O_RDWR);
    if (slave < 0 || ioctl(slave, TIOCSCTTY, 0) != 0) {
        return -1;
    }
    dup2(slave, 0);
    dup2(slave, 1);
    close(slave);
    return master;
}

/* Descriptor 2 stays where the messages go, so it is closed where it would not count. */
CASE(the_terminal_is_found)
{
    int master = get_terminal();
    MUST(master >= 0);
    int fd = terminal_open();
    MUST(fd >= FD_PRIVATE && fcntl(fd, F_GETFD) == FD_CLOEXEC);
    MUST(terminal_owner(fd) == getpgrp());
    close(0);
    close(1);
    int by_name = terminal_open();
    MUST(by_name >= FD_PRIVATE && terminal_owner(by_name) == getpgrp());
    return true;
}

CASE(no_terminal_is_an_error)
{
    MUST(setsid() > 0);
    MUST(terminal_open() == -1 && terminal_owner(0) == -1);
    int null = fd_open("/dev/null", O_RDONLY, 0);
    struct termios modes;
    MUST(!terminal_get_modes(null, &modes) && !terminal_give(null, getpgrp()));
    return true;
}

CASE(the_terminal_is_given_and_taken_back_without_stopping)
{
    signals_reset();
    MUST(get_terminal() >= 0);
    int fd = terminal_open();
    struct launch launch;
    struct child_change change;
    struct shell_words words;
    launch_shell(&launch, &words, "read x; exit 7");
    launch.group = 0;
    launch.terminal = fd;
    pid_t pid = launch_spawn(&launch);
    MUST(pid > 0 && terminal_owner(fd) == pid);
    struct termios modes;
    MUST(terminal_get_modes(fd, &modes));
    modes.c_lflag &= ~(tcflag_t)ECHO;
    MUST(terminal_set_modes(fd, &modes)); /* from the background */
    MUST(kill(pid, SIGKILL) == 0 && child_wait(pid, true, &change));
    MUST(WIFSIGNALED(change.status) && terminal_give(fd, getpgrp()));
    MUST(terminal_owner(fd) == getpgrp());
    MUST(terminal_get_modes(fd, &modes) && !(modes.c_lflag & ECHO));
    return true;
}

CASE(a_background_reader_stops)
{
    signals_reset();
    children_watch(true);
    MUST(get_terminal() >= 0);
    struct launch launch;
    struct child_change change;
    struct shell_words words;
    launch_shell(&launch, &words, "read x; exit 7");
    launch.group = 0;
    pid_t pid = launch_spawn(&launch);
    MUST(child_wait(pid, true, &change) && WIFSTOPPED(change.status));
    MUST(WSTOPSIG(change.status) == SIGTTIN);
    MUST(kill(-pid, SIGKILL) == 0 && child_wait(pid, true, &change));
    MUST(WIFSIGNALED(change.status) && childless());
    return true;
}

CASE(a_key_interrupts_as_the_kernel_does)
{
    signals_reset();
    signal_set(SIGINT, SIGNAL_CATCH);
    int master = get_terminal();
    MUST(master >= 0 && write(master, "\003", 1) == 1);
    children_sleep();
    bool kernel = false;
    MUST(signal_take(&kernel) == SIGINT && kernel);
    return true;
}
