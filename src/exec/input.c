/* input.c -- what `read` takes from a descriptor: in large pieces where nobody can tell, else by
 * the byte. */
#include "exec/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "exec/exec.h"
#include "exec/private.h"
#include "os/children.h"
#include "os/fd.h"
#include "os/signals.h"
#include "state/shell.h"
#include "syntax/tree.h"

enum input_kind { INPUT_UNKNOWN, INPUT_FILE, INPUT_PIPE, INPUT_TERMINAL, INPUT_STREAM };
enum { CHUNK_LEAST = 512, CHUNK_MOST = 65536 };

struct input {
    struct input *next;
    int fd;
    enum input_kind kind;
    bool sole;       /* opened here, and nobody else shares the offset: bytes may stay buffered */
    size_t chunk;    /* next piece to read; doubles */
    struct buf data; /* a FILE's bytes that the kernel's offset is already behind; bytes that a PIPE
                        still holds */
    size_t at;
    int peek[2]; /* the pipe into which a PIPE is copied to be looked at */
    dev_t device;
    ino_t inode;
};

static struct input *find(const struct shell *sh, int fd)
{
    for (struct input *in = sh->exec->inputs; in != NULL; in = in->next) {
        if (in->fd == fd) {
            return in;
        }
    }
    return NULL;
}

static struct input *make(struct shell *sh, int fd)
{
    struct input *in = mem_zero(sizeof *in);
    in->fd = fd;
    in->chunk = CHUNK_LEAST;
    in->peek[0] = in->peek[1] = -1;
    in->next = sh->exec->inputs;
    sh->exec->inputs = in;
    return in;
}

/* The kernel's offset comes back to what the script has consumed. */
static void give_back(struct input *in)
{
    size_t left = in->data.length - in->at;
    if (in->kind == INPUT_PIPE) {
        in->kind = INPUT_STREAM; /* whoever takes from it now does not tell us how much */
    } else if (left > 0) {
        lseek(in->fd, -(off_t)left, SEEK_CUR);
    }
    in->data.length = 0;
    in->at = 0;
    in->chunk = CHUNK_LEAST;
}

static void drop(struct shell *sh, struct input *in)
{
    struct input **link = &sh->exec->inputs;
    while (*link != in) {
        link = &(*link)->next;
    }
    *link = in->next;
    private_close(sh, &in->peek[0]);
    private_close(sh, &in->peek[1]);
    buf_free(&in->data);
    mem_free(in);
}

void input_changed(struct shell *sh, int fd)
{
    struct input *in = find(sh, fd);
    if (in != NULL) {
        give_back(in);
        drop(sh, in);
    }
}

void input_shared(struct shell *sh, int fd)
{
    struct input *in = find(sh, fd);
    if (in != NULL) {
        give_back(in);
        in->sole = false;
    }
}

static void drop_same_file(struct shell *sh, int fd)
{
    struct stat info;
    if (sh->exec->inputs == NULL || fstat(fd, &info) != 0) {
        return;
    }
    for (struct input *in = sh->exec->inputs; in != NULL; in = in->next) {
        if (in->kind == INPUT_FILE && in->device == info.st_dev && in->inode == info.st_ino) {
            give_back(in);
        }
    }
}

void input_opened(struct shell *sh, int fd, int kind)
{
    if (kind == REDIRECT_IN) {
        make(sh, fd)->sole = true;
    } else {
        drop_same_file(sh, fd);
    }
}

void input_give_back(struct shell *sh)
{
    for (struct input *in = sh->exec->inputs; in != NULL; in = in->next) {
        give_back(in);
    }
}

void input_forked(struct shell *sh)
{
    for (struct input *in = sh->exec->inputs; in != NULL; in = in->next) {
        in->data.length = 0;
        in->at = 0;
        in->sole = false;
        in->kind = in->kind == INPUT_PIPE ? INPUT_STREAM : in->kind;
    }
}

void input_piped(struct shell *sh, int fd, const char *text, size_t length)
{
    struct input *in = make(sh, fd);
    in->kind = INPUT_PIPE;
    if (text != NULL) {
        buf_add(&in->data, text, length);
    }
}

