/* test_pattern.c -- pattern matching notation: what matches, where it ends, and what it costs. */
#include "unit.h"

#include <time.h>

#include "base/arena.h"
#include "base/mem.h"
#include "expand/pattern.h"

static bool matches(const char *pattern, const char *text, bool utf8)
{
    struct arena arena = {0};
    const struct pattern *p = pattern_compile(&arena, pattern, strlen(pattern), utf8);
    bool result = pattern_matches(p, text, strlen(text));

    arena_free(&arena);
    return result;
}

/* Texts that match, then after a NULL texts that do not, then NULL. */
static void check(const char *pattern, bool utf8, const char *const *texts)
{
    bool expected = true;

    for (int seen = 0; seen < 2; texts++) {
        if (*texts == NULL) {
            expected = false;
            seen++;
        } else if (!CHECK(matches(pattern, *texts, utf8) == expected)) {
            CHECK_TEXT(pattern, *texts);
        }
    }
}

#define ROW(...)                                                                                   \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

TEST(plain_text_stars_and_marks)
{
    check("", false, ROW("", NULL, "a"));
    check("abc", false, ROW("abc", NULL, "ab", "abcd", "abd", ""));
    check("*", false, ROW("", "a", "abc", NULL));
    check("**", false, ROW("", "a", NULL));
    check("?", false, ROW("a", "/", NULL, "", "ab"));
    check("a*", false, ROW("a", "abc", NULL, "", "ba"));
    check("*a", false, ROW("a", "cba", NULL, "", "ab"));
    check("a*b", false, ROW("ab", "axxb", "abab", NULL, "a", "aba"));
    check("*a*", false, ROW("a", "bab", NULL, "", "b"));
    check("?*", false, ROW("a", "ab", NULL, ""));
    check("a?c*?", false, ROW("abcd", "abcde", NULL, "abc"));
    check("*abc*abc*", false, ROW("abcabc", "xabcxabcx", NULL, "abcab", "ababcc"));
    check("a*a", false, ROW("aa", "aba", NULL, "a"));
    check("ab*ba", false, ROW("abba", NULL, "aba"));
    check("*.*", false, ROW(".", "a.b", NULL, "ab"));
    check(".*", false, ROW(".", ".a", NULL, "a"));
}

TEST(backslash_takes_meaning_away)
{
    check("\\*", false, ROW("*", NULL, "a", "\\*"));
    check("\\?\\[\\]", false, ROW("?[]", NULL, "a[]"));
    check("a\\bc", false, ROW("abc", NULL, "a\\bc"));
    check("\\\\", false, ROW("\\", NULL, "\\\\"));
    check("a\\", false, ROW("a\\", NULL, "a"));
    check("*\\", false, ROW("\\", "x\\", NULL, "x"));
    check("\\[ab]", false, ROW("[ab]", NULL, "a"));
    check("a\\*b*", false, ROW("a*b", "a*bc", NULL, "axb"));
}

TEST(brackets)
{
    check("[abc]", false, ROW("a", "b", "c", NULL, "d", "", "ab"));
    check("[a-c]", false, ROW("a", "b", "c", NULL, "d", "-"));
    check("[!a-c]", false, ROW("d", "-", "!", "/", NULL, "a", ""));
    check("[^a-c]", false, ROW("d", "^", NULL, "a"));
    check("[a-]", false, ROW("a", "-", NULL, "b"));
    check("[-a]", false, ROW("a", "-", NULL, "b"));
    check("[!-a]", false, ROW("b", NULL, "a", "-"));
    check("[]]", false, ROW("]", NULL, "["));
    check("[]a]", false, ROW("]", "a", NULL, "["));
    check("[!]]", false, ROW("a", "[", NULL, "]"));
    check("[]-a]", false, ROW("]", "^", "a", NULL, "b", "-"));
    check("[--0]", false, ROW("-", ".", "0", NULL, "1"));
    check("[c-a]", false, ROW(NULL, "a", "b", "c", "-"));
    check("[a-c-e]", false, ROW("b", "-", "e", NULL, "d"));
    check("[a!]", false, ROW("a", "!", NULL, "b"));
    check("[a/b]", false, ROW("/", NULL, "[a/b]"));
    check("[[]", false, ROW("[", NULL, "]"));
    check("x[0-9]*[a-z]", false, ROW("x1a", "x1..a", NULL, "x1", "xa"));
}

