/* out.h -- where a built-in writes: a descriptor, or memory (a captured substitution). */
#ifndef SWISH_BASE_OUT_H
#define SWISH_BASE_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Bytes gather in `pending` and leave in one write at the flush (or when 64 KiB have gathered).
   With `memory` set they go straight there and no write can fail. */
struct out {
    int fd;
    int error; /* errno of the first failed write; later output is dropped */
    struct buf *memory;
    struct buf pending;
};

void out_add(struct out *out, const char *bytes, size_t length);
void out_puts(struct out *out, const char *text);
void out_putc(struct out *out, char byte);
void out_addf(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes what is pending; false when this or an earlier write failed (`error` says why). */
bool out_flush(struct out *out);

/* Frees the memory of `pending` and what is still in it. */
void out_free(struct out *out);

/* Writes all bytes to the descriptor, retrying EINTR and short writes and waiting for a
   non-blocking one; 0 or an errno. */
int out_write_all(int fd, const char *bytes, size_t length);

#endif
