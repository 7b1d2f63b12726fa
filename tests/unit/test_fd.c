/* test_fd.c -- descriptors of the shell's own. */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "os/fd.h"
#include "os/signals.h"
#include "os_tools.h"

static bool is_private(int fd)
{
    return fd >= FD_PRIVATE && fcntl(fd, F_GETFD) == FD_CLOEXEC;
}

CASE(opened_descriptors_are_private)
{
    size_t before = open_descriptors();
    int fd = fd_open("/dev/null", O_RDWR, 0);
    MUST(is_private(fd));
    int copy = fd_copy(fd);
    MUST(is_private(copy) && copy != fd);
    int low = open("/dev/null", O_RDONLY);
    MUST(low < FD_PRIVATE);
    int raised = fd_raise(low);
    MUST(is_private(raised) && fd_access(low) == -1);
    MUST(fd_raise(raised) == raised);
    int ends[2];
    MUST(fd_pipe(ends) && is_private(ends[0]) && is_private(ends[1]));
    MUST(fd_close(fd) && fd_close(copy) && fd_close(raised));
    MUST(fd_close(ends[0]) && fd_close(ends[1]));
    MUST(open_descriptors() == before);
    return true;
}

CASE(failures_are_told)
{
    MUST(fd_open("/nope", O_RDONLY, 0) == -1 && errno == ENOENT);
    MUST(fd_copy(77) == -1 && errno == EBADF);
    MUST(fd_raise(77) == -1 && errno == EBADF);
    MUST(!fd_move(77, 5) && errno == EBADF);
    MUST(!fd_move(77, 77) && errno == EBADF);
    MUST(!fd_close(77) && errno == EBADF);
    MUST(fd_close(-1));
    MUST(fd_access(77) == -1);
    return true;
}

CASE(closed_standard_descriptors_stay_closed)
{
    close(0);
    close(1);
    int fd = fd_open("/dev/null", O_RDONLY, 0);
    int ends[2];
    MUST(is_private(fd) && fd_pipe(ends));
    MUST(is_private(ends[0]) && is_private(ends[1]));
    MUST(fd_close(fd_from_text("x", 1))); /* at any number: the caller moves it on */
    MUST(fd_access(0) == -1 && fd_access(1) == -1);
    return true;
}

CASE(a_low_limit_takes_the_highest_free)
{
    for (int fd = 3; fd < 64; fd++) {
        close(fd);
    }
    MUST(setrlimit(RLIMIT_NOFILE, &(struct rlimit){10, 10}) == 0);
    close(0);
    for (int expected = 9; expected >= 3; expected--) {
        MUST(fd_open("/dev/null", O_RDONLY, 0) == expected);
        MUST(fcntl(expected, F_GETFD) == FD_CLOEXEC);
    }
    MUST(fd_open("/dev/null", O_RDONLY, 0) == -1 && errno == EMFILE);
    MUST(fd_copy(1) == -1 && errno == EMFILE);
    int ends[2];
    MUST(fd_close(5) && !fd_pipe(ends) && errno == EMFILE);
    MUST(fd_access(0) == -1 && fd_access(5) == -1);
    MUST(fd_close(4) && fd_pipe(ends));
    MUST(ends[0] + ends[1] == 9 && ends[0] >= 4 && ends[1] >= 4);
    MUST(fd_access(0) == -1);
    return true;
}

CASE(a_full_table_uses_what_is_below)
{
    for (int fd = 3; fd < 64; fd++) {
        close(fd);
    }
    MUST(setrlimit(RLIMIT_NOFILE, &(struct rlimit){14, 14}) == 0);
    for (int expected = 10; expected < 14; expected++) {
        MUST(fd_open("/dev/null", O_RDONLY, 0) == expected);
    }
    MUST(fd_open("/dev/null", O_RDONLY, 0) == 9);
    MUST(fd_open("/dev/null", O_RDONLY, 0) == 8);
    return true;
}

CASE(moves_are_for_the_user)
{
    int fd = fd_open("/dev/null", O_WRONLY, 0);
    MUST(fd_move(fd, 5) && fcntl(5, F_GETFD) == 0);
    MUST(fcntl(fd, F_GETFD) == FD_CLOEXEC);
    MUST(fd_move(fd, fd) && fcntl(fd, F_GETFD) == 0);
    MUST(fd_access(5) == O_WRONLY);
    return true;
}

static bool reads_back(size_t length, bool pipe_expected)
{
    char *text = malloc(length + 1);
    char *back = malloc(length + 1);
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)(i * 7 + i / 251);
    }
    int fd = fd_from_text(text, length);
    MUST(fcntl(fd, F_GETFD) == FD_CLOEXEC);
    struct stat status;
    MUST(fstat(fd, &status) == 0 && (S_ISFIFO(status.st_mode) != 0) == pipe_expected);
    MUST(write(fd, "x", 1) == -1);
    size_t got = 0;
    long count;
    while ((count = fd_read(fd, back + got, length + 1 - got)) > 0) {
        got += (size_t)count;
    }
    MUST(count == 0 && got == length && memcmp(text, back, length) == 0);
    free(text);
    free(back);
    return fd_close(fd);
}

CASE(texts_read_back)
{
    size_t before = open_descriptors();
    int ends[2];
    MUST(fd_pipe(ends));
    bool big_pipes = fcntl(ends[0], F_GETPIPE_SZ) >= 65536;
    MUST(fd_close(ends[0]) && fd_close(ends[1]));
    MUST(reads_back(0, true) && reads_back(1, true) && reads_back(4096, true));
    MUST(reads_back(4097, big_pipes) && reads_back(65536, big_pipes));
    MUST(reads_back(65537, false) && reads_back(3000001, false));
    MUST(open_descriptors() == before);
    return true;
}

/* In the child: sends that often to its parent, then returns to do the work that is waited for. */
static pid_t pester(int number, int times)
{
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        for (int i = 0; i < times && getppid() == parent; i++) {
            nap();
            kill(parent, number);
        }
    }
    return pid;
}

CASE(interrupted_calls_go_on)
{
    signals_reset();
    signal_set(SIGUSR1, SIGNAL_CATCH);
    int ends[2];
    MUST(pipe(ends) == 0);
    if (pester(SIGUSR1, 50) == 0) {
        _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
    }
    char byte = 0;
    MUST(fd_read(ends[0], &byte, 1) == 1 && byte == 'x');

    char name[64];
    snprintf(name, sizeof name, "/tmp/test_fd.%d", (int)getpid());
    MUST(mkfifo(name, 0600) == 0);
    if (pester(SIGUSR1, 50) == 0) {
        _exit(open(name, O_WRONLY) >= 0 ? 0 : 1);
    }
    int fd = fd_open(name, O_RDONLY, 0);
    unlink(name);
    MUST(is_private(fd) && signal_is_pending(SIGUSR1));
    return true;
}

CASE(an_interrupt_ends_a_blocking_open)
{
    signals_reset();
    signal_set(SIGINT, SIGNAL_CATCH);
    char name[64];
    snprintf(name, sizeof name, "/tmp/test_fd.%d", (int)getpid());
    MUST(mkfifo(name, 0600) == 0);
    pid_t pid = pester(SIGINT, 1000000);
    if (pid == 0) {
        _exit(0);
    }
    int fd = fd_open(name, O_RDONLY, 0);
    int error = errno;
    unlink(name);
    kill(pid, SIGKILL);
    MUST(fd == -1 && error == EINTR && signal_is_pending(SIGINT));
    return true;
}
