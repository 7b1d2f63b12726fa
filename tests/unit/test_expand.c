/* test_expand.c -- parameters, tildes, arithmetic, quoting, assignments (XCU 2.6). */
#include "expand_tools.h"

#include "expand/pattern.h"

TEST(words)
{
    static const struct row rows[] = {
        {": a 'b c' \"d\"e \\f \"\" ''", "<a><b c><de><f><><>"},
        {"x=1 : $x \"$x\" ${x}2 \"a${x}b\"", "<1><1><12><a1b>"},
        {": $unset \"$unset\" x$unset", "<><x>"},
        {"x='a\\b\"c' : $x", "<a\\b\"c>"},
        {": $(echo a b) \"$(echo a b)\" $() \"$()\"", "<a><b><a b><>"},
        {": `echo \\$x`", "<a\\b\"c>"},
        {": $((1+2)) \"$((3*4))\" x$((5))", "<3><12><x5>"},
        {"x=6 : $((x*7)) $(($x*7)) $((${x}1)) $((${none:-3}+1))", "<42><42><61><4>"},
        {": $((y=3)) $y $((y+=4))", "<3><3><7>"},
        {": $((  )) $(( $(echo 4) + 1 ))", "<0><5>"},
    };
    struct stage s;
    stage_open(&s);
    CHECK_ROWS(&s, rows);
    CHECK(stage_expand(&s, ": $((1+))")[0] == '!');
    CHECK(stage_expand(&s, "x='1+' : $(($x))")[0] == '!');
    stage_close(&s);
}

TEST(values_by_default_and_so_on)
{
    static const struct row rows[] = {
        {"e= s=v : ${u-w} ${u:-w} \"${e-w}\" ${e:-w} ${s-w} ${s:-w}", "<w><w><><w><v><v>"},
        {": \"${u+w}\" \"${u:+w}\" ${e+w} \"${e:+w}\" ${s+w} ${s:+w}", "<><><w><><w><w>"},
        {": ${u+w} ${e:+w} ${s+}", ""},
        {": \"${u-}\" ${u-}", "<>"},
        {": ${a=x} $a ${a=y} ${b:=z w} \"$b\"", "<x><x><x><z><w><z w>"},
        {": ${e:=\"$s $s\"} \"$e\"", "<v><v><v v>"},
        {": ${s?gone} ${s:?gone}", "<v><v>"},
        {": ${u?}", "!u: parameter not set"},
        {": ${u:?}", "!u: parameter null or not set"},
        {": ${u?gone for \"good $s\"}", "!u: gone for good v"},
        {": ${1:?gone}", "!1: gone"},
        {": ${1:=x}", "!1: cannot assign to it"},
        {": ${@:=x}", "!@: cannot assign to it"},
        {": ${@?none}", "!@: none"},
        {": \"${u-'b'}\" \"${u-\"b\"}\" \"${u-\\}}\" ${u-'}'}", "<'b'><b><}><}>"},
        {": ${u-${v-${w-deep}}} ${u-$(echo a b)} ${u-$((1+1))}", "<deep><a><b><2>"},
        {"u2='a  b' : \"${u-$u2}\" ${u-\"$u2\"} ${u-$u2}", "<a  b><a  b><a><b>"},
    };
    struct stage s;
    stage_open(&s);
    CHECK_ROWS(&s, rows);
    stage_close(&s);
}

