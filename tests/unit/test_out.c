/* test_out.c -- output of built-ins: gathering, errors, slow and non-blocking readers. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/out.h"

/* A pipe whose writing end belongs to an out. */
struct pipe_out {
    int reader;
    struct out out;
};

static struct pipe_out pipe_out_open(void)
{
    int ends[2];

    if (pipe(ends) < 0) {
        abort();
    }
    return (struct pipe_out){.reader = ends[0], .out = {.fd = ends[1]}};
}

static void pipe_out_close(struct pipe_out *p)
{
    close(p->out.fd);
    close(p->reader);
    out_free(&p->out);
}

TEST(bytes_gather_until_the_flush)
{
    struct pipe_out p = pipe_out_open();
    char got[100];

    out_puts(&p.out, "one ");
    out_putc(&p.out, '2');
    out_addf(&p.out, " %s %d", "three", 4);
    out_add(&p.out, "\0", 1);
    fcntl(p.reader, F_SETFL, O_NONBLOCK);
    CHECK_INT(read(p.reader, got, sizeof(got)), -1);
    CHECK(out_flush(&p.out));
    CHECK_BYTES(got, (size_t)read(p.reader, got, sizeof(got)), "one 2 three 4\0");
    CHECK(out_flush(&p.out));
    CHECK_INT(read(p.reader, got, sizeof(got)), -1);
    pipe_out_close(&p);
}

TEST(sixty_four_kib_leave_by_themselves)
{
    struct pipe_out p = pipe_out_open();

    for (int i = 0; i < 65535; i++) {
        out_putc(&p.out, 'x');
    }
    CHECK_INT(p.out.pending.length, 65535);
    out_putc(&p.out, 'x');
    CHECK_INT(p.out.pending.length, 0);
    CHECK_INT(p.out.error, 0);
    pipe_out_close(&p);
}

TEST(memory_takes_all_at_once_and_cannot_fail)
{
    struct buf memory = {0};
    struct out out = {.fd = -1, .memory = &memory};
    static char big[200000];

    out_puts(&out, "a");
    CHECK_INT(memory.length, 1);
    out_putc(&out, 'b');
    out_addf(&out, "%s", "c");
    CHECK_TEXT(buf_text(&memory), "abc");
    out_add(&out, big, sizeof(big));
    CHECK_INT(memory.length, 3 + sizeof(big));
    CHECK(out_flush(&out));
    CHECK_INT(out.pending.capacity, 0);
    buf_free(&memory);
    out_free(&out);
}

TEST(the_first_error_stays_and_later_output_is_dropped)
{
    struct out out = {.fd = open("/dev/full", O_WRONLY)};
    static char big[100000];

    out_puts(&out, "x");
    CHECK_INT(out.error, 0);
    CHECK(!out_flush(&out));
    CHECK_INT(out.error, ENOSPC);
    close(out.fd);
    out_puts(&out, "y");
    out_putc(&out, 'y');
    out_addf(&out, "%d", 1);
    out_add(&out, big, sizeof(big));
    CHECK_INT(out.pending.length, 0);
    CHECK(!out_flush(&out));
    CHECK_INT(out.error, ENOSPC);
    out_free(&out);
}

TEST(a_big_piece_keeps_its_place_and_reports)
{
    struct out full = {.fd = open("/dev/full", O_WRONLY)};
    struct out closed = {.fd = -1};
    static char big[100000];

    out_add(&full, big, sizeof(big));
    CHECK_INT(full.error, ENOSPC);
    out_puts(&closed, "x");
    out_add(&closed, big, sizeof(big));
    CHECK_INT(closed.error, EBADF);
    close(full.fd);
    out_free(&full);
    out_free(&closed);
}

static void on_alarm(int signal)
{
    (void)signal;
}

/* Reads slowly in a child, and exits with 0 when the bytes are i % 251 in order. */
static pid_t slow_reader(const struct pipe_out *p, size_t expected)
{
    pid_t pid = fork();

    if (pid == 0) {
        size_t total = 0;
        bool good = true;
        unsigned char got[30000];
        ssize_t size;

        close(p->out.fd);
        usleep(50000);
        while ((size = read(p->reader, got, sizeof(got))) > 0) {
            for (ssize_t i = 0; i < size; i++, total++) {
                good = good && got[i] == total % 251;
            }
            usleep(1000);
        }
        _exit(good && total == expected ? 0 : 1);
    }
    return pid;
}

static void send_to_slow_reader(struct pipe_out *p)
{
    size_t size = 1000003;
    int status = -1;
    pid_t pid = slow_reader(p, size);
    char *bytes = malloc(size);

    for (size_t i = 0; i < size; i++) {
        bytes[i] = (char)(i % 251);
    }
    out_add(&p->out, bytes, 10);
    out_add(&p->out, bytes + 10, size - 11);
    out_add(&p->out, bytes + size - 1, 1);
    CHECK(out_flush(&p->out));
    close(p->out.fd);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    CHECK_INT(status, 0);
    free(bytes);
}

TEST(a_full_non_blocking_pipe_is_waited_for)
{
    struct pipe_out p = pipe_out_open();

    fcntl(p.out.fd, F_SETFL, O_NONBLOCK);
    send_to_slow_reader(&p);
    close(p.reader);
    out_free(&p.out);
}

TEST(a_storm_of_signals_loses_nothing)
{
    for (int flags = 0; flags <= O_NONBLOCK; flags += O_NONBLOCK) {
        struct pipe_out p = pipe_out_open();
        struct sigaction action = {.sa_handler = on_alarm}; /* no SA_RESTART */
        pid_t parent = getpid();
        pid_t storm;

        sigaction(SIGUSR1, &action, NULL);
        fcntl(p.out.fd, F_SETFL, flags);
        storm = fork();
        if (storm == 0) {
            close(p.out.fd);
            close(p.reader);
            for (;;) {
                kill(parent, SIGUSR1);
                usleep(200);
            }
        }
        send_to_slow_reader(&p);
        kill(storm, SIGKILL);
        while (waitpid(storm, NULL, 0) < 0 && errno == EINTR) {
        }
        close(p.reader);
        out_free(&p.out);
        signal(SIGUSR1, SIG_DFL);
    }
}

TEST(a_reader_that_left_is_EPIPE_where_SIGPIPE_is_ignored)
{
    struct pipe_out p = pipe_out_open();

    signal(SIGPIPE, SIG_IGN);
    close(p.reader);
    out_puts(&p.out, "x");
    CHECK(!out_flush(&p.out));
    CHECK_INT(p.out.error, EPIPE);
    signal(SIGPIPE, SIG_DFL);
    pipe_out_close(&p);
}
