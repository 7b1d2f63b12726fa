/* test_quote.c -- text back into shell syntax. */
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/quote.h"

static const struct {
    const char *text;
    const char *quoted;
} samples[] = {
    {"", "''"},
    {"plain", "plain"},
    {"/usr/lib/a-b_c.d,e:f@g%h+i=j^", "/usr/lib/a-b_c.d,e:f@g%h+i=j^"},
    {"-n", "-n"},
    {"a b", "'a b'"},
    {"it's", "'it'\\''s'"},
    {"'", "''\\'''"},
    {"a\"b", "'a\"b'"},
    {"back\\slash", "'back\\slash'"},
    {"$x", "'$x'"},
    {"`x`", "'`x`'"},
    {"*", "'*'"},
    {"a?", "'a?'"},
    {"[a]", "'[a]'"},
    {"[", "["},
    {"]", "]"},
    {"[[", "'[['"},
    {"!", "'!'"},
    {"{", "'{'"},
    {"}", "'}'"},
    {"{a,b}", "'{a,b}'"},
    {"a;b", "'a;b'"},
    {"a&", "'a&'"},
    {"a|b", "'a|b'"},
    {"<", "'<'"},
    {"2>", "'2>'"},
    {"(", "'('"},
    {"~", "'~'"},
    {"~x", "'~x'"},
    {"x~", "x~"},
    {"a~b", "a~b"},
    {"a=~", "'a=~'"},
    {"/bin:~/bin", "'/bin:~/bin'"},
    {"#", "'#'"},
    {"#x", "'#x'"},
    {"x#", "x#"},
    {"a=b", "a=b"},
    {"\n", "$'\\n'"},
    {"a\nb", "$'a\\nb'"},
    {"\t\r", "$'\\t\\r'"},
    {"\033[0m", "$'\\033[0m'"},
    {"\0017", "$'\\0017'"}, /* byte 1, digit 7 */
    {"\177", "$'\\177'"},
    {"\n'\\", "$'\\n\\'\\\\'"},
    {"\303\244", "\303\244"},
    {"\303\244 b", "'\303\244 b'"},
    {"\342\202\254", "'\342\202\254'"}, /* no letter: quoted, to be safe */
    {"\343\200\200", "'\343\200\200'"}, /* a blank to some shells */
    {"\302\205", "$'\\302\\205'"},      /* a control character of two bytes */
    {"\377", "$'\\377'"},
    {"\303", "$'\\303'"},
    {"\303\2440\303", "$'\303\2440\\303'"},
    {"\342\202\n", "$'\\342\\202\\n'"},
};

TEST(each_text_is_quoted_as_little_as_it_needs)
{
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct buf buf = {0};

        quote_add(&buf, samples[i].text, strlen(samples[i].text));
        CHECK_TEXT(buf_text(&buf), samples[i].quoted);
        buf_free(&buf);
    }
}

TEST(single_quotes_always)
{
    struct buf buf = {0};

    quote_add_single(&buf, "", 0);
    buf_putc(&buf, ' ');
    quote_add_single(&buf, "plain", 5);
    buf_putc(&buf, ' ');
    quote_add_single(&buf, "'a''b'", 6);
    buf_putc(&buf, ' ');
    quote_add_single(&buf, "\n\377", 2);
    CHECK_TEXT(buf_text(&buf), "'' 'plain' ''\\''a'\\'''\\''b'\\''' '\n\377'");
    buf_free(&buf);
}

static void check_visible(const char *text, size_t limit, const char *expected)
{
    struct buf buf = {0};

    quote_add_visible(&buf, text, strlen(text), limit);
    CHECK_TEXT(buf_text(&buf), expected);
    buf_free(&buf);
}

TEST(visible_text_is_cut_between_characters)
{
    check_visible("", 0, "");
    check_visible("abc", 3, "abc");
    check_visible("abcd", 3, "abc...");
    check_visible("a\033[0mb\n", 100, "a\\033[0mb\\012");
    check_visible("a\033", 4, "a...");
    check_visible("a\033", 5, "a\\033");
    check_visible("\303\244\303\244", 3, "\303\244...");
    check_visible("\303\244\303\244", 4, "\303\244\303\244");
    check_visible("\303(\302\233", 100, "\\303(\\302\\233");
    check_visible("it's $x", 100, "it's $x");
}

/* What another shell prints when it runs the command, or NULL. */
static char *read_back(const char *shell, const char *command, struct buf *got)
{
    char path[] = "/tmp/swish-quote-XXXXXX";
    int file = mkstemp(path);
    struct buf line = {0};
    ssize_t size;
    int status;

    buf_addf(&line, "exec %s %s", shell, path);
    if (file < 0 || write(file, command, strlen(command)) != (ssize_t)strlen(command)) {
        abort();
    }
    got->length = 0;
    buf_addf(&line, " >%s.out 2>/dev/null", path);
    status = system(buf_text(&line)); /* NOLINT(cert-env33-c): a test */
    close(file);
    unlink(path);
    buf_puts(got, path);
    buf_puts(got, ".out");
    file = open(buf_text(got), O_RDONLY);
    unlink(buf_text(got));
    got->length = 0;
    while (file >= 0 && (size = read(file, buf_reserve(got, 65536), 65536)) > 0) {
        got->length += (size_t)size;
    }
    close(file);
    buf_free(&line);
    return status == 0 ? buf_text(got) : NULL;
}

/* Random bytes from those that matter to shells, as fields and as assigned values. */
TEST(shells_read_back_the_same_bytes)
{
    static const char bytes[] = "a0~=:#'\"\\$`*?[]{}()<>|&; \t\n\r\001\033\177!-^%@,+./\303\244\377"
                                "\342\202\254\302\205";
    static const char *const shells[] = {"bash --posix", "env LC_ALL=C bash --posix", "busybox ash",
                                         "mksh", "ksh"};
    struct buf command = {0};
    struct buf expected = {0};
    struct buf got = {0};
    unsigned random = 7;

    buf_puts(&command, "cd /\nall=\n");
    for (int turn = 0; turn < 400; turn++) {
        char text[8];
        size_t length;

        random = random * 1103515245U + 12345U;
        length = (random >> 16) % sizeof(text);
        for (size_t i = 0; i < length; i++) {
            random = random * 1103515245U + 12345U;
            text[i] = bytes[(random >> 16) % (sizeof(bytes) - 1)];
        }
        buf_puts(&command, turn % 2 == 0 ? "set -- " : "x=");
        quote_add(&command, text, length);
        buf_puts(&command, turn % 2 == 0 ? "\nall=$all$1.\n" : "\nall=$all$x.\n");
        buf_add(&expected, text, length);
        buf_putc(&expected, '.');
    }
    buf_puts(&command, "printf %s \"$all\"\n"); /* once: some shells fork for printf */
    for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
        struct buf probe = {0};

        /* Left out where the shell is missing or older than POSIX.1-2024. */
        if (read_back(shells[i], "printf %s \\\n$'\\303\\001'\n", &probe) != NULL &&
            strcmp(buf_text(&probe), "\303\001") == 0) {
            const char *back = read_back(shells[i], buf_text(&command), &got);

            if (!CHECK_TEXT(back, buf_text(&expected))) {
                CHECK_TEXT("the shell", shells[i]);
            }
        }
        buf_free(&probe);
    }
    buf_free(&command);
    buf_free(&expected);
    buf_free(&got);
}