TEST(brackets_that_do_not_close_are_text)
{
    check("[", false, ROW("[", NULL, "a"));
    check("[abc", false, ROW("[abc", NULL, "a"));
    check("[]", false, ROW("[]", NULL, "]"));
    check("[!]", false, ROW("[!]", NULL, "a"));
    check("[a*", false, ROW("[a", "[abc", NULL, "a"));
    check("[?]]", false, ROW("?]", NULL, "a]"));
    check("a[b?", false, ROW("a[bc", NULL, "abc"));
    check("[[.a.]", false, ROW("[a", "[.", NULL, "a", "[[.a.]"));
    check("[a\\]", false, ROW("[a]", NULL, "a"));
}

TEST(quoting_inside_brackets)
{
    check("[a\\-c]", false, ROW("a", "-", "c", NULL, "b", "\\"));
    check("[\\]]", false, ROW("]", NULL, "\\"));
    check("[a\\]b]", false, ROW("a", "]", "b", NULL, "\\"));
    check("[\\!a]", false, ROW("!", "a", NULL, "b"));
    check("[\\a-\\c]", false, ROW("b", NULL, "\\"));
    check("[\\\\]", false, ROW("\\", NULL, "a"));
}

TEST(classes_and_symbols)
{
    check("[[:alpha:]]", false, ROW("a", "Z", NULL, "1", "\344"));
    check("[[:digit:]x]", false, ROW("1", "x", NULL, "a"));
    check("[![:space:]]", false, ROW("a", NULL, " ", "\t"));
    check("[[:upper:][:digit:]_]*", false, ROW("A", "_a", "9", NULL, "a"));
    check("[[:foo:]]", false, ROW(NULL, "f", ":", "["));
    check("[[:punct:]]", false, ROW("!", "~", "_", NULL, "a", " "));
    check("[[:alpha]", false, ROW("a", ":", "[", NULL, "b"));
    check("[[:alpha:]-z]", false, ROW("a", "-", "z", NULL, "0"));
    check("[[.-.]]", false, ROW("-", NULL, "."));
    check("[[.].]]", false, ROW("]", NULL, "."));
    check("[[=-=]]", false, ROW("-", NULL, "="));
    check("[[=]=]a]", false, ROW("]", "a", NULL, "="));
    check("[[.a.]-[.c.]]", false, ROW("b", NULL, "."));
    check("[[.space.][.hyphen.]]", false, ROW(" ", "-", NULL, "s"));
    check("[[.nothing.]a]", false, ROW("a", NULL, "n", "."));
    check("[!-[.].]]", false, ROW("a", NULL, "-", "]"));
}

TEST(characters_of_utf8)
{
    check(
        "?", true,
        ROW("\303\244", "\342\202\254", "\360\237\230\200", "\377", NULL, "\303\244a", "\377\376"));
    check("?", false, ROW("\377", NULL, "\303\244"));
    check("[\303\244\303\266]", true, ROW("\303\244", "\303\266", NULL, "\303", "a", "\303\274"));
    check("[!a]", true, ROW("\303\244", "\377", NULL, "a"));
    check("[\303\240-\303\277]x", true, ROW("\303\244x", NULL, "ax", "\303x"));
    check("[[:alpha:]]", true, ROW("\303\244", "a", NULL, "\342\202\254", "\377"));
    check("[[=\303\251=]]", true, ROW("\303\251", NULL, "e"));
    check("*\303\244", true, ROW("\303\244", "x\303\244", NULL, "\303"));
    check("[\200-\377]", true, ROW("\377", "\200", NULL, "\303\244"));
    check("[\200-\377]", false, ROW("\377", "\200", NULL, "a"));
    check("\\\303\244?", true, ROW("\303\244\303\244", NULL, "\303\244"));
}

TEST(no_character_is_cut)
{
    check("*\244", true, ROW("\244", "a\244", NULL, "\303\244"));
    check("\303*", true, ROW("\303", "\303a", NULL, "\303\244"));
    check("*\303*", true, ROW("x\303y", NULL, "x\303\244y"));
    check("*\303*", false, ROW("x\303\244y", NULL));
    check("\303?", true, ROW("\303a", NULL, "\303\244"));
}

struct ends {
    const char *pattern;
    const char *text;
    int prefix_short; /* -1: none */
    int prefix_long;
    int suffix_short;
    int suffix_long;
};

