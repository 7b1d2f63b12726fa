/* test_number.c -- numbers from text and back. */
#include "unit.h"

#include <limits.h>

#include "base/number.h"

TEST(parse_takes_digits_only)
{
    static const char *const bad[] = {"",    " 1", "1 ", "+1", "-1",
                                      "0x1", "1a", "a",  "1.", "\303\244"};
    unsigned long value = 77;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(!number_parse(bad[i], ULONG_MAX, &value));
    }
    CHECK_INT(value, 77);
    CHECK(number_parse("0", 0, &value) && value == 0);
    CHECK(number_parse("007", 9, &value) && value == 7);
    CHECK(number_parse("00000000000000000000000000000000001", 9, &value) && value == 1);
}

TEST(parse_stops_at_the_most)
{
    unsigned long value;

    CHECK(number_parse("255", 255, &value) && value == 255);
    CHECK(!number_parse("256", 255, &value));
    CHECK(!number_parse("1000", 255, &value));
    CHECK(!number_parse("1", 0, &value));
    CHECK(!number_parse("10", 9, &value));
    CHECK(number_parse("18446744073709551615", ULONG_MAX, &value) && value == ULONG_MAX);
    CHECK(!number_parse("18446744073709551616", ULONG_MAX, &value));
    CHECK(!number_parse("99999999999999999999999", ULONG_MAX, &value));
}

static const struct {
    const char *text;
    int64_t value;
} constants[] = {
    {"", 0},
    {"   ", 0},
    {"0", 0},
    {"-0", 0},
    {"7", 7},
    {" \t\n7\n ", 7},
    {"+7", 7},
    {" -7 ", -7},
    {"010", 8},
    {"-010", -8},
    {"00", 0},
    {"0x1F", 31},
    {"0X1f", 31},
    {"-0xff", -255},
    {"9223372036854775807", INT64_MAX},
    {"-9223372036854775808", INT64_MIN},
    {"9223372036854775808", INT64_MIN},
    {"18446744073709551616", 0},
    {"18446744073709551617", 1},
    {"0xffffffffffffffff", -1},
    {"01777777777777777777777", -1},
};

TEST(constants_of_all_bases)
{
    for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++) {
        int64_t value = 77;

        CHECK(number_constant(constants[i].text, strlen(constants[i].text), &value));
        CHECK_INT(value, constants[i].value);
    }
}

TEST(what_is_no_constant)
{
    static const char *const bad[] = {"-",   "+",    " - ", "--1", "+-1", "- 1", "08", "09",
                                      "018", "0x",   "0xg", "0x ", "x",   "1 2", "1a", "1.5",
                                      "a",   "0x-1", "1e3", "-x",  "1+1", "10#1"};
    int64_t value = 77;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (!CHECK(!number_constant(bad[i], strlen(bad[i]), &value))) {
            CHECK_TEXT("", bad[i]);
        }
    }
    CHECK(!number_constant("1\0", 2, &value));
    CHECK_INT(value, 77);
}

TEST(a_constant_ends_where_its_length_says)
{
    int64_t value;

    CHECK(number_constant("123x", 2, &value) && value == 12);
    CHECK(number_constant("0x1g", 3, &value) && value == 1);
    CHECK(number_constant("0x", 1, &value) && value == 0);
    CHECK(number_constant(NULL, 0, &value) && value == 0);
}

TEST(texts_of_numbers)
{
    char room[24];
    size_t length;

    CHECK_TEXT(number_text(0, room, NULL), "0");
    CHECK_TEXT(number_text(-1, room, NULL), "-1");
    CHECK_TEXT(number_text(10, room, &length), "10");
    CHECK_INT(length, 2);
    CHECK_TEXT(number_text(INT64_MAX, room, &length), "9223372036854775807");
    CHECK_TEXT(number_text(INT64_MIN, room, &length), "-9223372036854775808");
    CHECK_INT(length, 20);
}

TEST(text_and_constant_are_inverse)
{
    uint64_t random = 88172645463325252U;

    for (int i = 0; i < 100000; i++) {
        char room[24];
        size_t length;
        const char *text;
        int64_t value = 0;
        int64_t wanted;

        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        wanted = (int64_t)random >> random % 64;
        text = number_text(wanted, room, &length);
        if (!CHECK(number_constant(text, length, &value)) || !CHECK_INT(value, wanted)) {
            break;
        }
    }
}