void input_free(struct shell *sh)
{
    while (sh->exec->inputs != NULL) {
        give_back(sh->exec->inputs);
        drop(sh, sh->exec->inputs);
    }
}

/* ---- reading ---- */

static void classify(struct input *in)
{
    struct stat info = {0};
    in->kind = INPUT_STREAM;
    if (fstat(in->fd, &info) != 0) {
        return;
    }
    in->device = info.st_dev;
    in->inode = info.st_ino;
    if (S_ISREG(info.st_mode)) {
        in->kind = INPUT_FILE;
    } else if (S_ISCHR(info.st_mode) && isatty(in->fd)) {
        in->kind = INPUT_TERMINAL;
    }
}

/* One `read` call. */
struct reading {
    struct shell *sh;
    struct input *in;
    char delimiter;
    size_t most;      /* bytes still wanted */
    int64_t deadline; /* milliseconds of CLOCK_MONOTONIC; -1: none */
    struct buf *line;
};

static int64_t milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool has_traps(const struct shell *sh)
{
    for (int i = 1; i < TRAPS; i++) {
        if (sh->exec->traps[i] != NULL) {
            return true;
        }
    }
    return sh->interactive;
}

/* Inside an inline body a trapped signal waits until the body ends. */
static bool interrupts(const struct shell *sh)
{
    return sh->mark == NULL || signal_is_pending(SIGINT);
}

/* An untrapped Ctrl-C does not wait for the end of what is there: /dev/zero has none. */
static bool is_interrupted(const struct shell *sh)
{
    return signal_is_pending(SIGINT) && sh->exec->traps[SIGINT] == NULL;
}

/* Waits for bytes without losing a signal: 0, EINTR, ETIMEDOUT or another errno. */
static int wait_for_bytes(const struct reading *r)
{
    bool in_mark = r->sh->mark != NULL; /* trapped signals wait: a plain read will do */
    if (is_interrupted(r->sh)) {
        return EINTR;
    }
    if (r->deadline < 0 && (in_mark || !has_traps(r->sh))) {
        return 0;
    }
    long left = -1;
    if (r->deadline >= 0) {
        int64_t now = milliseconds_now();
        left = r->deadline > now ? (long)(r->deadline - now) : 0;
    }
    if (!in_mark) {
        return signals_wait_readable(r->in->fd, left);
    }
    struct pollfd look = {.fd = r->in->fd, .events = POLLIN};
    int n = poll(&look, 1, (int)left);
    return n > 0 ? 0 : n == 0 ? ETIMEDOUT : errno == EINTR && !interrupts(r->sh) ? EAGAIN : errno;
}

/* read(2) that comes back for a trapped signal only, and only where it would block. -1 and errno.
 */
static long read_some(const struct reading *r, char *room, size_t size)
{
    for (;;) {
        int error = r->in->kind == INPUT_FILE ? 0 : wait_for_bytes(r);
        if (error == EAGAIN) {
            continue;
        }
        if (error != 0) {
            errno = error;
            return -1;
        }
        ssize_t n = read(r->in->fd, room, size);
        if (n < 0 && errno == EINTR && !(signal_any_pending() && interrupts(r->sh))) {
            continue;
        }
        return n;
    }
}

static enum input_result failure(void)
{
    return errno == EINTR ? INPUT_TRAP : errno == ETIMEDOUT ? INPUT_TIME : INPUT_ERROR;
}

/* Moves what belongs to the line from the buffer; true when the line is complete. */
static bool take_buffered(struct reading *r)
{
    struct input *in = r->in;
    size_t have = in->data.length - in->at;
    have = have > r->most ? r->most : have;
    const char *from = in->data.data + in->at;
    const char *end = have == 0 ? NULL : memchr(from, r->delimiter, have);
    size_t used = end == NULL ? have : (size_t)(end - from);
    buf_add(r->line, from, used);
    r->most -= used;
    in->at += used + (end != NULL);
    return end != NULL || r->most == 0;
}

