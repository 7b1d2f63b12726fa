/* test_arith.c -- values of arithmetic expressions, and what they do to variables. */
#include "unit.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/symbol.h"
#include "expand/arith.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/arith.h"

struct setting {
    struct shell sh;
    struct symbol_list names;
    struct diag d;
};

static void start(struct setting *s)
{
    static char *environment[] = {NULL};

    *s = (struct setting){0};
    shell_init(&s->sh, "test", environment);
    s->sh.depth.base = __builtin_frame_address(0);
    s->sh.depth.limit = (size_t)4 << 20;
    s->names.table = &s->sh.symbols;
}

static void stop(struct setting *s)
{
    symbol_list_release(&s->names);
    diag_clear(&s->d);
    shell_free(&s->sh);
}

/* The value as text, or the message. */
static const char *evaluate(struct setting *s, const char *text, struct buf *out)
{
    const struct arith *tree =
        arith_parse(text, strlen(text), &s->sh.scratch, &s->names, &s->sh.depth, &s->d);
    int64_t value;

    out->length = 0;
    if (tree != NULL && arith_evaluate(&s->sh, tree, NULL, &value, &s->d)) {
        CHECK(!diag_is_set(&s->d));
        buf_addf(out, "%lld", (long long)value);
    } else {
        buf_puts(out, s->d.text == NULL ? "no message" : s->d.text);
        diag_clear(&s->d);
    }
    return buf_text(out);
}

struct row {
    const char *text;
    const char *result;
};

static void check_rows(struct setting *s, const struct row *rows, size_t count)
{
    struct buf out = {0};

    for (size_t i = 0; i < count; i++) {
        if (!CHECK_TEXT(evaluate(s, rows[i].text, &out), rows[i].result)) {
            CHECK_TEXT(rows[i].text, "");
        }
    }
    buf_free(&out);
}

#define ROWS(S, TABLE) check_rows((S), (TABLE), sizeof(TABLE) / sizeof((TABLE)[0]))

TEST(operators)
{
    static const struct row rows[] = {
        {"", "0"},        {"1+2*3", "7"},     {"7/2", "3"},          {"-7/2", "-3"}, {"-7%3", "-1"},
        {"1<<4|1", "17"}, {"-8>>1", "-4"},    {"6&3", "2"},          {"6^3", "5"},   {"~0", "-1"},
        {"!5", "0"},      {"!0", "1"},        {"+-5", "-5"},         {"1<2", "1"},   {"2<=1", "0"},
        {"2>1", "1"},     {"1>=2", "0"},      {"1==1", "1"},         {"1!=1", "0"},  {"5&&3", "1"},
        {"5&&0", "0"},    {"0||7", "1"},      {"0||0", "0"},         {"1?2:3", "2"}, {"0?2:3", "3"},
        {"1,2,3", "3"},   {"1?2?3:4:5", "3"}, {"0x10+010+10", "34"},
    };
    struct setting s;

    start(&s);
    ROWS(&s, rows);
    stop(&s);
}

TEST(numbers_wrap_around)
{
    static const struct row rows[] = {
        {"9223372036854775807+1", "-9223372036854775808"},
        {"-9223372036854775808-1", "9223372036854775807"},
        {"9223372036854775807*2", "-2"},
        {"-(-9223372036854775807-1)", "-9223372036854775808"},
        {"(-9223372036854775807-1)/-1", "-9223372036854775808"},
        {"(-9223372036854775807-1)%-1", "0"},
        {"5/-1", "-5"},
        {"1<<63", "-9223372036854775808"},
        {"1<<64", "1"},
        {"1<<65", "2"},
        {"2<<-1", "0"},
        {"-1>>63", "-1"},
        {"-1>>64", "-1"},
    };
    struct setting s;

    start(&s);
    ROWS(&s, rows);
    stop(&s);
}

TEST(division_by_zero)
{
    static const struct row rows[] = {
        {"1/0", "arithmetic: division by zero"},
        {"1%0", "arithmetic: division by zero"},
        {"x/=0", "arithmetic: division by zero"},
        {"x%=y", "arithmetic: division by zero"},
        {"0&&1/0", "0"},
        {"1||1/0", "1"},
        {"1?2:1/0", "2"},
        {"0?1/0:3", "3"},
    };
    struct setting s;

    start(&s);
    ROWS(&s, rows);
    stop(&s);
}

