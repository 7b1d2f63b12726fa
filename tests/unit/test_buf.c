/* test_buf.c -- growing byte strings. */
#include "unit.h"

#include "base/buf.h"
#include "base/mem.h"

TEST(an_empty_buffer_is_the_empty_text)
{
    struct buf buf = {0};
    char *taken;

    buf_free(&buf);
    CHECK_TEXT(buf_text(&buf), "");
    CHECK_INT(buf.length, 0);
    buf_free(&buf);
    taken = buf_take(&buf);
    CHECK_TEXT(taken, "");
    CHECK(buf.data == NULL && buf.capacity == 0);
    mem_free(taken);
}

TEST(nothing_added_is_nothing)
{
    struct buf buf = {0};

    buf_add(&buf, NULL, 0);
    buf_puts(&buf, "");
    buf_addf(&buf, "%s", "");
    CHECK_INT(buf.length, 0);
    buf_free(&buf);
}

TEST(bytes_of_all_kinds_stay)
{
    struct buf buf = {0};

    buf_add(&buf, "a\0b", 3);
    buf_putc(&buf, '\0');
    buf_puts(&buf, "cd");
    CHECK_INT(buf.length, 6);
    CHECK_BYTES(buf_text(&buf), 7, "a\0b\0cd\0");
    CHECK_INT(buf.length, 6);
    buf_free(&buf);
}

TEST(every_length_keeps_room_for_the_nul)
{
    struct buf buf = {0};

    for (size_t i = 0; i < 5000; i++) {
        if (!CHECK_INT(buf.length, i) || !CHECK_INT(strlen(buf_text(&buf)), i)) {
            break;
        }
        buf_putc(&buf, 'x');
    }
    buf_free(&buf);
}

TEST(format_at_every_distance_from_the_end)
{
    for (int before = 0; before < 100; before++) {
        struct buf buf = {0};
        struct buf expected = {0};

        for (int i = 0; i < before; i++) {
            buf_putc(&buf, '.');
            buf_putc(&expected, '.');
        }
        buf_addf(&buf, "%d-%s-%c", 12345, "text", 'z');
        buf_puts(&expected, "12345-text-z");
        CHECK_TEXT(buf_text(&buf), buf_text(&expected));
        buf_free(&buf);
        buf_free(&expected);
    }
}

TEST(a_format_longer_than_the_buffer)
{
    struct buf buf = {0};

    buf_addf(&buf, "%*s|", 100000, "right");
    CHECK_INT(buf.length, 100001);
    CHECK_TEXT(buf_text(&buf) + 99995, "right|");
    buf_free(&buf);
}

TEST(reserve_does_not_change_the_length)
{
    struct buf buf = {0};
    char *place;

    buf_puts(&buf, "abc");
    place = buf_reserve(&buf, 10000);
    CHECK(place == buf.data + 3);
    CHECK_TEXT(buf_text(&buf), "abc");
    memset(place, 'x', 10000);
    buf.length += 10000;
    CHECK_INT(strlen(buf_text(&buf)), 10003);
    buf_free(&buf);
}

TEST(taken_text_belongs_to_the_taker)
{
    struct buf buf = {0};
    char *small;
    char *large;

    buf_puts(&buf, "small");
    small = buf_take(&buf);
    for (int i = 0; i < 70000; i++) {
        buf_putc(&buf, 'y');
    }
    large = buf_take(&buf);
    buf_puts(&buf, "again");
    CHECK_TEXT(small, "small");
    CHECK_INT(strlen(large), 70000);
    CHECK_TEXT(buf_text(&buf), "again");
    mem_free(small);
    mem_free(large);
    buf_free(&buf);
}

TEST(growth_is_geometric)
{
    struct buf buf = {0};
    size_t capacity = 0;
    int changes = 0;

    for (int i = 0; i < 1000000; i++) {
        buf_putc(&buf, 'x');
        changes += buf.capacity != capacity;
        capacity = buf.capacity;
    }
    CHECK(changes < 25);
    buf_free(&buf);
}