TEST(lengths_prefixes_and_suffixes)
{
    static const struct row rows[] = {
        {"x=abc : ${#x} ${#u} \"${#x}\" ${##} ${#?}", "<3><0><3><1><1>"},
        {"x=\303\251a : ${#x}", "<3>"},
        {"LC_ALL=C.UTF-8 : ${#x}", "<2>"},
        {": ${x#?} ${x%?}", "<a><\303\251>"},
        {"x=/usr/lib/libc.so.6 : ${x#*/} ${x##*/} ${x%.*} ${x%%.*}",
         "<usr/lib/libc.so.6><libc.so.6></usr/lib/libc.so></usr/lib/libc>"},
        {": ${x#/usr} ${x#none} ${x%6}", "</lib/libc.so.6></usr/lib/libc.so.6>"
                                         "</usr/lib/libc.so.>"},
        {"x='*a*' : \"${x#'*'}\" \"${x#\\*}\" \"${x%\"*\"}\" \"${x#*}\" \"${x##*}\"",
         "<a*><a*><*a><*a*><>"},
        {"p='*' : \"${x#$p}\" \"${x##$p}\" \"${x#\"$p\"}\"", "<*a*><><a*>"},
        {"p='\\*' : \"${x#$p}\" \"${x#\"$p\"}\"", "<a*><*a*>"},
        {"x=aXb : ${x#${u-a}} ${x%$(echo b)} ${x#a${u}} ${x#}", "<Xb><aX><Xb><aXb>"},
        {"x= : ${x#a} \"${x#a}\" \"${u%a}\"", "<><>"},
        {"x='a b c' : ${x#a } \"${x#a }\" ${x% *}", "<b><c><b c><a><b>"},
        {"x='~y' : ${x#~} \"${x#~}\"", "<y><y>"},
    };
    static const char *const params[] = {"ab", "cb", "b", NULL};
    struct stage s;
    stage_open(&s);
    CHECK_ROWS(&s, rows);
    stage_params(&s, params);
    CHECK_TEXT(stage_expand(&s, ": \"${@%b}\" ${*#?}"), "<a><c><><b><b>");
    CHECK_TEXT(stage_expand(&s, ": \"${*%b}\""), "<a c >");
    stage_close(&s);
}

TEST(positional_and_special_parameters)
{
    static const struct row none[] = {
        {": $@ $* \"$@\"", ""},
        {": \"$*\"", "<>"},
        {": \"$@\"\"\"", "<>"},
        {": ''$@", "<>"},
        {": x$@ \"y$@\"", "<x><y>"},
        {": $# ${#} ${#@} ${#*} \"$1\" $1 $0", "<0><0><0><0><><stage>"},
        {": ${1+\"$@\"} \"${1+\"$@\"}\"", "<>"},
        {": ${@-none} \"${@:-none}\" ${*+some} \"${@:+some}\"", "<none><none><>"},
        {": ${!-unset}", "<unset>"},
    };
    static const struct row some[] = {
        {": $# ${#} ${#@} $1 $2 ${10} $10 ${#10}", "<10><10><10><a><b><ten><a0><3>"},
        {": ${1-x} ${11-x} \"${11}\"", "<a><x><>"},
        {": ${1+\"$@\"}", "<a><b><c><d><e><f><g><h><i><ten>"},
        {": \"${@:+x}\" ${@+y}", "<x><y>"},
        {": ${#-} ", "<0>"},
    };
    static const struct row two[] = {
        {": \"${@:-x}\" \"${*:-x}\" ${*:+y}", "<><>< ><y>"},
        {"IFS= : \"${*:-x}\"", "<x>"},
    };
    static const char *const ten[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "ten", NULL};
    static const char *const lone[] = {"", NULL};
    static const char *const pair[] = {"", "", NULL};
    struct stage s;
    stage_open(&s);
    CHECK_ROWS(&s, none);
    stage_params(&s, ten);
    CHECK_ROWS(&s, some);
    s.sh.status = 7;
    s.sh.pid = 42;
    s.sh.last_async = 43;
    CHECK_TEXT(stage_expand(&s, ": $? $$ $! \"$?\" x$!"), "<7><42><43><7><x43>");
    stage_params(&s, lone);
    CHECK_TEXT(stage_expand(&s, ": \"$@\" $@ \"${@:-x}\" \"${@-x}\" ${@:+y}"), "<><x><>");
    stage_params(&s, pair);
    CHECK_ROWS(&s, two);
    stage_close(&s);
}

TEST(nounset)
{
    static const struct row rows[] = {
        {": $u", "!u: parameter not set"},
        {": \"${u}\"", "!u: parameter not set"},
        {": ${#u}", "!u: parameter not set"},
        {": ${u#x}", "!u: parameter not set"},
        {": x$u", "!u: parameter not set"},
        {": $1", "!1: parameter not set"},
        {": $!", "!!: parameter not set"},
        {"x=$u : y", "!u: parameter not set"},
        {"u2=a$u : y", "!u: parameter not set"},
        {": ${u-a} ${u:-b} ${u+c} ${u=d} $u", "<a><b><d><d>"},
        {": $@ $* \"$@\" \"$*\" $#", "<><0>"},
        {"u3=$u3$u3 : y", "!u3: parameter not set"},
    };
    struct stage s;
    stage_open(&s);
    s.sh.settings.options |= OPT_NOUNSET;
    CHECK_ROWS(&s, rows);
    stage_close(&s);
}

