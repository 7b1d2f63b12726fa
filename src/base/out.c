/* out.c -- gather what a built-in writes, and send it in few writes. */
#include "base/out.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { FLUSH_AT = 65536 };

/* Where new bytes gather; NULL when they are to be dropped. */
static struct buf *out_target(struct out *out)
{
    if (out->memory != NULL) {
        return out->memory;
    }
    return out->error == 0 ? &out->pending : NULL;
}

static void out_gathered(struct out *out)
{
    if (out->memory == NULL && out->pending.length >= FLUSH_AT) {
        out_flush(out);
    }
}

void out_add(struct out *out, const char *bytes, size_t length)
{
    struct buf *target = out_target(out);

    if (target == NULL) {
        return;
    }
    if (out->memory == NULL && length >= FLUSH_AT) { /* no use copying it first */
        if (out_flush(out)) {
            out->error = out_write_all(out->fd, bytes, length);
        }
        return;
    }
    buf_add(target, bytes, length);
    out_gathered(out);
}

void out_puts(struct out *out, const char *text)
{
    out_add(out, text, strlen(text));
}

void out_putc(struct out *out, char byte)
{
    struct buf *target = out_target(out);

    if (target != NULL) {
        buf_putc(target, byte);
        out_gathered(out);
    }
}

void out_addf(struct out *out, const char *format, ...)
{
    struct buf *target = out_target(out);
    va_list args;

    if (target != NULL) {
        va_start(args, format);
        buf_vaddf(target, format, args);
        va_end(args);
        out_gathered(out);
    }
}

bool out_flush(struct out *out)
{
    if (out->memory != NULL) {
        return true;
    }
    if (out->error == 0 && out->pending.length > 0) {
        out->error = out_write_all(out->fd, out->pending.data, out->pending.length);
    }
    out->pending.length = 0;
    return out->error == 0;
}

void out_free(struct out *out)
{
    buf_free(&out->pending);
}

/* A failed write: 0 when it is to be tried again (now, or after a wait), else its errno. */
static int write_failed(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLOUT};

    if (errno == EINTR) {
        return 0;
    }
    if (errno != EAGAIN) {
        return errno;
    }
    /* Others may have made our terminal or pipe non-blocking; output is not lost for that. */
    return poll(&ready, 1, -1) < 0 && errno != EINTR ? errno : 0;
}

int out_write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);

        if (written == 0) {
            return EIO;
        }
        if (written < 0) {
            int error = write_failed(fd);

            if (error != 0) {
                return error;
            }
            continue;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}
