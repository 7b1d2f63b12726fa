/* fd.c -- descriptors of the shell's own: CLOEXEC, and out of the user's way. */
#include "os/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/out.h"
#include "os/signals.h"

enum { LOWEST_OURS = 3, PIPE_ALWAYS_HOLDS = 4096, PIPE_AT_MOST = 65536 };

/* musl's fcntl and open set CLOEXEC once more, for kernels of 2008: one system call too many. */
#ifdef SYS_fcntl64
enum { SYSTEM_FCNTL = SYS_fcntl64 };
#else
enum { SYSTEM_FCNTL = SYS_fcntl };
#endif

static int copy_from(int fd, int least)
{
    return (int)syscall(SYSTEM_FCNTL, fd, F_DUPFD_CLOEXEC, least);
}

static bool is_free(int fd)
{
    return fcntl(fd, F_GETFD) < 0;
}

/* The limit forbids FD_PRIVATE: a copy at the highest free number. Stops above `floor`; -1 then. */
static int copy_high(int fd, int floor)
{
    struct rlimit limit;
    int top = FD_PRIVATE;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < FD_PRIVATE) {
        top = (int)limit.rlim_cur;
    }
    for (int n = top - 1; n > floor; n--) {
        if (is_free(n)) {
            return copy_from(fd, n);
        }
    }
    errno = EMFILE;
    return -1;
}

int fd_copy(int fd)
{
    int copy = copy_from(fd, FD_PRIVATE);
    if (copy < 0 && (errno == EINVAL || errno == EMFILE)) {
        copy = copy_high(fd, LOWEST_OURS - 1);
    }
    return copy;
}

static int close_failed(int fd)
{
    int saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

/* `fd` is CLOEXEC and below FD_PRIVATE. */
static int raise_low(int fd)
{
    int copy = copy_from(fd, FD_PRIVATE);
    if (copy < 0 && (errno == EINVAL || errno == EMFILE)) {
        bool may_stay = fd >= LOWEST_OURS;
        copy = copy_high(fd, may_stay ? fd : LOWEST_OURS - 1);
        if (copy < 0 && may_stay) {
            return fd;
        }
    }
    if (copy < 0) {
        return close_failed(fd);
    }
    close(fd);
    return copy;
}

int fd_raise(int fd)
{
    int raised = fd >= FD_PRIVATE ? fd : raise_low(fd);
    if (raised == fd && fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
        return -1;
    }
    return raised;
}

/* A trap does not end a blocking open, but an interrupt from the keyboard must. */
int fd_open_low(const char *path, int flags, int mode)
{
    int fd;
    do {
        fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC | O_LARGEFILE, mode);
    } while (fd < 0 && errno == EINTR && !signal_is_pending(SIGINT));
    return fd;
}

int fd_open(const char *path, int flags, int mode)
{
    int fd = fd_open_low(path, flags, mode);
    return fd < 0 || fd >= FD_PRIVATE ? fd : raise_low(fd);
}

bool fd_pipe(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        if (ends[i] < FD_PRIVATE) {
            ends[i] = raise_low(ends[i]);
        }
        if (ends[i] < 0) {
            close_failed(ends[1 - i]);
            return false;
        }
    }
    return true;
}

bool fd_move(int from, int to)
{
    int result;
    do {
        result = from == to ? fcntl(to, F_SETFD, 0) : dup2(from, to);
    } while (result < 0 && (errno == EINTR || errno == EBUSY));
    return result >= 0;
}

bool fd_close(int fd)
{
    /* After EINTR the number is free on Linux; a second close could hit another descriptor. */
    return fd < 0 || close(fd) == 0 || errno == EINTR;
}

int fd_access(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 ? -1 : flags & O_ACCMODE;
}

long fd_read(int fd, void *room, size_t size)
{
    ssize_t count;
    do {
        count = read(fd, room, size);
    } while (count < 0 && errno == EINTR);
    return count;
}

static bool fits(int pipe_end, size_t length)
{
    if (length <= PIPE_ALWAYS_HOLDS) {
        return true;
    }
    int size = fcntl(pipe_end, F_GETPIPE_SZ);
    return size > 0 && length <= (size_t)size;
}

/* -1 with errno 0: the text does not fit. */
static int pipe_from_text(const char *text, size_t length)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return -1;
    }
    int error = fits(ends[1], length) ? out_write_all(ends[1], text, length) : -1;
    close(ends[1]);
    if (error == 0) {
        return ends[0];
    }
    close(ends[0]);
    errno = error > 0 ? error : 0;
    return -1;
}

bool fd_size_allowed(size_t most)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 && most <= limit.rlim_cur;
}

/* The limit holds for memory, too. */
int fd_memory(size_t most)
{
    if (!fd_size_allowed(most)) {
        errno = EFBIG;
        return -1;
    }
    return memfd_create("here-document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

int fd_memory_filled(int fd, int error)
{
    if (error == 0 && lseek(fd, 0, SEEK_SET) < 0) {
        error = errno;
    }
    if (error != 0) {
        fd_close(fd);
        errno = error;
        return -1;
    }
    /* The reader must not write into it; a kernel that cannot promise that is no reason to fail. */
    fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
    return fd;
}

int fd_from_text(const char *text, size_t length)
{
    if (length <= PIPE_AT_MOST) {
        int fd = pipe_from_text(text, length);
        if (fd >= 0 || errno != 0) {
            return fd;
        }
    }
    int fd = fd_memory(length);
    return fd < 0 ? -1 : fd_memory_filled(fd, out_write_all(fd, text, length));
}
