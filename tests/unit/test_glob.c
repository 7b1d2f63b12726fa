/* test_glob.c -- pathname expansion (XCU 2.14.3). */
#include "expand_tools.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "expand/glob.h"

static void make_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    CHECK(fd >= 0);
    close(fd);
}

/* A fresh directory with files to match, which becomes the current one. */
static void enter_garden(char *path)
{
    CHECK(mkdtemp(path) != NULL);
    CHECK(chdir(path) == 0);
    static const char *const directories[] = {"d1", "d2", "d-2", "d2/e", ".hid", "d1/a*b"};
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        CHECK(mkdir(directories[i], 0777) == 0);
    }
    static const char *const files[] = {"a.c", "b.c", ".p", "B.h",      "d1/x",  "d2/x", "d2/e/x",
                                        "s p", "*",   "[z", "d1/a*b/f", "d-2/x", "\\k"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        make_file(files[i]);
    }
    CHECK(symlink("nowhere", "link") == 0);
    CHECK(symlink("d2", "ln2") == 0);
}

static void leave_garden(const char *path)
{
    char command[80];
    (void)snprintf(command, sizeof command, "rm -rf %s", path);
    CHECK(chdir("/") == 0);
    CHECK(system(command) == 0); /* NOLINT(cert-env33-c) a name of our own making */
}

TEST(matches)
{
    static const struct {
        const char *command;
        const char *fields;
    } rows[] = {
        {": *.c", "<a.c><b.c>"},
        {": ?.c", "<a.c><b.c>"},
        {": [!a].[ch]", "<B.h><b.c>"},
        {": *.none", "<*.none>"},
        {": .p*", "<.p>"},
        {": .[!.]*", "<.hid><.p>"},
        {": .*", "<.hid><.p>"},
        {": ..*", "<..*>"},
        {": [.]p", "<[.]p>"},
        {": */x", "<d-2/x><d1/x><d2/x><ln2/x>"},
        {": d*/", "<d-2/><d1/><d2/>"},
        {": l*/", "<ln2/>"},
        {": l*", "<link><ln2>"},
        {": */*/x", "<d2/e/x><ln2/e/x>"},
        {": ./d1/?", "<./d1/x>"},
        {": ././/d1/../d1/?", "<././/d1/../d1/x>"},
        {": d2//[x]", "<d2//x>"},
        {": */..", "<d-2/..><d1/..><d2/..><ln2/..>"},
        {": s*", "<s p>"},
        {": '*'", "<*>"},
        {": \\*", "<*>"},
        {": \\**", "<*>"},
        {": d1/a'*'?/*", "<d1/a*b/f>"},
        {": d1/\"a*\"*/f", "<d1/a*b/f>"},
        {": [ [z [[]z '['?", "<[><[z><[z><[z>"},
        {": d[1/]x", "<d[1/]x>"},
        {": 'd'?/'x'", "<d1/x><d2/x>"},
        {"x='*.c' : $x \"$x\" x$x", "<a.c><b.c><*.c><x*.c>"},
        {"x='* s*' : '[a]'$x", "<[a]*><s p>"},
        {"x='\\*' : $x", "<\\*>"},
        {"x='a.\\c' : $x", "<a.\\c>"},
        {"x='?.\\c' : $x", "<a.c><b.c>"},
        {"x='\\\\k*' : $x", "<\\k>"},
        {": ${none:-*.c}", "<a.c><b.c>"},
        {": ${none:-'*.c'}", "<*.c>"},
        {": $(echo '?.c')", "<a.c><b.c>"},
        {"y=*.c : \"$y\"", "<*.c>"},
        {": a=*", "<a=*>"},
        {": d1/x/*", "<d1/x/*>"},
        {": link/*", "<link/*>"},
        {": \"d\"[12]\"\"", "<d1><d2>"},
    };
    char path[] = "/tmp/swish-glob-XXXXXX";
    struct stage s;
    stage_open(&s);
    enter_garden(path);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!CHECK_TEXT(stage_expand(&s, rows[i].command), rows[i].fields)) {
            (void)CHECK_TEXT(rows[i].command, "see above");
        }
    }
    s.sh.settings.options |= OPT_NOGLOB;
    CHECK_TEXT(stage_expand(&s, "x='*' : *.c $x"), "<*.c><*>");
    leave_garden(path);
    stage_close(&s);
}

TEST(absolute_paths)
{
    struct stage s;
    stage_open(&s);
    CHECK_TEXT(stage_expand(&s, ": /etc/pass[w]d //et[c]/passwd /et[c]/"),
               "</etc/passwd><//etc/passwd></etc/>");
    CHECK_TEXT(stage_expand(&s, ": /../et[c]"), "</../etc>");
    stage_close(&s);
}

TEST(what_is_a_pattern)
{
    CHECK(glob_is_pattern("*", 1));
    CHECK(glob_is_pattern("a?", 2));
    CHECK(glob_is_pattern("[a]", 3));
    CHECK(!glob_is_pattern("[", 1));
    CHECK(!glob_is_pattern("[]", 2));
    CHECK(!glob_is_pattern("[/]", 3));
    CHECK(!glob_is_pattern("\\*\\?", 4));
    CHECK(!glob_is_pattern("abc", 3));
    CHECK(!glob_is_pattern("a\\", 2));
}

TEST(sorting_is_by_bytes)
{
    enum { MANY = 5000 };
    static char texts[MANY][16];
    static char *items[MANY];
    for (size_t i = 0; i < MANY; i++) {
        size_t n = (i * 7919) % MANY;
        (void)snprintf(texts[i], sizeof texts[i], n % 3 == 0 ? "p/%zu" : "p/commonpart%03zu\377",
                       n % 3 == 0 ? n : n % 1000);
        items[i] = texts[i];
    }
    glob_sort(items, MANY, 2);
    for (size_t i = 1; i < MANY; i++) {
        if (!CHECK(strcmp(items[i - 1], items[i]) <= 0)) {
            break;
        }
    }
}

TEST(a_directory_of_many_entries)
{
    char path[] = "/tmp/swish-glob-XXXXXX";
    enum { MANY = 20000 };
    struct stage s;
    stage_open(&s);
    CHECK(mkdtemp(path) != NULL);
    CHECK(chdir(path) == 0);
    for (int i = 0; i < MANY; i++) {
        char name[24];
        (void)snprintf(name, sizeof name, "f%05d", i);
        CHECK(mkfifo(name, 0600) == 0);
    }
    const char *said = stage_expand(&s, ": *");
    CHECK_INT(strlen(said), 8 * MANY);
    CHECK(memcmp(said, "<f00000><f00001>", 16) == 0);
    CHECK_TEXT(stage_expand(&s, ": *77[!0-8]9"), "<f07799><f17799>");
    leave_garden(path);
    stage_close(&s);
}
