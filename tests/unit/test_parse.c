/* test_parse.c -- the grammar: lists, compound commands, redirections, aliases, errors. */
#include "unit.h"

#include "symbol_tools.h"
#include "tree_dump.h"

#include "base/mem.h"
#include "syntax/print.h"

static struct buf said;

#define CHECK_TREE(SCRIPT, TREE) CHECK_TEXT(dump_script(&said, SCRIPT, NULL), TREE "\n")
#define CHECK_ERROR(SCRIPT, MESSAGE) CHECK_TEXT(dump_script(&said, SCRIPT, NULL), MESSAGE "\n")

TEST(simple_commands_take_assignments_words_and_redirections_in_any_order)
{
    CHECK_TREE("x=1 >f a b", "(x=[<1>]L [<a>]L [<b>]L 1>[<f>]L)");
    CHECK_TREE("a x=1", "([<a>]L [<x=1>]LA)");
    CHECK_TREE("x=", "(x=[]L )");
    CHECK_TREE("<a", "( 0<[<a>]L)");
    CHECK_TREE("a 2>&1 3<&- >|b <>c >>d",
               "([<a>]L 2>&[<1>]L 3<&[<->]L 1>|[<b>]L 0<>[<c>]L 1>>[<d>]L)");
    CHECK_TREE("a 12 >b", "([<a>]L [<12>]L 1>[<b>]L)");
    CHECK_TREE("a \\2>b", "([<a>]L [\"<2>]LQ 1>[<b>]L)");
    CHECK_TREE("a >&2>b", "([<a>]L 1>&[<2>]L 1>[<b>]L)");
}

TEST(lists_and_pipelines)
{
    CHECK_TREE("a; b & c", "(list ([<a>]L);([<b>]L)&([<c>]L);)");
    CHECK_TREE("a &", "(list ([<a>]L)&)");
    CHECK_TREE("a && b || c", "(and-or ([<a>]L) && ([<b>]L) || ([<c>]L))");
    CHECK_TREE("! a | b", "(pipe ! ([<a>]L)([<b>]L))");
    CHECK_TREE("! ! a", "(pipe ([<a>]L))");
    CHECK_TREE("a |\n\n# comment\nb", "(pipe ([<a>]L)([<b>]L))");
    CHECK_TREE("a &\\\n& b", "(and-or ([<a>]L) && ([<b>]L))");
    CHECK_TREE("a\n\n# c\nb # d", "([<a>]L)\n([<b>]L)");
    CHECK_TREE("a#b #c", "([<a#b>]L)");
}

TEST(time_is_a_keyword_with_p_only)
{
    CHECK_TREE("time a | b", "(time (pipe ([<a>]L)([<b>]L)))");
    CHECK_TREE("time -p a", "(time -p ([<a>]L))");
    CHECK_TREE("time", "(time ())");
    CHECK_TREE("(time)", "(subshell (time ()))");
    CHECK_TREE("time -f x", "([<time>]L [<-f>]L [<x>]L)");
    CHECK_TREE("'time' a", "([\"<time>]LQ [<a>]L)");
}

TEST(compound_commands)
{
    CHECK_TREE("if a; then b; elif c; then d; else e; fi >f",
               "(if ([<a>]L) then ([<b>]L)([<c>]L) then ([<d>]L) else ([<e>]L) 1>[<f>]L)");
    CHECK_TREE("while a; do b; done", "(while ([<a>]L)([<b>]L))");
    CHECK_TREE("until a\ndo b\ndone", "(while until ([<a>]L)([<b>]L))");
    CHECK_TREE("{ a; }", "(brace ([<a>]L))");
    CHECK_TREE("(a;b)", "(subshell (list ([<a>]L);([<b>]L);))");
    CHECK_TREE("for x in a b; do c; done", "(for x in [<a>]L [<b>]L([<c>]L))");
    CHECK_TREE("for x do c; done", "(for x ([<c>]L))");
    CHECK_TREE("for x; do c; done", "(for x ([<c>]L))");
    CHECK_TREE("for x\n\nin\ndo c; done", "(for x in ([<c>]L))");
    CHECK_TREE("for in in in; do a; done", "(for in in [<in>]L([<a>]L))");
}

