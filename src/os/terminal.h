/* terminal.h -- who owns the terminal, and its modes (XBD 11). */
#ifndef SWISH_OS_TERMINAL_H
#define SWISH_OS_TERMINAL_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

/* A private descriptor of the controlling terminal (from 2, 0, 1 or /dev/tty), or -1. */
int terminal_open(void);

/* Foreground group, or -1. */
pid_t terminal_owner(int fd);

/* Makes `group` the foreground group, with SIGTTOU blocked for the call. False and errno. */
bool terminal_give(int fd, pid_t group);

bool terminal_get_modes(int fd, struct termios *modes);
bool terminal_set_modes(int fd, const struct termios *modes);

#endif
