/* spool.c -- large texts that need not be resident. */
#include "os/spool.h"

#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/out.h"
#include "os/fd.h"

enum { PIECE = 1 << 20 };

bool spool_add(int *fd, const char *bytes, size_t length)
{
    if (*fd < 0) {
        int low = fd_memory(SIZE_MAX); /* nobody knows yet how much will come */
        *fd = low < 0 ? -1 : fd_raise(low);
    }
    return *fd >= 0 && out_write_all(*fd, bytes, length) == 0;
}

const char *spool_take(int *fd, size_t length)
{
    void *text = MAP_FAILED;
    if (ftruncate(*fd, (off_t)length + 1) == 0) { /* the NUL */
        text = mmap(NULL, length + 1, PROT_READ, MAP_SHARED, *fd, 0);
    }
    if (text == MAP_FAILED) {
        die("out of memory");
    }
    fd_close(*fd);
    *fd = -1;
    return text;
}

/* For calls that want it so, but change no byte. */
static void *address(const char *text)
{
    union {
        const char *text;
        void *base;
    } address = {.text = text};
    return address.base;
}

void spool_release(const char *text, size_t length)
{
    munmap(address(text), length + 1);
}

int spool_open(const char *text, size_t length)
{
    int fd = fd_memory(length);
    int error = fd < 0 ? errno : 0;
    for (size_t at = 0; error == 0 && at < length; at += PIECE) {
        size_t size = length - at < PIECE ? length - at : PIECE;
        error = out_write_all(fd, text + at, size);
        madvise(address(text + at), size, MADV_DONTNEED);
    }
    return fd_memory_filled(fd, error);
}