static const struct ends ends[] = {
    {"*,", "a,b,c", 2, 4, -1, -1},
    {",*", "a,b,c", -1, -1, 3, 1},
    {"*/", "/usr/lib/x", 1, 9, -1, -1},
    {"/*", "/usr/lib/x", 1, 10, 8, 0},
    {"*", "abc", 0, 3, 3, 0},
    {"", "abc", 0, 0, 3, 3},
    {"?", "abc", 1, 1, 2, 2},
    {"a", "abc", 1, 1, -1, -1},
    {"c", "abc", -1, -1, 2, 2},
    {"x", "abc", -1, -1, -1, -1},
    {"a*b", "abxbxb", 2, 6, 0, 0},
    {"a*b*c", "abcbcabc", 3, 8, 5, 0},
    {"*z", "aaaa", -1, -1, -1, -1},
    {"z*", "aaaa", -1, -1, -1, -1},
    {"*.tar.*", "a.tar.b.tar.gz", 6, 14, 7, 0},
    {".*", "a.tar.gz", -1, -1, 5, 1},
    {"[0-9]*", "12ab3", 1, 5, 4, 0},
    {"*[0-9]", "12ab3", 1, 5, 4, 0},
    {"*a?", "abacad", 2, 6, 4, 0},
    {"\303\244*", "x\303\244y\303\244", -1, -1, 4, 1},
    {"?", "\303\244\303\266", 2, 2, 2, 2},
    {"*?", "\303\244\303\266", 2, 4, 2, 0},
    {"?*", "\303\244\303\266", 2, 4, 2, 0},
};

static int prefix(const struct pattern *p, const char *text, bool longest)
{
    size_t at;

    return pattern_prefix(p, text, strlen(text), longest, &at) ? (int)at : -1;
}

static int suffix(const struct pattern *p, const char *text, bool longest)
{
    size_t at;

    return pattern_suffix(p, text, strlen(text), longest, &at) ? (int)at : -1;
}

TEST(prefixes_and_suffixes)
{
    struct arena arena = {0};

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        const struct ends *e = &ends[i];
        const struct pattern *p = pattern_compile(&arena, e->pattern, strlen(e->pattern), true);
        bool held = CHECK_INT(prefix(p, e->text, false), e->prefix_short);

        held = CHECK_INT(prefix(p, e->text, true), e->prefix_long) && held;
        held = CHECK_INT(suffix(p, e->text, false), e->suffix_short) && held;
        held = CHECK_INT(suffix(p, e->text, true), e->suffix_long) && held;
        if (!held) {
            CHECK_TEXT(e->pattern, e->text);
        }
    }
    arena_free(&arena);
}

TEST(nul_bytes_are_bytes)
{
    struct arena arena = {0};
    const struct pattern *p = pattern_compile(&arena, "a\0*[\0b]", 7, false);

    CHECK(pattern_matches(p, "a\0x\0", 4));
    CHECK(pattern_matches(p, "a\0b", 3));
    CHECK(!pattern_matches(p, "a\0x", 3));
    CHECK(!pattern_matches(p, "ab", 2));
    arena_free(&arena);
}

enum { LONG = 1 << 20 };

/* None of these may be worse than some passes over the text; quadratic ones would take hours. */
TEST(long_texts_cost_little)
{
    static const char *const patterns[] = {
        "*z",  "z*",      "*a*a*a*a*b", "a*a*a*a*b*", "*ab*",  "?*z",
        "*?z", "*[b-z]*", "*,",         ",*",         "*b*c*", "b*a*a*a*a",
    };
    struct arena arena = {0};
    char *text = mem_alloc(LONG);
    clock_t before = clock();
    size_t at;

    memset(text, 'a', LONG);
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
        const struct pattern *p =
            pattern_compile(&arena, patterns[i], strlen(patterns[i]), (i & 1) != 0);

        CHECK(!pattern_matches(p, text, LONG));
        for (int longest = 0; longest < 2; longest++) {
            CHECK(!pattern_prefix(p, text, LONG, longest, &at));
            CHECK(!pattern_suffix(p, text, LONG, longest, &at));
        }
    }
    CHECK(clock() - before < 10 * CLOCKS_PER_SEC);
    mem_free(text);
    arena_free(&arena);
}

TEST(long_patterns_cost_little)
{
    struct arena arena = {0};
    char *text = mem_alloc(LONG);
    const struct pattern *p;
    clock_t before = clock();
    size_t at;

    memset(text, 'a', LONG);
    p = pattern_compile(&arena, text, LONG, false);
    CHECK(pattern_prefix(p, text, LONG, false, &at) && at == LONG);
    CHECK(pattern_suffix(p, text, LONG, false, &at) && at == 0);
    text[LONG / 2] = '*';
    p = pattern_compile(&arena, text, LONG, true);
    text[LONG / 2] = 'a';
    CHECK(pattern_prefix(p, text, LONG, true, &at) && at == LONG);
    memset(text, '[', LONG);
    p = pattern_compile(&arena, text, LONG, false);
    CHECK(pattern_matches(p, text, LONG));
    memset(text, '*', LONG);
    p = pattern_compile(&arena, text, LONG, false);
    CHECK(pattern_matches(p, "x", 1));
    CHECK(clock() - before < 5 * CLOCKS_PER_SEC);
    mem_free(text);
    arena_free(&arena);
}