TEST(tildes)
{
    static const struct row rows[] = {
        {": ~ ~/x", "<~><~/x>"},
        {"HOME=/h : ~ ~/x \\~ '~' \"~\" a~ ~\"/x\" x:~", "</h></h/x><~><~><~><a~><~/x><x:~>"},
        {"HOME=/ : ~ ~/x", "</></x>"},
        {"HOME=/h/ : ~ ~/x", "</h/></h/x>"},
        {"HOME= : ~ ~/x", "<></x>"},
        {"HOME='a b*' : ~", "<a b*>"},
        {"HOME=/h : a=~ x=~/y:~", "<a=~><x=~/y:~>"},
        {"HOME=/h a=~ b=~/y:~ c=x:~/z d=\"~\" : \"$a\" \"$b\" \"$c\" $d",
         "</h></h/y:/h><x:/h/z><~>"},
        {"HOME=/h export a=~ b=~/y:~ c~", "<a=/h><b=/h/y:/h><c~>"},
        {": ~nosuchuserhere ~nosuchuserhere/x", "<~nosuchuserhere><~nosuchuserhere/x>"},
        {": ${u-~} ${u-~/x} \"${u-~}\" ${u-a~}", "</h></h/x><~><a~>"},
        {": ~root/x", "</root/x>"},
    };
    struct stage s;
    stage_open(&s);
    CHECK_ROWS(&s, rows);
    stage_close(&s);
}

TEST(assignments)
{
    static const struct row rows[] = {
        {"x='a  b' y=$x : \"$y\"", "<a  b>"},
        {"y=\"$x\"\"$x\" : \"$y\"", "<a  ba  b>"},
        {"y=$(echo a b) : \"$y\"", "<a b>"},
        {"y=* z='?'* : \"$y\" \"$z\"", "<*><?*>"},
        {"y= z=\"\" : \"$y$z\"", "<>"},
        {"n=$((6*7)) m=$n : $n $m $((n+m))", "<42><42><84>"},
        {"s=a s=$s$s s=$s-$s : $s", "<aa-aa>"},
        {"s=1 s=$s$((s=5)) : $s", "<15>"},
        {"s=x s=${s#y}z s=$s\"$s\"'q' : $s", "<xzxzq>"},
        {"s=$s : $s", "<xzxzq>"},
        {"n=$((1)) n=$n$n : $n", "<11>"},
        {"export_me='a b' export q=$x r=$x$x", "<q=a  b><r=a  ba  b>"},
        {"export $x", "<a><b>"},
    };
    struct stage s;
    struct diag d = {0};
    stage_open(&s);
    CHECK_ROWS(&s, rows);
    CHECK(variable_set_by_name(&s.sh, "fixed", "1", &d));
    variable_flag(&s.sh, symbol_find(&s.sh.symbols, "fixed", 5), VARIABLE_READONLY, 0);
    CHECK_TEXT(stage_expand(&s, "fixed=2 : x"), "!fixed: readonly variable");
    CHECK_TEXT(stage_expand(&s, "fixed=$fixed$x : x"), "!fixed: readonly variable");
    CHECK_TEXT(stage_expand(&s, "IFS=x : ${fixed:=2}"), "<1>");
    variable_flag(&s.sh, symbol_intern(&s.sh.symbols, "rigid", 5), VARIABLE_READONLY, 0);
    CHECK_TEXT(stage_expand(&s, ": ${rigid=2}"), "!rigid: readonly variable");
    stage_close(&s);
}

TEST(appending_is_not_quadratic)
{
    struct stage s;
    stage_open(&s);
    stage_expand(&s, "big=x");
    for (int i = 0; i < 22; i++) {
        stage_expand(&s, "big=$big$big");
    }
    for (int i = 0; i < 20000; i++) {
        stage_expand(&s, "big=${big}y");
    }
    CHECK_TEXT(stage_expand(&s, ": ${#big}"), "<4214304>");
    stage_close(&s);
}

TEST(unknown_forms_are_errors_only_here)
{
    struct stage s;
    stage_open(&s);
    CHECK_TEXT(stage_expand(&s, ": ${x/y/z}"), "!${x/y/z}: bad substitution");
    CHECK_TEXT(stage_expand(&s, ": ${u+${x/y/z}}"), "");
    stage_close(&s);
}

