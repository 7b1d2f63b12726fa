/* mem.c -- the one place that asks the system for heap memory. */
#include "base/mem.h"
#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static void *checked(void *memory)
{
    if (memory == NULL) {
        die("out of memory");
    }
    return memory;
}

/* realloc(p, 0) frees under some libcs, malloc(0) may be NULL: never ask for nothing. */
static size_t at_least_one(size_t size)
{
    return size + (size == 0);
}

void *mem_alloc(size_t size)
{
    return checked(malloc(at_least_one(size)));
}

void *mem_zero(size_t size)
{
    return checked(calloc(1, at_least_one(size)));
}

void *mem_resize(void *old, size_t size)
{
    return checked(realloc(old, at_least_one(size)));
}

char *mem_text(const char *text)
{
    return mem_text_n(text, strlen(text));
}

char *mem_text_n(const char *text, size_t length)
{
    char *copy = mem_alloc(length + 1);

    if (length > 0) {
        bytes_copy(copy, text, length);
    }
    copy[length] = '\0';
    return copy;
}

/* The bytes are only read, but struct iovec has no const. */
static struct iovec piece(const char *text)
{
    union {
        const char *text;
        void *base;
    } address = {.text = text};

    return (struct iovec){.iov_base = address.base, .iov_len = strlen(text)};
}

void die(const char *message)
{
    struct iovec line[] = {piece("swish: "), piece(message), piece("\n")};
    ssize_t written = writev(STDERR_FILENO, line, 3);

    (void)written; /* nobody is left to be told */
    _exit(2);
}
