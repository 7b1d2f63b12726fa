/* test_errors.c -- texts of error numbers. */
#include "unit.h"

#include <errno.h>
#include <limits.h>

#include "base/errors.h"

TEST(known_numbers_have_the_usual_words)
{
    char room[24];

    CHECK_TEXT(error_text(0, room), "Success");
    CHECK_TEXT(error_text(ENOENT, room), "No such file or directory");
    CHECK_TEXT(error_text(EACCES, room), "Permission denied");
    CHECK_TEXT(error_text(ENOEXEC, room), "Exec format error");
    CHECK_TEXT(error_text(EAGAIN, room), "Resource temporarily unavailable");
    CHECK_TEXT(error_text(E2BIG, room), "Argument list too long");
    CHECK_TEXT(error_text(ENOTSUP, room), "Operation not supported");
    CHECK_TEXT(error_text(EHWPOISON, room), "Memory page has hardware error");
}

TEST(every_number_up_to_the_last_has_a_text)
{
    for (int number = 0; number <= EHWPOISON; number++) {
        char room[24] = "untouched";
        bool hole = number == 41 || number == 58; /* EWOULDBLOCK and EDEADLOCK of old */

        CHECK(*error_text(number, room) != '\0');
        CHECK_INT(strcmp(room, "untouched") == 0, !hole);
    }
}

TEST(unknown_numbers_fit_into_the_room)
{
    char room[24];

    CHECK_TEXT(error_text(41, room), "Error 41");
    CHECK_TEXT(error_text(134, room), "Error 134");
    CHECK_TEXT(error_text(-1, room), "Error -1");
    CHECK_TEXT(error_text(INT_MAX, room), "Error 2147483647");
    CHECK_TEXT(error_text(INT_MIN, room), "Error -2147483648");
}