TEST(here_documents)
{
    static const struct {
        const char *text;
        const char *body;
    } rows[] = {
        {":<<E\na $x \"$x\" '$x' \\$x \\\\ `echo b`$((1+1))\nE\n",
         "a 1  2 \"1  2\" '1  2' $x \\ b2\n"},
        {":<<'E'\na $x\nE\n", "a $x\n"},
        {":<<E\n$* $@ \"$*\" \"$@\" ${u-q}\nE\n", "p:q p q \"p:q\" \"p q\" q\n"},
        {":<<E\nE\n", ""},
    };
    static const char *const params[] = {"p", "q", NULL};
    struct stage s;
    stage_open(&s);
    stage_params(&s, params);
    stage_expand(&s, "IFS=: x='1  2'");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct source source;
        struct program *program = NULL;
        struct diag d = {0};
        size_t length = 0;
        struct parse_input input = {
            .source = &source, .programs = &s.sh.programs, .depth = &s.sh.depth};
        source_text(&source, rows[i].text, strlen(rows[i].text), 1);
        if (CHECK(parse_command(&input, &program, &d) == PARSE_OK)) {
            CHECK_TEXT(expand_here(&s.sh, program->root->redirects->body, &length, &d),
                       rows[i].body);
            CHECK_INT(length, strlen(rows[i].body));
        }
        diag_clear(&d);
        program_release(program);
    }
    stage_close(&s);
}

TEST(prompts)
{
    struct stage s;
    stage_open(&s);
    stage_expand(&s, "x='a b'");
    CHECK_TEXT(expand_prompt(&s.sh, "$ "), "$ ");
    CHECK_TEXT(expand_prompt(&s.sh, "plain"), "plain");
    CHECK_TEXT(expand_prompt(&s.sh, ""), "");
    CHECK_TEXT(expand_prompt(&s.sh, "[$x] \\$ $(echo c) \"\n_ $((1+1))"), "[a b] $ c \"\n_ 2");
    CHECK_TEXT(expand_prompt(&s.sh, "${x"), "${x");
    CHECK_TEXT(expand_prompt(&s.sh, "${u?gone}"), "${u?gone}");
    stage_close(&s);
}

/* The words of `: SUBJECT PATTERN...`: which of the patterns match, as letters. */
static void check_match(struct stage *s, const char *text, const char *expected)
{
    struct source source;
    struct program *program = NULL;
    struct diag d = {0};
    char letters[16] = "";
    struct parse_input input = {
        .source = &source, .programs = &s->sh.programs, .depth = &s->sh.depth};
    source_text(&source, text, strlen(text), 1);
    if (!CHECK(parse_command(&input, &program, &d) == PARSE_OK)) {
        diag_clear(&d);
        return;
    }
    const struct node *node = program->root;
    size_t length;
    const char *subject = expand_string(&s->sh, node->simple.words[1], &length, &d);
    for (size_t i = 2; i < node->simple.word_count; i++) {
        const struct word *word = node->simple.words[i];
        bool matches = expand_match(&s->sh, word, subject, length, &d);
        letters[i - 2] = matches ? 'y' : 'n';
        CHECK(pattern_matches(expand_pattern(&s->sh, word, &d), subject, length) == matches);
    }
    CHECK(!diag_is_set(&d));
    CHECK_TEXT(letters, expected);
    program_release(program);
}

TEST(patterns_keep_their_quoting)
{
    struct stage s;
    stage_open(&s);
    stage_expand(&s, "x='a*' b='\\' e='\\*' q='[a]'");
    check_match(&s, ": abc abc a* 'a*' \"a\"* a\\* $x \"$x\" ab[b-d] ab'['b-d]", "yynynynyn");
    check_match(&s, ": 'a*' 'a*' a\\* \"$x\" $x b", "yyyyn");
    check_match(&s, ": '*' $e \"$e\" $b'*' '*'", "ynny");
    check_match(&s, ": '\\*' $e \"$e\" $b'*' $b\"x\"", "nyyn");
    check_match(&s, ": '\\x' $b'*' $b\"x\"", "ny");
    check_match(&s, ": a $q \"$q\" [\"b-a\"] ['!'a] [\"]\"a]", "ynyyy");
    check_match(&s, ": ~ ~ '~'", "yy");
    check_match(&s, ": '' '' \"\" $none \"$none\" *", "yyyyy");
    stage_close(&s);
}