TEST(case_commands)
{
    CHECK_TREE("case x in esac", "(case [<x>]L)");
    CHECK_TREE("case x in (a|b) c;; d) e;& *) esac",
               "(case [<x>]L [<a>]L|[<b>]L)([<c>]L);; [<d>]L)([<e>]L);& [<*>]G)();;)");
    CHECK_TREE("case x\nin\n(esac) a; esac", "(case [<x>]L [<esac>]L)([<a>]L);;)");
    CHECK_TREE("case in in in) a;; esac", "(case [<in>]L [<in>]L)([<a>]L);;)");
}

TEST(functions)
{
    CHECK_TREE("f() { a; } >b", "(function f (brace ([<a>]L)) 1>[<b>]L)");
    CHECK_TREE("f ( )\n(a)", "(function f (subshell ([<a>]L)))");
    CHECK_TREE("a-b() if c; then d; fi", "(function a-b (if ([<c>]L) then ([<d>]L)))");
}

TEST(here_documents)
{
    CHECK_TREE("a <<E\nx $y \"q\" \\$ \\a\\\nb\nE\nc",
               "([<a>]L 0<<[<E>]L:[^\"<x >\"$y\"< \"q\" $ \\ab\\n>]QX)\n([<c>]L)");
    CHECK_TREE("a <<'E' <<-F\n$x\nE\n\tb\n\tF\n",
               "([<a>]L 0<<[\"<E>]LQ:[^\"<$x\\n>]LQ 0<<-[<F>]L:[^\"<b\\n>]LQ)");
    CHECK_TREE("a <<E\"O\"F\n$x\nEOF\n", "([<a>]L 0<<[<E>\"<O><F>]LQ=EOF:[^\"<$x\\n>]LQ)");
    CHECK_TREE("a <<E\nb\\\nE\nE\\\n\nc\n", "([<a>]L 0<<[<E>]L:[^\"<bE\\n>]LQ)\n([<c>]L)");
    CHECK_TREE("if a <<E; then\nx\nE\nb; fi",
               "(if ([<a>]L 0<<[<E>]L:[^\"<x\\n>]LQ) then ([<b>]L))");
    CHECK_TREE("a $(b <<E\nx\nE\n) <<F\ny\nF\n",
               "([<a>]L [$(([<b>]L 0<<[<E>]L:[^\"<x\\n>]LQ))]SRX 0<<[<F>]L:[^\"<y\\n>]LQ)");
    CHECK_TREE("a <<E $(b\nc)\nx\nE\n",
               "([<a>]L [$((list ([<b>]L);([<c>]L);))]SRX 0<<[<E>]L:[^\"<x\\n>]LQ)");
    CHECK_TREE("a <<E", "([<a>]L 0<<[<E>]L:[]LQ)");
    CHECK_TREE("a <<E\nx", "([<a>]L 0<<[<E>]L:[^\"<x>]LQ)");
    CHECK_TREE("a <<\\$x\ny\n$x\n", "([<a>]L 0<<[\"<$><x>]LQ=$x:[^\"<y\\n>]LQ)");
}

