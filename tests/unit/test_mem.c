/* test_mem.c -- the checked allocator. */
#include "unit.h"

#include <stdint.h>
#include <sys/wait.h>

#include "base/mem.h"

TEST(nothing_asked_for_is_still_a_pointer_of_its_own)
{
    void *a = mem_alloc(0);
    void *b = mem_zero(0);
    void *c = mem_resize(NULL, 0);

    CHECK(a != NULL && b != NULL && c != NULL);
    CHECK(a != b && b != c && a != c);
    a = mem_resize(a, 0);
    CHECK(a != NULL);
    mem_free(a);
    mem_free(b);
    mem_free(c);
    mem_free(NULL);
}

TEST(zero_is_zero_and_resize_keeps)
{
    char *bytes = mem_zero(1000);
    bool all_zero = true;

    for (int i = 0; i < 1000; i++) {
        all_zero = all_zero && bytes[i] == 0;
        bytes[i] = (char)i;
    }
    CHECK(all_zero);
    bytes = mem_resize(bytes, 100000);
    for (int i = 0; i < 1000; i++) {
        if (!CHECK_INT(bytes[i], (char)i)) {
            break;
        }
    }
    mem_free(bytes);
}

TEST(texts_are_copied_with_their_nul)
{
    char *whole = mem_text("swish");
    char *cut = mem_text_n("swish", 2);
    char *empty = mem_text_n(NULL, 0);
    char *with_nul = mem_text_n("a\0b", 3);

    CHECK_TEXT(whole, "swish");
    CHECK_TEXT(cut, "sw");
    CHECK_TEXT(empty, "");
    CHECK_BYTES(with_nul, 4, "a\0b\0");
    mem_free(whole);
    mem_free(cut);
    mem_free(empty);
    mem_free(with_nul);
}

static void ask_too_much(void *arg)
{
    volatile size_t size = SIZE_MAX / 2 - 100;

    switch (*(int *)arg) {
    case 0:
        mem_free(mem_alloc(size));
        break;
    case 1:
        mem_free(mem_zero(size));
        break;
    default:
        mem_free(mem_resize(NULL, size));
        break;
    }
}

static void die_now(void *arg)
{
    die(arg);
}

TEST(no_memory_is_one_line_and_status_2)
{
    for (int way = 0; way < 3; way++) {
        char said[4096];
        int status = unit_child(ask_too_much, &way, said, sizeof(said));

        CHECK(WIFEXITED(status));
        CHECK_INT(WEXITSTATUS(status), 2);
        CHECK(strstr(said, "swish: out of memory\n") != NULL);
    }
}

TEST(die_says_why)
{
    char said[100];
    char reason[] = "the reason";
    int status = unit_child(die_now, reason, said, sizeof(said));

    CHECK_INT(status, 2 << 8);
    CHECK_TEXT(said, "swish: the reason\n");
}
