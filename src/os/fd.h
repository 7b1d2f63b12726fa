/* fd.h -- descriptors: ours are CLOEXEC and out of the user's way. */
#ifndef SWISH_OS_FD_H
#define SWISH_OS_FD_H

#include <stdbool.h>
#include <stddef.h>

/* Lowest number of a descriptor of ours; where the limit forbids it: the highest free one below. */
enum { FD_PRIVATE = 10 };

/* open(2) with O_CLOEXEC, result moved to FD_PRIVATE or above. -1 and errno on failure. EINTR is
   retried unless a caught SIGINT is pending: Ctrl-C ends the opening of a FIFO. `mode` as for
   O_CREAT. */
int fd_open(const char *path, int flags, int mode);

/* The same, at the lowest free number: for a target that is moved to its place at once. */
int fd_open_low(const char *path, int flags, int mode);

/* Moves a descriptor of ours to FD_PRIVATE or above (CLOEXEC) and closes the old one. -1 and errno
   (the old one closed) on failure. */
int fd_raise(int fd);

/* A CLOEXEC copy at FD_PRIVATE or above. -1 and errno (EBADF: fd is not open). */
int fd_copy(int fd);

/* Both ends private and CLOEXEC. False and errno on failure, nothing open then. */
bool fd_pipe(int ends[2]);

/* dup2 with EINTR and EBUSY retried; the copy is not CLOEXEC. from == to clears CLOEXEC. False and
   errno on failure. */
bool fd_move(int from, int to);

/* close(2); never retried. Accepts -1. False and errno on failure (EIO and the like). */
bool fd_close(int fd);

/* O_ACCMODE of an open descriptor, or -1. */
int fd_access(int fd);

/* Reads up to `size` bytes, EINTR retried. -1 and errno on failure, 0 at the end. */
long fd_read(int fd, void *room, size_t size);

/* A read-only CLOEXEC descriptor, at any number, whose content is the text: a pipe when it fits (at
   most 4096 bytes, or what F_GETPIPE_SZ says), else a memfd rewound to its start. Never a file with
   a name. -1 and errno. */
int fd_from_text(const char *text, size_t length);

/* May a file be so large (ulimit -f)? A write beyond it would end the shell (SIGXFSZ). */
bool fd_size_allowed(size_t most);

/* Memory without a name, for at most so many bytes, to be written to, and what is in it then:
   rewound and sealed. With an `error` (an errno) it is closed instead. -1 and errno. */
int fd_memory(size_t most);
int fd_memory_filled(int fd, int error);

#endif