TEST(names_have_symbols)
{
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = (const char *)&symbols, .limit = 1 << 20};
    struct source source;
    struct parse_input input = {.source = &source, .programs = &programs, .depth = &depth};
    struct diag d = {0};
    struct program *program;

    source_text(&source, "x=1 cmd $y\nz", 13, 7);
    CHECK_INT(parse_command(&input, &program, &d), PARSE_OK);
    CHECK(program->root->simple.words[0]->symbol == symbol_find(&symbols, "cmd", 3));
    CHECK(program->root->simple.assignments[0].name == symbol_find(&symbols, "x", 1));
    CHECK(program->root->simple.words[1]->parts->parameter.symbol == symbol_find(&symbols, "y", 1));
    CHECK_INT(program->root->line, 7);
    CHECK_INT(source.line, 8);
    CHECK_TEXT(source.at, "z");
    CHECK(symbol_find(&symbols, "z", 1) == NULL);
    program_release(program);
    CHECK_INT(held_symbols(&symbols), 0);
    programs_finish(&programs);
    symbols_free(&symbols);
}

static const char *find(const struct symbol *name)
{
    static const char *const aliases[][2] = {
        {"e", "echo "}, {"x", "a b"}, {"y", "y z"},  {"amp", "a &"}, {"two", "one\ntwo"},
        {"I", "in"},    {"D", "do"},  {"F", "for "}, {"r", ">f "},   {"q", "echo \""},
        {"c", "# c"},   {"none", ""}, {"k", "a\\"},
    };

    for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
        if (strcmp(aliases[i][0], name->text) == 0) {
            return aliases[i][1];
        }
    }
    return NULL;
}

TEST(aliases)
{
    static const struct {
        const char *script;
        const char *tree;
    } cases[] = {
        {"x", "([<a>]L [<b>]L)\n"},
        {"e x", "([<echo>]L [<a>]L [<b>]L)\n"},
        {"e \\\n x", "([<echo>]L [<a>]L [<b>]L)\n"},
        {"e 'x'", "([<echo>]L [\"<x>]LQ)\n"},
        {"y", "([<y>]L [<z>]L)\n"},
        {"amp& b", "(and-or ([<a>]L) && ([<b>]L))\n"},
        {"two 3\nx", "(list ([<one>]L);([<two>]L [<3>]L);)\n([<a>]L [<b>]L)\n"},
        {"v=1 x", "(v=[<1>]L [<a>]L [<b>]L)\n"},
        {">o x", "([<a>]L [<b>]L 1>[<o>]L)\n"},
        {"r x", "([<a>]L [<b>]L 1>[<f>]L)\n"},
        {"F i I 1; D x; done", "(for i in [<1>]L([<a>]L [<b>]L))\n"},
        {"q x\" x", "([<echo>]L [^\"< x>]LQ [<x>]L)\n"},
        {"if c\nx; then none\nx; fi", "(if ([<a>]L [<b>]L) then ([<a>]L [<b>]L))\n"},
        {"\"$(x)\"", "([^\"$(([<a>]L [<b>]L))]RQX)\n"},
        {"\\x x", "([\"<x>]LQ [<x>]L)\n"},
        {"two; c\nx", "(list ([<one>]L);([<two>]L);)\n([<a>]L [<b>]L)\n"},
        {"k;", "([<a>\"<;>]LQ=a;)\n"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CHECK_TEXT(dump_script(&said, cases[i].script, find), cases[i].tree);
    }
}

TEST(errors_show_the_place)
{
    CHECK_ERROR("a )", "1: syntax error: unexpected `)'\na )\n  ^");
    CHECK_ERROR("\nb ;; c", "2: syntax error: unexpected `;;'\nb ;; c\n  ^");
    CHECK_ERROR(
        "if a; then\nb\n",
        "3: syntax error: unexpected end of file, expecting `fi' (for `if' on line 1)\nb\n ^");
    CHECK_ERROR("case x y", "1: syntax error: unexpected `y', expecting `in'\ncase x y\n       ^");
    CHECK_ERROR("a 'b\nc", "1: syntax error: unterminated quoted string (started on line 1)\n"
                           "a 'b\n  ^");
    CHECK_ERROR("export() { :; }",
                "1: syntax error: export: is a special built-in\nexport() { :; }\n      ^");
    CHECK_ERROR("for x in a; do\r\nb\ndone", "1: syntax error: unexpected `do\\015', expecting "
                                             "`do' (the line ends in CR LF: is it a DOS text "
                                             "file?)\n"
                                             "for x in a; do\n            ^");
    CHECK_ERROR("\tb \x01 )", "1: syntax error: unexpected `)'\n b \\001 )\n        ^");
    CHECK_ERROR("for 1 in", "1: syntax error: unexpected `1', expecting a name\nfor 1 in\n    ^");
}

TEST(errors_drop_only_their_line)
{
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = (const char *)&symbols, .limit = 1 << 20};
    struct source source;
    struct parse_input input = {.source = &source, .programs = &programs, .depth = &depth};
    struct diag d = {0};
    struct program *program = NULL;

    source_text(&source, ") x\nb", 5, 1);
    CHECK_INT(parse_command(&input, &program, &d), PARSE_ERROR);
    CHECK_INT(d.kind, DIAG_SYNTAX);
    CHECK_INT(d.status, 2);
    CHECK(program == NULL);
    CHECK_TEXT(source.at, "b");
    CHECK_INT(source.line, 2);
    diag_clear(&d);
    CHECK_INT(symbols.count, 0);
    programs_finish(&programs);
    symbols_free(&symbols);
}

