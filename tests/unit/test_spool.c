/* test_spool.c -- large texts that need not be resident. */
#include <sys/resource.h>

#include "os/fd.h"
#include "os/spool.h"
#include "os_tools.h"

enum { LENGTH = 4 << 20 };

static size_t resident_pages(void)
{
    unsigned long size = 0;
    unsigned long resident = 0;
    FILE *from = fopen("/proc/self/statm", "r");
    MUST(from != NULL && fscanf(from, "%lu %lu", &size, &resident) == 2); // NOLINT(cert-err34-c)
    fclose(from);
    return resident;
}

/* LENGTH + 3 bytes, in pieces. */
static const char *spooled(void)
{
    int fd = -1;
    char piece[4096];
    memset(piece, 'x', sizeof piece);
    for (int i = 0; i < LENGTH; i += (int)sizeof piece) {
        MUST(spool_add(&fd, piece, sizeof piece));
    }
    MUST(spool_add(&fd, "end", 3) && fd >= FD_PRIVATE);
    const char *text = spool_take(&fd, LENGTH + 3);
    MUST(fd == -1);
    return text;
}

static void must_hold_all(int fd)
{
    char piece[4096];
    long n = 0;
    long sum = 0;
    MUST(fd >= 0 && write(fd, "x", 1) == -1);
    while ((n = fd_read(fd, piece, sizeof piece)) > 0) {
        sum += n;
        MUST(memcmp(piece, n == 3 ? "end" : "xxx", 3) == 0);
    }
    MUST(n == 0 && sum == LENGTH + 3 && fd_close(fd));
}

CASE(a_spooled_text_opens_again_and_again)
{
    size_t before = open_descriptors();
    const char *text = spooled();
    MUST(open_descriptors() == before);
    int first = spool_open(text, LENGTH + 3);
    must_hold_all(spool_open(text, LENGTH + 3));
    must_hold_all(first);
    MUST(strlen(text) == LENGTH + 3);
    spool_release(text, LENGTH + 3);
    MUST(open_descriptors() == before);
    return true;
}

CASE(a_spooled_text_is_not_resident)
{
    size_t before = resident_pages();
    const char *text = spooled();
    int fd = spool_open(text, LENGTH + 3);
    size_t after = resident_pages();
    MUST(after < before + LENGTH / 4096 / 2 && fd_close(fd));
    spool_release(text, LENGTH + 3);
    return true;
}

CASE(without_room_nothing_is_spooled)
{
    int fd = -1;
    MUST(setrlimit(RLIMIT_FSIZE, &(struct rlimit){100, 100}) == 0);
    MUST(!spool_add(&fd, "x", 1) && fd == -1);
    MUST(setrlimit(RLIMIT_NOFILE, &(struct rlimit){3, 3}) == 0);
    MUST(spool_open("x", 1) == -1 && errno == EMFILE);
    return true;
}
