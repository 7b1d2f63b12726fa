/* test_ui_text.c -- words that are being typed, and options read from manual pages: any bytes. */
#include "expand_tools.h"
#include "unit.h"

#include <stdint.h>

#include "base/buf.h"
#include "ui/manual.h"
#include "ui/word.h"

/* Numbers that are the same in every run. */
static unsigned below(uint64_t *seed, unsigned limit)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % limit;
}

static void fill(uint64_t *seed, const char *const *pieces, unsigned count, struct buf *to)
{
    to->length = 0;
    for (unsigned i = below(seed, 12); i > 0; i--) {
        if (below(seed, 4) == 0) {
            buf_putc(to, (char)(' ' + below(seed, 223)));
        } else {
            buf_puts(to, pieces[below(seed, count)]);
        }
    }
}

/* ---- words ---- */

static const char *const marks[] = {"'", "\"",   "\\",       "$",  "$(", "`",  "/", "a",
                                    " ", "!",    "${",       "}",  "~",  "$x", "*", "#",
                                    ")", "\xff", "\xc3\xa4", "$'", "&",  ";",  "=", "["};
enum { MARKS = sizeof marks / sizeof *marks };

TEST(what_is_quoted_reads_as_it_was)
{
    static const char quotes[] = {0, '\'', '"'};
    struct stage s;
    struct buf name = {0};
    struct buf raw = {0};
    uint64_t seed = 1;
    stage_open(&s);
    for (int i = 0; i < 20000; i++) {
        struct typed typed = {0};
        char quote = quotes[i % 3];
        bool ends = i % 2 == 0;
        fill(&seed, marks, MARKS, &name);
        if (memchr(buf_text(&name), 127, name.length) != NULL) {
            continue; /* $'...', which nothing else reads */
        }
        raw.length = 0;
        if (quote != 0) {
            buf_putc(&raw, quote);
        }
        typed_quote(buf_text(&name), name.length, quote, ends, &raw);
        typed_read(&s.sh, buf_text(&raw), raw.length, &typed);
        bool held = CHECK_TEXT(buf_text(&typed.text), buf_text(&name)) && CHECK(!typed.unknown) &&
                    CHECK_INT(typed.quote, ends ? 0 : quote);
        buf_free(&typed.text);
        if (!held) {
            CHECK_TEXT(buf_text(&raw), "");
            break;
        }
    }
    buf_free(&name);
    buf_free(&raw);
    stage_close(&s);
}

TEST(any_typed_word_is_read)
{
    struct stage s;
    struct buf raw = {0};
    uint64_t seed = 2;
    stage_open(&s);
    for (int i = 0; i < 20000; i++) {
        struct typed typed = {0};
        fill(&seed, marks, MARKS, &raw);
        typed_read(&s.sh, buf_text(&raw), raw.length, &typed);
        CHECK(typed.base <= typed.text.length && typed.raw_base <= raw.length);
        CHECK(typed.variable <= raw.length && typed.command <= raw.length);
        buf_free(&typed.text);
    }
    buf_free(&raw);
    stage_close(&s);
}

/* ---- manual pages ---- */

/* `-option TAB note`: what is in a note is made visible when it is shown. */
static bool lines_are_options(const char *text)
{
    while (*text != '\0') {
        const char *tab = strchr(text, '\t');
        const char *end = strchr(text, '\n');
        if (*text != '-' || end == NULL || tab == NULL || tab > end || tab == text + 1 ||
            memchr(tab + 1, '\t', (size_t)(end - tab - 1)) != NULL) {
            return false;
        }
        for (const char *at = text; at < tab; at++) {
            if (*at <= ' ' || *at == '\177') {
                return false;
            }
        }
        text = end + 1;
    }
    return true;
}

TEST(any_text_gives_options_or_none)
{
    static const char *const pieces[] = {
        "-",       "--all", "-a",     ".It Fl ", ".TP\n",    "\n",   "\n  ",    "\\-", "\\fB",
        "\\f[BI]", ".B ",   ".IP \"", ", ",      "word ",    "\t",   "=N",      "[",   "\\(",
        ".Op ",    ".PP\n", ".RS\n",  "\\",      ".It Fl a", "\001", "\x1b[1m", "<",   "\r\n"};
    struct buf text = {0};
    struct buf found = {0};
    uint64_t seed = 3;
    int some = 0;
    for (int i = 0; i < 40000; i++) {
        fill(&seed, pieces, sizeof pieces / sizeof *pieces, &text);
        found.length = 0;
        manual_parse(buf_text(&text), i % 2 == 0, &found);
        some += found.length > 0;
        if (!CHECK(lines_are_options(buf_text(&found)))) {
            CHECK_TEXT(buf_text(&found), buf_text(&text));
            break;
        }
    }
    CHECK(some > 100);
    buf_free(&text);
    buf_free(&found);
}