TEST(memory_is_used_again)
{
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = (const char *)&symbols, .limit = 1 << 20};
    struct source source;
    struct parse_input input = {.source = &source, .programs = &programs, .depth = &depth};
    struct diag d = {0};
    struct program *first;
    struct program *second;

    source_text(&source, "a b\na c\nd", 9, 1);
    CHECK_INT(parse_command(&input, &first, &d), PARSE_OK);
    program_release(first);
    CHECK(symbol_find(&symbols, "a", 1) != NULL);
    CHECK_INT(parse_command(&input, &second, &d), PARSE_OK);
    CHECK(second == first);
    CHECK_TEXT(second->root->simple.words[1]->text, "c");
    program_hold(second);
    program_release(second);
    CHECK_INT(parse_command(&input, &first, &d), PARSE_OK);
    CHECK(second != first);
    CHECK(symbol_find(&symbols, "a", 1) != NULL);
    program_release(first);
    program_release(second);
    CHECK(!symbol_is_held(symbol_find(&symbols, "a", 1)));
    CHECK_INT(held_symbols(&symbols), 0);
    programs_finish(&programs);
    symbols_free(&symbols);
}

/* ---- large here-documents ---- */

/* A store that counts, and has no room from one of the calls on. */
static struct {
    struct buf text;
    char *taken;
    int adds;
    int room; /* adds that work */
    int held; /* texts that are not yet released */
} store;

static bool store_add(int *handle, const char *bytes, size_t length)
{
    *handle = 7;
    if (store.adds++ >= store.room) {
        return false;
    }
    buf_add(&store.text, bytes, length);
    return true;
}

static const char *store_take(int *handle, size_t length)
{
    CHECK_INT(*handle, 7);
    CHECK_INT(store.text.length, length);
    *handle = -1;
    store.held++;
    store.taken = buf_take(&store.text);
    return store.taken;
}

static void store_release(const char *text, size_t length)
{
    CHECK_INT(strlen(text), length);
    store.held--;
    CHECK(text == store.taken);
    mem_free(store.taken);
}

