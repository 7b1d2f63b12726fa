/* terminal.c -- who owns the terminal, and its modes. */
#include "os/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "os/fd.h"
#include "os/signals.h"

int terminal_open(void)
{
    static const int candidates[] = {2, 0, 1};
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        /* Fails on anything but the controlling terminal, also on other people's terminals. */
        if (tcgetpgrp(candidates[i]) >= 0) {
            return fd_copy(candidates[i]);
        }
    }
    return fd_open("/dev/tty", O_RDWR, 0);
}

pid_t terminal_owner(int fd)
{
    return tcgetpgrp(fd);
}

bool terminal_give(int fd, pid_t group)
{
    sigset_t old;
    int result;
    signal_block(SIGTTOU, &old); /* from a background group it would stop us instead */
    do {
        result = tcsetpgrp(fd, group);
    } while (result < 0 && errno == EINTR);
    signals_unblock(&old);
    return result == 0;
}

bool terminal_get_modes(int fd, struct termios *modes)
{
    return tcgetattr(fd, modes) == 0;
}

bool terminal_set_modes(int fd, const struct termios *modes)
{
    sigset_t old;
    int result;
    signal_block(SIGTTOU, &old);
    do {
        result = tcsetattr(fd, TCSADRAIN, modes);
    } while (result < 0 && errno == EINTR);
    signals_unblock(&old);
    return result == 0;
}
