/* test_utf8.c -- decoding without losing a byte, classes, widths and cases. */
#include "unit.h"

#include "base/utf8.h"

static uint32_t decoded(const char *text, size_t length, size_t *size)
{
    uint32_t character = 77;

    *size = utf8_decode(text, length, &character);
    return character;
}

TEST(valid_characters)
{
    static const struct {
        const char *text;
        uint32_t character;
    } samples[] = {
        {"a", 'a'},
        {"\177", 0x7f},
        {"\302\200", 0x80},
        {"\337\277", 0x7ff},
        {"\340\240\200", 0x800},
        {"\355\237\277", 0xd7ff},
        {"\356\200\200", 0xe000},
        {"\357\277\277", 0xffff},
        {"\360\220\200\200", 0x10000},
        {"\364\217\277\277", 0x10ffff},
    };

    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        size_t size;

        CHECK_INT(decoded(samples[i].text, strlen(samples[i].text), &size), samples[i].character);
        CHECK_INT(size, strlen(samples[i].text));
        CHECK_INT(utf8_last(samples[i].text, size, true), size);
        CHECK_INT(utf8_first(samples[i].text, size, true), size);
    }
    CHECK_INT(utf8_first("\0", 1, true), 1);
}

TEST(invalid_bytes_come_one_by_one)
{
    static const char *const samples[] = {
        "\200",                 /* continuation alone */
        "\300\200",             /* overlong NUL */
        "\301\277",             /* overlong */
        "\340\237\277",         /* overlong */
        "\360\217\277\277",     /* overlong */
        "\355\240\200",         /* surrogate */
        "\355\277\277",         /* surrogate */
        "\364\220\200\200",     /* beyond Unicode */
        "\365\200\200\200",     /* beyond Unicode */
        "\370\210\200\200\200", /* five bytes */
        "\376",
        "\377",
        "\303",         /* cut */
        "\342\202",     /* cut */
        "\360\237\230", /* cut */
        "\303(",        /* broken off */
        "\342\202(",    /* broken off */
    };

    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        size_t length = strlen(samples[i]);
        size_t size;

        CHECK_INT(decoded(samples[i], length, &size), UTF8_BAD + (unsigned char)samples[i][0]);
        CHECK_INT(size, 1);
        CHECK_INT(utf8_count(samples[i], length, true), length);
        CHECK_INT(utf8_last(samples[i], length, true), 1);
    }
}

TEST(encode_is_the_inverse_for_every_character_and_byte)
{
    for (uint32_t c = 0; c <= UTF8_BAD + 0xff; c++) {
        char room[4];
        size_t length;
        size_t size;

        if ((c >= 0xd800 && c <= 0xdfff) || (c >= UTF8_BAD && c < UTF8_BAD + 0x80)) {
            continue;
        }
        length = utf8_encode(c, room);
        if (!CHECK_INT(decoded(room, length, &size), c) || !CHECK_INT(size, length)) {
            break;
        }
    }
}

TEST(what_cannot_be_encoded_is_replaced)
{
    char room[4];

    CHECK_BYTES(room, utf8_encode(0xd800, room), "\357\277\275");
    CHECK_BYTES(room, utf8_encode(UTF8_BAD + 0x100, room), "\357\277\275");
    CHECK_BYTES(room, utf8_encode(UINT32_MAX, room), "\357\277\275");
}

/* Forwards and backwards must cut any bytes at the same places. */
TEST(both_directions_agree_on_random_bytes)
{
    static const char bytes[] = "a\200\277\303\244\342\202\254\360\237\230\200\355\240\364\220\377";
    unsigned random = 1;

    for (int turn = 0; turn < 20000; turn++) {
        char text[24];
        size_t at = 0;
        size_t end = sizeof(text);
        size_t forward = 0;
        size_t backward = 0;

        for (size_t i = 0; i < sizeof(text); i++) {
            random = random * 1103515245U + 12345U;
            text[i] = bytes[(random >> 16) % (sizeof(bytes) - 1)];
        }
        for (; at < sizeof(text); forward++) {
            at += utf8_first(text + at, sizeof(text) - at, true);
        }
        for (; end > 0; backward++) {
            end -= utf8_last(text, end, true);
        }
        if (!CHECK_INT(at, sizeof(text)) || !CHECK_INT(backward, forward) ||
            !CHECK_INT(utf8_count(text, sizeof(text), true), forward)) {
            break;
        }
    }
}

TEST(counting)
{
    char text[300];

    CHECK_INT(utf8_count("", 0, true), 0);
    CHECK_INT(utf8_count("na\303\257ve", 6, true), 5);
    CHECK_INT(utf8_count("na\303\257ve", 6, false), 6);
    for (size_t length = 0; length < 100; length++) {
        memset(text, 'x', sizeof(text));
        utf8_encode(0x20ac, text + length);
        CHECK_INT(utf8_count(text, length + 3 + 20, true), length + 21);
    }
    CHECK_INT(utf8_first("\303\244", 2, false), 1);
    CHECK_INT(utf8_last("\303\244", 2, false), 1);
}

static bool in(uint32_t character, const char *name)
{
    return utf8_in_class(character, name, strlen(name), true);
}