static enum input_result line_of_file(struct reading *r)
{
    struct input *in = r->in;
    for (;;) {
        if (in->at < in->data.length && take_buffered(r)) {
            break;
        }
        in->at = 0;
        in->data.length = 0;
        char *room = buf_reserve(&in->data, in->chunk);
        long n = read_some(r, room, in->chunk);
        if (n <= 0) {
            return n == 0 ? INPUT_END : failure();
        }
        in->data.length = (size_t)n;
        in->chunk = in->chunk < CHUNK_MOST ? in->chunk * 2 : in->chunk;
    }
    if (!in->sole) {
        size_t chunk = in->chunk;
        give_back(in);
        in->chunk = chunk > 4 * (size_t)CHUNK_LEAST ? chunk / 2 : chunk;
    }
    return INPUT_LINE;
}

static enum input_result line_of_stream(struct reading *r)
{
    while (r->most > 0) {
        char byte = 0;
        long n = read_some(r, &byte, 1);
        if (n <= 0) {
            return n == 0 ? INPUT_END : failure();
        }
        if (byte == r->delimiter) {
            return INPUT_LINE;
        }
        buf_putc(r->line, byte);
        r->most--;
    }
    return INPUT_LINE;
}

/* Learns what the pipe holds next without taking it. False: that does not work here. */
static bool look(struct reading *r, long *count)
{
    struct input *in = r->in;
    if (in->peek[0] < 0) {
        if (!fd_pipe(in->peek)) {
            return false;
        }
        private_add(r->sh, &in->peek[0]);
        private_add(r->sh, &in->peek[1]);
    }
    long n = 0;
    do {
        int error = wait_for_bytes(r);
        errno = error;
        n = error == 0 ? tee(in->fd, in->peek[1], CHUNK_MOST, 0) : -1;
    } while (n < 0 &&
             (errno == EAGAIN || (errno == EINTR && !(signal_any_pending() && interrupts(r->sh)))));
    *count = n;
    if (n < 0) {
        return errno == EINTR || errno == ETIMEDOUT;
    }
    in->at = 0;
    in->data.length = 0;
    char *room = buf_reserve(&in->data, (size_t)n);
    while ((long)in->data.length < n) {
        long got = fd_read(in->peek[0], room + in->data.length, (size_t)n - in->data.length);
        if (got <= 0) {
            return false;
        }
        in->data.length += (size_t)got;
    }
    return true;
}

/* Takes from the pipe itself what was found to belong to the line. */
static bool take_known(struct reading *r, bool *complete)
{
    struct input *in = r->in;
    size_t have = in->data.length - in->at;
    have = have > r->most ? r->most : have;
    const char *from = in->data.data + in->at;
    const char *end = memchr(from, r->delimiter, have);
    size_t used = end == NULL ? have : (size_t)(end - from) + 1;
    char *room = buf_reserve(r->line, used);
    size_t done = 0;
    while (done < used) {
        long n = fd_read(in->fd, room + done, used - done);
        if (n <= 0) {
            return false;
        }
        done += (size_t)n;
    }
    in->at += used;
    used -= end != NULL;
    r->line->length += used;
    r->most -= used;
    *complete = end != NULL || r->most == 0;
    return true;
}

static enum input_result line_of_pipe(struct reading *r)
{
    struct input *in = r->in;
    for (bool complete = false; !complete;) {
        long n = 1;
        if (in->at == in->data.length && !look(r, &n)) {
            in->kind = INPUT_STREAM;
            return line_of_stream(r);
        }
        if (n <= 0) {
            return n == 0 ? INPUT_END : failure();
        }
        if (!take_known(r, &complete)) {
            return INPUT_ERROR;
        }
    }
    return INPUT_LINE;
}

enum input_result input_line(struct shell *sh, int fd, const struct input_limits *limits,
                             struct buf *line)
{
    struct input *in = find(sh, fd);
    if (in == NULL) {
        in = make(sh, fd);
    }
    if (in->kind == INPUT_UNKNOWN) {
        classify(in);
    }
    int64_t deadline = limits->milliseconds < 0 ? -1 : milliseconds_now() + limits->milliseconds;
    struct reading r = {.sh = sh,
                        .in = in,
                        .delimiter = limits->delimiter,
                        .most = limits->most,
                        .deadline = deadline,
                        .line = line};
    return in->kind == INPUT_FILE   ? line_of_file(&r)
           : in->kind == INPUT_PIPE ? line_of_pipe(&r)
                                    : line_of_stream(&r);
}
