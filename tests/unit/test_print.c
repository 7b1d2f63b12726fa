/* test_print.c -- trees back to text: canonical quoting, layout, the short form. */
#include "unit.h"

#include "base/buf.h"
#include "base/depth.h"
#include "base/diag.h"
#include "base/symbol.h"
#include "syntax/parse.h"
#include "syntax/print.h"

/* The print of all commands of the text, or the message of the error. */
static void print_script(const char *text, enum print_style style, struct buf *out)
{
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = __builtin_frame_address(0), .limit = (size_t)4 << 20};
    struct diag d = {0};
    struct source source;
    struct parse_input input = {.source = &source, .programs = &programs, .depth = &depth};
    struct program *program;

    source_text(&source, text, strlen(text), 1);
    while (parse_command(&input, &program, &d) == PARSE_OK) {
        print_node(out, program->root, style);
        program_release(program);
    }
    if (diag_is_set(&d)) {
        buf_puts(out, d.text);
    }
    diag_clear(&d);
    programs_finish(&programs);
    symbols_free(&symbols);
}

/* The print, and the print of the print. */
static void check(const char *text, const char *expected)
{
    struct buf out = {0};
    struct buf again = {0};

    print_script(text, PRINT_LINES, &out);
    CHECK_TEXT(buf_text(&out), expected);
    print_script(buf_text(&out), PRINT_LINES, &again);
    CHECK_TEXT(buf_text(&again), expected);
    buf_free(&out);
    buf_free(&again);
}

static void check_short(const char *text, const char *expected)
{
    struct buf out = {0};

    print_script(text, PRINT_SHORT, &out);
    CHECK_TEXT(buf_text(&out), expected);
    buf_free(&out);
}

TEST(nothing)
{
    struct buf out = {0};

    check("", "");
    check("\n# comment\n", "");
    print_node(&out, NULL, PRINT_LINES);
    print_node(&out, NULL, PRINT_SHORT);
    CHECK_INT(out.length, 0);
    buf_free(&out);
}

TEST(quoting)
{
    check("a b  c", "a b c\n");
    check("echo \\a'b'\"c\"", "echo 'abc'\n");
    check("echo \"a b\" 'c d' e\\ f", "echo \"a b\" 'c d' e' 'f\n");
    check("echo it\\'s 'it'\\''s' \"it's\"", "echo it\\'s 'it'\\''s' \"it's\"\n");
    check("echo \"\" '' a''", "echo \"\" '' a''\n");
    check("echo \"\\$x \\` \\\\ \\\"\"", "echo \"\\$x \\` \\\\ \\\"\"\n");
    check("echo \\* '*' *", "echo '*' '*' *\n");
    check("echo $'a\\nb'", "echo 'a\nb'\n");
    check("echo a\\\nb", "echo ab\n");
    check("echo $\\a $\"b\"", "echo $\"a\" $\"b\"\n");
    check("echo \"$x\"'y' \"${x}\"'y'", "echo \"$x\"'y' \"${x}y\"\n");
    check("echo \"$@$x\" \"$@\"\"$x\"", "echo \"$@$x\" \"$@\"\"$x\"\n");
    check("echo \"$@\"''", "echo \"$@\"''\n");
    check("echo 'a'\"b$x\"", "echo \"ab$x\"\n");
    check("echo ~ ~/a ~u/b '~' \\~", "echo ~ ~/a ~u/b '~' '~'\n");
}

TEST(quoted_words_stay_what_they_are)
{
    check("'if' x", "'if' x\n");
    check("\\{ x", "'{' x\n");
    check("'a'=b", "'a'=b\n");
    check("a'='b", "a'='b\n");
    check(">x if y", ">x if y\n");
    check("y >x if", "y if >x\n");
    check("a 2 >b", "a 2 >b\n");
    check("a '2'>b", "a '2' >b\n");
}