TEST(variables)
{
    static const struct row rows[] = {
        {"x", "0"},
        {"x=5", "5"},
        {"x", "5"},
        {"x+=2", "7"},
        {"x-=1", "6"},
        {"x*=3", "18"},
        {"x/=4", "4"},
        {"x%=3", "1"},
        {"x<<=3", "8"},
        {"x>>=1", "4"},
        {"x|=3", "7"},
        {"x&=5", "5"},
        {"x^=1", "4"},
        {"x++", "4"},
        {"x", "5"},
        {"++x", "6"},
        {"x--", "6"},
        {"--x", "4"},
        {"y=x=9", "9"},
        {"x+y", "18"},
        {"0&&(x=1)", "0"},
        {"x", "9"},
        {"1||(x=1)", "1"},
        {"x", "9"},
        {"1?x:(x=1)", "9"},
        {"0?(x=1):x", "9"},
        {"x=1,y=x+1", "2"},
        {"x---1", "0"},
        {"x", "0"},
        {"x=9223372036854775807", "9223372036854775807"},
        {"x++", "9223372036854775807"},
        {"x", "-9223372036854775808"},
    };
    struct setting s;

    start(&s);
    ROWS(&s, rows);
    CHECK_TEXT(variable_by_name(&s.sh, "x"), "-9223372036854775808");
    stop(&s);
}

TEST(values_are_integer_constants_only)
{
    static const struct row rows[] = {
        {"a", "12"},
        {"a+b", "43"},
        {"c", "arithmetic: c: \"1+1\" is not an integer"},
        {"1+d", "arithmetic: d: \"a[$(id)]\" is not an integer"},
        {"e++", "arithmetic: e: \"08\" is not an integer"},
        {"f", "0"},
        {"0&&c", "0"},
        {"c=3", "3"},
        {"g", "-16"},
    };
    static const char *const values[][2] = {
        {"a", " 12 "}, {"b", "0x1f"}, {"c", "1+1"},  {"d", "a[$(id)]"},
        {"e", "08"},   {"f", ""},     {"g", "-020"},
    };
    struct setting s;

    start(&s);
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        CHECK(variable_set_by_name(&s.sh, values[i][0], values[i][1], &s.d));
    }
    ROWS(&s, rows);
    stop(&s);
}

TEST(unset_variables_under_nounset)
{
    static const struct row rows[] = {
        {"x", "x: parameter not set"},
        {"x+=1", "x: parameter not set"},
        {"x++", "x: parameter not set"},
        {"x=1", "1"},
        {"x", "1"},
        {"0&&y", "0"},
    };
    struct setting s;

    start(&s);
    option_set(&s.sh, OPT_NOUNSET, true);
    ROWS(&s, rows);
    stop(&s);
}

TEST(readonly_variables)
{
    struct setting s;
    struct buf out = {0};

    start(&s);
    CHECK(variable_set_by_name(&s.sh, "x", "3", &s.d));
    variable_flag(&s.sh, symbol_list_intern(&s.names, "x", 1), VARIABLE_READONLY, 0);
    CHECK(strstr(evaluate(&s, "x=1", &out), "x") != NULL);
    CHECK(strstr(evaluate(&s, "x++", &out), "x") != NULL);
    CHECK_TEXT(evaluate(&s, "x", &out), "3");
    buf_free(&out);
    stop(&s);
}

TEST(long_rows_are_no_depth)
{
    struct setting s;
    struct buf text = {0};
    struct buf out = {0};

    start(&s);
    for (int i = 0; i < 300000; i++) {
        buf_puts(&text, "1+");
    }
    buf_puts(&text, "1");
    CHECK_TEXT(evaluate(&s, buf_text(&text), &out), "300001");
    s.sh.depth.limit = (size_t)16 << 10;
    CHECK_TEXT(evaluate(&s, buf_text(&text), &out), "300001");
    text.length = 0;
    for (int i = 0; i < 1000; i++) {
        buf_puts(&text, "x+(");
    }
    CHECK_TEXT(evaluate(&s, buf_text(&text), &out), "arithmetic: nested too deeply");
    buf_free(&text);
    buf_free(&out);
    stop(&s);
}