/* What the parser makes of `script` with so much room in the store, printed; and was it stored? */
static bool parse_stored(const struct buf *script, int room, struct buf *printed)
{
    static const struct text_store calls = {store_add, store_take, store_release};
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = (const char *)&symbols, .limit = 1 << 20};
    struct source source;
    struct parse_input input = {
        .source = &source, .programs = &programs, .depth = &depth, .store = &calls};
    struct diag d = {0};
    struct program *program = NULL;
    bool stored = false;

    store.room = room;
    store.adds = 0;
    printed->length = 0;
    source_text(&source, script->data, script->length, 1);
    CHECK_INT(parse_command(&input, &program, &d), PARSE_OK);
    if (program != NULL) {
        stored = (program->root->redirects->body->traits & WORD_STORED) != 0;
        print_node(printed, program->root, PRINT_LINES);
        CHECK_INT(store.held, stored ? 1 : 0);
        CHECK_INT((program->root->traits & TRAIT_PARENT) != 0,
                  strstr(buf_text(printed), "PPID") != NULL);
    }
    program_release(program);
    CHECK_INT(store.held, 0);
    programs_finish(&programs);
    symbols_free(&symbols);
    return stored;
}

static void large_script(struct buf *script, const char *first, const char *line, const char *last)
{
    script->length = 0;
    buf_puts(script, first);
    for (size_t length = strlen(line); script->length < 5000000;) {
        buf_add(script, line, length);
    }
    buf_puts(script, last);
}

TEST(large_literal_bodies_go_to_the_store)
{
    static const struct {
        const char *first;
        const char *line;
        const char *last;
        bool literal;
    } cases[] = {
        {"cat <<'E'\n", "some $text \\\n", "E\n", true},
        {"cat <<E\n", "some text\n", "E\n", true},
        {"cat <<E\n", "some text\n", "$x\nE\n", false},
        {"cat <<E\n", "some $(text)\n", "E\n", false},
        {"cat <<'E'\n", "PPID\n", "E\n", true},
    };
    struct buf script = {0};
    struct buf printed = {0};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        large_script(&script, cases[i].first, cases[i].line, cases[i].last);
        for (int room = 0; room < 7; room++) {
            bool stored = parse_stored(&script, room, &printed);
            CHECK_INT(stored, cases[i].literal && room > 4);
            CHECK(strcmp(buf_text(&printed), buf_text(&script)) == 0);
        }
    }
    buf_free(&script);
    buf_free(&printed);
}

/* ---- depth and length ---- */

static const char *repeated(const char *what, size_t times, const char *then)
{
    static struct buf script;

    script.length = 0;
    for (size_t i = 0; i < times; i++) {
        buf_puts(&script, what);
    }
    buf_puts(&script, then);
    return buf_text(&script);
}

TEST(nesting_too_deeply_is_one_error)
{
    static const char *const openings[] = {
        "(",    "{ ",       "if ", "while ", "until ", "case x in x) ",   "$(",    "\"$(",
        "${x-", "\"${x-\"", "$((", "f() { ", "${x#",   "for x in y; do ", "time ", "$(($(",
    };

    for (size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++) {
        dump_script(&said, repeated(openings[i], 100000, ""), NULL);
        if (!CHECK(strncmp(buf_text(&said), "1: syntax error: nested too deeply", 34) == 0)) {
            break;
        }
    }
}

TEST(long_lists_are_no_nesting)
{
    static const struct {
        const char *what;
        const char *then;
    } lists[] = {{"a;", "a"}, {"a&", "a"}, {"a&&", "a"},  {"a|", "a"},
                 {"a ", ""},  {"! ", "a"}, {"a=b ", "a"}, {">a ", "a"}};

    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        dump_script(&said, repeated(lists[i].what, 100000, lists[i].then), NULL);
        CHECK(buf_text(&said)[0] == '(');
    }
}

/* Each $(( turns out to be a substitution only at its end; each is read twice, not twice per level.
 */
TEST(wrong_guesses_do_not_multiply)
{
    struct buf script = {0};

    for (int i = 0; i < 2000; i++) {
        buf_puts(&script, "$((a ");
    }
    for (int i = 0; i < 2000; i++) {
        buf_puts(&script, ") )");
    }
    dump_script(&said, buf_text(&script), NULL);
    CHECK(strncmp(buf_text(&said), "([$((subshell ([<a>]L [$((subshell", 34) == 0);
    buf_free(&script);
}
