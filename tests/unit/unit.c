/* unit.c -- runs the registered tests of one program and counts them. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct unit_test *first;
static struct unit_test *last;
static bool failing; /* the test that runs has failed */

/* Lets the allocator say no under AddressSanitizer as it does without. */
const char *__asan_default_options(void); /* NOLINT(bugprone-reserved-identifier): its name */
const char *__asan_default_options(void)  /* NOLINT(bugprone-reserved-identifier): as above */
{
    return "allocator_may_return_null=1";
}

void unit_register(struct unit_test *test)
{
    if (last == NULL) {
        first = test;
    } else {
        last->next = test;
    }
    last = test;
}

static void print_span(struct unit_span span)
{
    size_t shown = span.length > 400 ? 400 : span.length;

    putchar('"');
    for (size_t i = 0; i < shown; i++) {
        unsigned char byte = (unsigned char)span.bytes[i];

        if (byte < ' ' || byte > '~' || byte == '"' || byte == '\\') {
            printf("\\%03o", byte);
        } else {
            putchar(byte);
        }
    }
    printf("\"%s (%zu bytes)\n", shown < span.length ? "..." : "", span.length);
}

bool unit_check(const char *file, int line, const char *what, bool held)
{
    if (!held) {
        failing = true;
        printf("%s:%d: does not hold: %s\n", file, line, what);
    }
    return held;
}

bool unit_int(const char *file, int line, const char *what, long long actual, long long expected)
{
    if (actual != expected) {
        failing = true;
        printf("%s:%d: %s is %lld (%#llx), not %lld (%#llx)\n", file, line, what, actual,
               (unsigned long long)actual, expected, (unsigned long long)expected);
        return false;
    }
    return true;
}

bool unit_text(const char *file, int line, const char *what, const char *actual,
               const char *expected)
{
    if (actual != NULL && expected != NULL) {
        return unit_bytes(file, line, (struct unit_span){actual, strlen(actual)},
                          (struct unit_span){expected, strlen(expected)});
    }
    if (actual != expected) {
        failing = true;
        printf("%s:%d: %s is %s, not %s\n", file, line, what, actual == NULL ? "NULL" : actual,
               expected == NULL ? "NULL" : expected);
        return false;
    }
    return true;
}

bool unit_bytes(const char *file, int line, struct unit_span actual, struct unit_span expected)
{
    if (actual.length == expected.length &&
        (actual.length == 0 || memcmp(actual.bytes, expected.bytes, actual.length) == 0)) {
        return true;
    }
    failing = true;
    printf("%s:%d: bytes differ\n  is       ", file, line);
    print_span(actual);
    printf("  expected ");
    print_span(expected);
    return false;
}

static void read_all(int fd, char *said, size_t size)
{
    size_t length = 0;
    char rest[512];
    ssize_t got;

    while ((got = read(fd, rest, sizeof(rest))) > 0) {
        size_t room = size - 1 - length;
        size_t taken = (size_t)got < room ? (size_t)got : room;

        memcpy(said + length, rest, taken);
        length += taken;
    }
    said[length] = '\0';
}

int unit_child(void (*body)(void *arg), void *arg, char *said, size_t size)
{
    int ends[2];
    int status = -1;
    pid_t pid;

    fflush(stdout);
    if (pipe(ends) < 0 || (pid = fork()) < 0) {
        perror("unit_child");
        exit(2);
    }
    if (pid == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        body(arg);
        fflush(stdout);
        _exit(failing ? 99 : 0);
    }
    close(ends[1]);
    read_all(ends[0], said, size);
    close(ends[0]);
    waitpid(pid, &status, 0);
    return status;
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const char *name = slash == NULL ? argv[0] : slash + 1;
    int passed = 0;
    int failed = 0;

    for (const struct unit_test *test = first; test != NULL; test = test->next) {
        if (argc > 1 && strstr(test->name, argv[1]) == NULL) {
            continue;
        }
        failing = false;
        test->run();
        if (failing) {
            printf("FAILED %s: %s\n", name, test->name);
            failed++;
        } else {
            passed++;
        }
    }
    printf("%s: %d passed, %d failed\n", name, passed, failed);
    return failed == 0 ? 0 : 1;
}