/* For each ASCII character, the classes that hold it by the table of XBD 7.3.1. */
TEST(ascii_classes)
{
    for (uint32_t c = 0; c < 0x80; c++) {
        bool lower = c >= 'a' && c <= 'z';
        bool upper = c >= 'A' && c <= 'Z';
        bool digit = c >= '0' && c <= '9';
        bool hex = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');

        CHECK_INT(in(c, "lower"), lower);
        CHECK_INT(in(c, "upper"), upper);
        CHECK_INT(in(c, "alpha"), lower || upper);
        CHECK_INT(in(c, "digit"), digit);
        CHECK_INT(in(c, "xdigit"), digit || hex);
        CHECK_INT(in(c, "alnum"), lower || upper || digit);
        CHECK_INT(in(c, "blank"), c == ' ' || c == '\t');
        CHECK_INT(in(c, "space"), c == ' ' || (c >= 9 && c <= 13));
        CHECK_INT(in(c, "cntrl"), c < 32 || c == 127);
        CHECK_INT(in(c, "print"), c >= 32 && c < 127);
        CHECK_INT(in(c, "graph"), c > 32 && c < 127);
        CHECK_INT(in(c, "punct"), c > 32 && c < 127 && !(lower || upper || digit));
    }
}

TEST(classes_beyond_ascii)
{
    CHECK(in(0xe4, "alpha") && in(0xe4, "lower") && in(0xe4, "alnum") && !in(0xe4, "upper"));
    CHECK(in(0xc4, "upper") && !in(0xc4, "lower"));
    CHECK(in(0xdf, "lower"));                        /* sharp s */
    CHECK(in(0x416, "upper") && in(0x436, "lower")); /* Zhe */
    CHECK(in(0x3a9, "upper") && in(0x3c9, "lower")); /* Omega */
    CHECK(in(0x6f22, "alpha") && !in(0x6f22, "upper") && !in(0x6f22, "lower"));
    CHECK(in(0xac00, "alpha") && in(0xd7a3, "alpha") && !in(0xd7a4, "print"));
    CHECK(in(0x663, "alpha") && !in(0x663, "digit")); /* Arabic three */
    CHECK(!in(0xff11, "digit") && in(0xff11, "alnum") && !in(0xff21, "xdigit"));
    CHECK(in(0x20ac, "punct") && in(0x20ac, "graph")); /* Euro */
    CHECK(in(0x1f600, "punct") && in(0x1f600, "print"));
    CHECK(in(0x3000, "space") && in(0x3000, "blank") && in(0x3000, "print"));
    CHECK(!in(0x3000, "graph") && !in(0xa0, "space"));
    CHECK(in(0x2028, "space") && in(0x2028, "cntrl") && !in(0x2028, "print"));
    CHECK(in(0x85, "cntrl") && !in(0x85, "print"));
    CHECK(in(0x301, "punct") && !in(0x301, "alpha")); /* acute accent */
    CHECK(!in(0x378, "print") && !in(0x10ffff, "print"));
    CHECK(!in(UTF8_BAD + 'a', "alpha") && !in(UTF8_BAD + 0xe4, "print"));
}

TEST(class_names)
{
    CHECK(!in('a', ""));
    CHECK(!in('a', "alph") && !in('a', "alphab") && !in('a', "ALPHA") && !in('a', "word"));
    CHECK(utf8_in_class('a', "alpha:]", 5, true));
    CHECK(!utf8_in_class('a', "alpha\0", 6, true));
    CHECK(utf8_in_class('a', "alpha", 5, false));
    CHECK(!utf8_in_class(0xe4, "alpha", 5, false));
    CHECK(!utf8_in_class(0x85, "cntrl", 5, false));
}

TEST(classes_are_consistent)
{
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        bool good = true;

        good = good && (!in(c, "upper") || in(c, "alpha"));
        good = good && (!in(c, "lower") || in(c, "alpha"));
        good = good && (!in(c, "alpha") || in(c, "print"));
        good = good && !(in(c, "cntrl") && in(c, "print"));
        good = good && in(c, "graph") == (in(c, "alnum") || in(c, "punct"));
        good = good && (utf8_width(c) == -1) == in(c, "cntrl");
        if (!CHECK(good)) {
            CHECK_INT(c, -1);
            break;
        }
    }
}

TEST(widths)
{
    CHECK_INT(utf8_width('a'), 1);
    CHECK_INT(utf8_width(' '), 1);
    CHECK_INT(utf8_width('~'), 1);
    CHECK_INT(utf8_width('\t'), -1);
    CHECK_INT(utf8_width(0x7f), -1);
    CHECK_INT(utf8_width(0x9b), -1);
    CHECK_INT(utf8_width(0xe4), 1);
    CHECK_INT(utf8_width(0xad), 1);
    CHECK_INT(utf8_width(0x301), 0);
    CHECK_INT(utf8_width(0x20dd), 0);
    CHECK_INT(utf8_width(0x200b), 0);
    CHECK_INT(utf8_width(0x200d), 0);
    CHECK_INT(utf8_width(0xfe0f), 0);
    CHECK_INT(utf8_width(0x1100), 2);
    CHECK_INT(utf8_width(0x1161), 0);
    CHECK_INT(utf8_width(0x3042), 2);
    CHECK_INT(utf8_width(0x4e00), 2);
    CHECK_INT(utf8_width(0xac00), 2);
    CHECK_INT(utf8_width(0xff21), 2);
    CHECK_INT(utf8_width(0xff71), 1);
    CHECK_INT(utf8_width(0x1f600), 2);
    CHECK_INT(utf8_width(0x2fffd), 2);
    CHECK_INT(utf8_width(0x2fffe), 1);
    CHECK_INT(utf8_width(0x378), 1);
    CHECK_INT(utf8_width(UTF8_BAD + 0xff), 1);
}
