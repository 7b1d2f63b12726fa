/* test_split.c -- field splitting (XCU 2.6.5). */
#include "expand_tools.h"

TEST(white_space)
{
    static const struct row rows[] = {
        {"x='a b c' : $x", "<a><b><c>"},
        {"x='  a \t\n b  ' : $x", "<a><b>"},
        {"x='  ' : $x", ""},
        {"x= : $x", ""},
        {"x= : $x$x", ""},
        {"x= : $x\"\"$x", "<>"},
        {"x='a  b' : x$x'y'", "<xa><by>"},
        {"x=' a ' : b$x\"c\"", "<b><a><c>"},
        {"x=' ' : b$x'c'", "<b><c>"},
        {"x=' ' : ''$x''", "<><>"},
        {"x='a b' : \"$x\" $x", "<a b><a><b>"},
        {"x='a b' : ${x#a}", "<b>"},
        {"x='a b' : $(echo $x '  c')d", "<a><b><cd>"},
    };
    struct stage s;
    stage_open(&s);
    CHECK_ROWS(&s, rows);
    stage_close(&s);
}

TEST(other_characters)
{
    static const struct row rows[] = {
        {"IFS=: x=a:b::c : $x", "<a><b><><c>"},
        {"IFS=: x=: : $x", "<>"},
        {"IFS=: x=:: : $x", "<><>"},
        {"IFS=: x=a: : $x", "<a>"},
        {"IFS=: x=:a : $x", "<><a>"},
        {"IFS=: x=: : x$x", "<x>"},
        {"IFS=: x=: : ${x}x", "<><x>"},
        {"IFS=: x=: : \"\"$x", "<>"},
        {"IFS=: x=: : $x\"\"", "<><>"},
        {"IFS=: x=a: y= : $x\"$y\"", "<a><>"},
        {"IFS=: x=a: y=:b : $x$y", "<a><><b>"},
        {"IFS=': ' x=' : x : : y : ' : $x", "<><x><><y>"},
        {"IFS=': ' x='a ' y=':b' : $x$y", "<a><b>"},
        {"IFS=': ' x='a ' y=':b' : $x''$y", "<a><><b>"},
        {"IFS=: x=a:b : ${z-$x:c} ${z-\"$x\":c}", "<a><b><c><a:b><c>"},
        {"IFS=0 : $((100+1))", "<1><1>"},
        {"IFS=0 : \"$((101))\"", "<101>"},
        {"IFS= x='a b' : $x", "<a b>"},
        {"IFS= x= : $x", ""},
        {"IFS=: : a:b $((1)):2", "<a:b><1:2>"},
    };
    struct stage s;
    stage_open(&s);
    CHECK_ROWS(&s, rows);
    stage_close(&s);
}

TEST(characters_of_several_bytes)
{
    static const struct row rows[] = {
        {"LC_ALL=C.UTF-8 IFS=\303\251 x=a\303\251b\303\250c\303\251\303\251 : $x",
         "<a><b\303\250c><>"},
        {"x='\303a\251\303\251b' : $x", "<\303a\251><b>"},
        {"IFS=\342\202\254- x=1\342\202\254\303\2512-3 : $x", "<1><\303\2512><3>"},
    };
    struct stage s;
    stage_open(&s);
    CHECK_ROWS(&s, rows);
    static const char *const params[] = {"a", "b", NULL};
    stage_params(&s, params);
    CHECK_TEXT(stage_expand(&s, ": \"$*\""), "<a\342\202\254b>");
    stage_close(&s);
}

TEST(operands_of_expansions_are_split)
{
    static const struct row rows[] = {
        {": ${x:-\"a b\" c}", "<a b><c>"},       {": ${x:-a b}", "<a><b>"},
        {": x${x:-\" a b\" c}y", "<x a b><cy>"}, {": \"${x:-a b}\"", "<a b>"},
        {": ${x:=\"a b\" c}", "<a><b><c>"},      {": \"$x\"", "<a b c>"},
        {": ${x:+'p q' r}", "<p q><r>"},         {": ${y-a\\ b}", "<a b>"},
    };
    struct stage s;
    stage_open(&s);
    CHECK_ROWS(&s, rows);
    stage_close(&s);
}

TEST(positional_parameters_split)
{
    static const struct row rows[] = {
        {": $@", "<a><b><c><d>"},
        {": $*", "<a><b><c><d>"},
        {": x$@y", "<xa><b><c><dy>"},
        {": \"$@\"", "<a b><><c><d>"},
        {": x\"$@\"y", "<xa b><><c><dy>"},
        {": \"x$@\"\"$@y\"", "<xa b><><c><da b><><c><dy>"},
        {": \"$*\"", "<a b  c d>"},
        {"IFS=: : \"$*\" $*", "<a b::c:d><a b><c><d>"},
        {"IFS= : \"$*\" $*", "<a bcd><a b><c><d>"},
        {"IFS=' ' x=$* y=\"$@\" : \"$x\" \"$y\"", "<a b  c d><a b  c d>"},
        {"IFS=: x=$* : \"$x\"", "<a b::c:d>"},
    };
    static const char *const params[] = {"a b", "", "c", "d", NULL};
    struct stage s;
    stage_open(&s);
    stage_params(&s, params);
    CHECK_ROWS(&s, rows);
    static const char *const colons[] = {"a:", ":b", NULL};
    stage_params(&s, colons);
    CHECK_TEXT(stage_expand(&s, "IFS=: : $@"), "<a><><b>");
    stage_close(&s);
}

TEST(many_fields)
{
    struct stage s;
    struct diag d = {0};
    struct buf text = {0};
    stage_open(&s);
    for (int i = 0; i < 100000; i++) {
        buf_puts(&text, "ab ");
    }
    CHECK(variable_set_by_name(&s.sh, "x", buf_text(&text), &d));
    CHECK_INT(strlen(stage_expand(&s, ": $x")), 4 * 100000);
    CHECK_INT(strlen(stage_expand(&s, ": \"$x$x\"y")), 2 * 300000 + 3);
    buf_free(&text);
    stage_close(&s);
}
