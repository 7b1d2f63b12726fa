/* fail.c -- allocations that fail on purpose, linked in front of malloc and its kin (--wrap).

   ALLOC_COUNTS names a file of three counters shared by all processes of a run. ALLOC_FAIL=k lets
   the k-th allocation fail: of the first process, or with ALLOC_CHILDREN set of each of the others,
   whose own counts begin at the fork. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* The names that --wrap asks for. NOLINTBEGIN(bugprone-reserved-identifier) */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
/* NOLINTEND(bugprone-reserved-identifier) */

struct counts {
    _Atomic unsigned long first;    /* allocations of the first process */
    _Atomic unsigned long children; /* the most that any other process made */
    _Atomic unsigned long failed;   /* allocations that did fail */
};

static struct counts *counts;
static unsigned long fail_at;
static _Bool in_children;
static pid_t first_process;
static pid_t counted_process; /* whose allocations `own` counts: a fork copies both */
static unsigned long own;

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("ALLOC_COUNTS");
    const char *number = getenv("ALLOC_FAIL");
    int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
    void *page = MAP_FAILED;

    if (fd >= 0) {
        page = mmap(NULL, sizeof(struct counts), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        close(fd);
    }
    if (page != MAP_FAILED) {
        fail_at = number == NULL ? 0 : strtoul(number, NULL, 10);
        in_children = getenv("ALLOC_CHILDREN") != NULL;
        first_process = getpid();
        counts = page;
    }
}

/* Counts one allocation; true when it is to fail. */
static _Bool fails(void)
{
    pid_t self = getpid();
    _Bool child = self != first_process;

    if (counts == NULL) {
        return 0;
    }
    if (self != counted_process) {
        counted_process = self;
        own = 0;
    }
    own++;
    if (!child) {
        counts->first = own;
    } else if (own > counts->children) {
        counts->children = own;
    }
    if (own != fail_at || child != in_children) {
        return 0;
    }
    counts->failed++;
    errno = ENOMEM;
    return 1;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}
