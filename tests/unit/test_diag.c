/* test_diag.c -- errors as values, and the texts of error numbers. */
#include "unit.h"

#include <errno.h>

#include "base/diag.h"

TEST(the_first_error_stays)
{
    struct diag d = {0};

    CHECK(!diag_is_set(&d));
    diag_set(&d, DIAG_EXPANSION, "%s: %d", "x", 3);
    CHECK(diag_is_set(&d));
    CHECK_TEXT(d.text, "x: 3");
    CHECK_INT(d.status, 1);
    CHECK_INT(d.line, 0);
    diag_set(&d, DIAG_SYNTAX, "second");
    diag_errno(&d, DIAG_REDIRECTION, "third", ENOENT);
    CHECK_TEXT(d.text, "x: 3");
    CHECK_INT(d.kind, DIAG_EXPANSION);
    diag_clear(&d);
    CHECK(!diag_is_set(&d));
    CHECK(d.text == NULL);
    diag_clear(&d);
}

TEST(syntax_errors_have_status_2)
{
    struct diag d = {0};

    diag_set(&d, DIAG_SYNTAX, "unexpected");
    CHECK_INT(d.status, 2);
    diag_clear(&d);
    diag_set(&d, DIAG_ASSIGNMENT, "x: is read only");
    CHECK_INT(d.status, 1);
    diag_clear(&d);
}

TEST(an_errno_speaks_with_the_name_before_it)
{
    struct diag d = {0};

    diag_errno(&d, DIAG_REDIRECTION, "/nope", ENOENT);
    CHECK_TEXT(d.text, "/nope: No such file or directory");
    diag_clear(&d);
    diag_errno(&d, DIAG_REDIRECTION, "50%s", 9999);
    CHECK_TEXT(d.text, "50%s: Error 9999");
    diag_clear(&d);
}
