/* unit.h -- a tiny frame for unit tests: TEST functions, CHECKs that report and go on. */
#ifndef SWISH_UNIT_H
#define SWISH_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* TEST(what_holds) { ... CHECK(...); } defines a test and registers it; they run in this order. */
struct unit_test {
    const char *name;
    void (*run)(void);
    struct unit_test *next;
};

void unit_register(struct unit_test *test);

#define TEST(NAME)                                                                                 \
    static void test_##NAME(void);                                                                 \
    __attribute__((constructor)) static void register_##NAME(void)                                 \
    {                                                                                              \
        static struct unit_test test = {#NAME, test_##NAME, NULL};                                 \
        unit_register(&test);                                                                      \
    }                                                                                              \
    static void test_##NAME(void)

/* Each gives back whether it held, so that a loop may stop at the first failure. */
#define CHECK(CONDITION) unit_check(__FILE__, __LINE__, #CONDITION, (CONDITION))
#define CHECK_INT(ACTUAL, EXPECTED)                                                                \
    unit_int(__FILE__, __LINE__, #ACTUAL, (long long)(ACTUAL), (long long)(EXPECTED))
#define CHECK_TEXT(ACTUAL, EXPECTED) unit_text(__FILE__, __LINE__, #ACTUAL, (ACTUAL), (EXPECTED))
#define CHECK_BYTES(ACTUAL, LENGTH, EXPECTED)                                                      \
    unit_bytes(__FILE__, __LINE__, (struct unit_span){(ACTUAL), (LENGTH)},                         \
               (struct unit_span){(EXPECTED), sizeof(EXPECTED) - 1})

struct unit_span {
    const char *bytes;
    size_t length;
};

bool unit_check(const char *file, int line, const char *what, bool held);
bool unit_int(const char *file, int line, const char *what, long long actual, long long expected);
/* Either text may be NULL; they agree when both are. */
bool unit_text(const char *file, int line, const char *what, const char *actual,
               const char *expected);
bool unit_bytes(const char *file, int line, struct unit_span actual, struct unit_span expected);

/* Runs `body(arg)` in a child that then exits with 0. Returns its wait status; what it wrote to
   descriptor 2 is in `said`, NUL-terminated and cut to the size. */
int unit_child(void (*body)(void *arg), void *arg, char *said, size_t size);

#endif