TEST(expansions)
{
    check("echo $x ${x} $1 ${10} $@ ${#} ${#x}", "echo $x ${x} $1 ${10} $@ ${#} ${#x}\n");
    check("echo ${x:-a b} ${x-} ${x=~} ${x?'}'}", "echo ${x:-a b} ${x-} ${x=~} ${x?'}'}\n");
    check("echo \"${x:-'a' \\} \\$}\"", "echo \"${x:-'a' \\} \\$}\"\n");
    check("echo \"${x:-\"in\"}\"", "echo \"${x:-in}\"\n");
    check("echo \"${x#'a'}\" ${x%%\"b\"*}", "echo \"${x#'a'}\" ${x%%\"b\"*}\n");
    check("echo `a` \"`b \\`c\\``\"", "echo $(a) \"$(b $(c))\"\n");
    check("echo $( (a) ) $( (a); b) $()", "echo $( (a)) $( (a); b) $()\n");
    check("echo $(a\nb &\nc)", "echo $(a; b & c)\n");
    check("echo $(( 1 + x )) \"$(( (1) ))\"", "echo $(( 1 + x )) \"$(( (1) ))\"\n");
    check("echo ${x/a/b} \"${x[0]}\"", "echo ${x/a/b} \"${x[0]}\"\n");
}

TEST(redirections)
{
    check("a < b > c 2>&1 >> d <> e >| f <& 3 >&-", "a <b >c 2>&1 >>d <>e >|f <&3 >&-\n");
    check("> a b c", "b c >a\n");
    check("> a x=1", "x=1 >a\n");
    check("> a", ">a\n");
    check("{ a; } 3< b", "{\n    a\n} 3<b\n");
}

TEST(here_documents)
{
    check("a <<E\nb $x \\$y `c` \"d\"\nE\n", "a <<E\nb $x \\$y $(c) \"d\"\nE\n");
    check("a <<'E'\nb $x\nE\n", "a <<'E'\nb $x\nE\n");
    check("a <<-E\n\tb\n\tE\n", "a <<-E\nb\nE\n");
    check("a << -E\nb\n-E\n", "a << -E\nb\n-E\n");
    check("a <<E | b <<F && c\n1\nE\n2\nF\n", "a <<E | b <<F && c\n1\nE\n2\nF\n");
    check("x=$(a <<E\nb\nE\n)", "x=$(a <<E\nb\nE\n)\n");
    check("if a <<E; then b; fi\n1\nE\n", "if a <<E; then\n1\nE\n    b\nfi\n");
    check("f() { a <<E; }\n1\nE\n", "f() {\n    a <<E\n1\nE\n}\n");
    check("a <<E\n${x:-y}\nE\n", "a <<E\n${x:-y}\nE\n");
}

TEST(lists)
{
    check("a; b & c", "a; b & c\n");
    check("a &", "a &\n");
    check("a && b || ! c | d", "a && b || ! c | d\n");
    check("! ! a", "! ! a\n");
    check("(a; b &)", "(\n    a\n    b &\n)\n");
    check("( (a) )", "(\n    (\n        a\n    )\n)\n");
    check("time -p a | b", "time -p a | b\n");
}

TEST(compound_commands)
{
    check("if a; then b; elif c & then d; else e; fi",
          "if a; then\n    b\nelif c & then\n    d\nelse\n    e\nfi\n");
    check("while a; b; do c; done", "while a; b; do\n    c\ndone\n");
    check("until { a; b; }; do c & done", "until { a; b; }; do\n    c &\ndone\n");
    check("for x in a 'b c'; do d; done", "for x in a 'b c'; do\n    d\ndone\n");
    check("for x do a; done", "for x; do\n    a\ndone\n");
    check("for x in; do a; done", "for x in; do\n    a\ndone\n");
    check("case $x in a|b) c;; (esac) ;& *) esac",
          "case $x in\n    (a | b)\n        c\n        ;;\n    (esac)\n        ;&\n    (*)\n"
          "        ;;\nesac\n");
    check("f () (a) >b", "f() (\n    a\n) >b\n");
    check("a | while b; do c; done", "a | while b; do\n    c\ndone\n");
}

TEST(short_form)
{
    check_short("sleep 1 | cat", "sleep 1 | cat");
    check_short("for x in a b\ndo echo $x\ndone", "for x in a b; do echo $x; done");
    check_short("if a; then b & else c; fi", "if a; then b & else c; fi");
    check_short("case x in (a|b) c;; d) esac", "case x in a | b) c ;; d) ;; esac");
    check_short("{ a; b & }", "{ a; b & }");
    check_short("( (a); b )", "( (a); b)");
    check_short("f() { a\nb\n}", "f() { a; b; }");
    check_short("cat <<E | b\ntext\nE\n", "cat <<E | b");
    check_short("while :; do cat <<E; done\ntext\nE\n", "while :; do cat <<E; done");
    check_short("echo 'a\nb\033'", "echo 'a\\012b\\033'");
}
