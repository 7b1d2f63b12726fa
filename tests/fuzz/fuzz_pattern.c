/* fuzz_pattern.c -- patterns against fnmatch() of the C locale, and prefix and suffix against
   trying every place. */
#include <fnmatch.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "expand/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void broken(const char *what, const char *pattern, const char *text)
{
    fprintf(stderr, "%s: pattern \"%s\" text \"%s\"\n", what, pattern, text);
    abort();
}

/* Where POSIX leaves it open and fnmatch differs: a last lone backslash, and the inside of a
   bracket with [: [. [= (unknown names, ranges between classes), escapes, a doubled or reversed
   range. */
static bool comparable(const char *pattern)
{
    bool bracket = strchr(pattern, '[') != NULL;

    if (bracket && (strstr(pattern, "[:") || strstr(pattern, "[.") || strstr(pattern, "[=") ||
                    strchr(pattern, '-') || strchr(pattern, '\\'))) {
        return false;
    }
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at == '\\' && *++at == '\0') {
            return false;
        }
    }
    return true;
}

static bool border(const char *text, size_t length, size_t at, bool utf8)
{
    size_t here = 0;

    while (here < at) {
        here += utf8_first(text + here, length - here, utf8);
    }
    return here == at;
}

/* What an end of the text can be: found by trying them all. */
struct ends {
    bool any;
    size_t first;
    size_t last;
};

static void note(struct ends *ends, size_t at)
{
    ends->first = ends->any ? ends->first : at;
    ends->last = at;
    ends->any = true;
}

static void compare(const char *what, const char *pattern, const struct ends *ends, bool found,
                    bool right)
{
    if (found != ends->any || (found && !right)) {
        broken(what, pattern, "(see the input)");
    }
}

static void check_ends(const struct pattern *p, const char *pattern, const char *text, bool utf8)
{
    size_t length = strlen(text);
    struct ends prefix = {0};
    struct ends suffix = {0};
    bool found;
    size_t at;

    for (at = 0; at <= length; at++) {
        if (border(text, length, at, utf8) && pattern_matches(p, text, at)) {
            note(&prefix, at);
        }
        if (border(text, length, at, utf8) && pattern_matches(p, text + at, length - at)) {
            note(&suffix, at);
        }
    }
    found = pattern_prefix(p, text, length, false, &at);
    compare("shortest prefix", pattern, &prefix, found, at == prefix.first);
    found = pattern_prefix(p, text, length, true, &at);
    compare("longest prefix", pattern, &prefix, found, at == prefix.last);
    found = pattern_suffix(p, text, length, false, &at);
    compare("shortest suffix", pattern, &suffix, found, at == suffix.last);
    found = pattern_suffix(p, text, length, true, &at);
    compare("longest suffix", pattern, &suffix, found, at == suffix.first);
}

/* Half of the inputs use a small alphabet, which meets more cases. */
static void shrink(char *text)
{
    static const char alphabet[] = "aaabbc**?[]!^-\\\xc3\xa9\xe2\x82\xac/";

    for (; *text != '\0'; text++) {
        *text = alphabet[(unsigned char)*text % (sizeof(alphabet) - 1)];
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    const struct pattern *p;
    char pattern[64] = "";
    char text[64] = "";
    size_t half;

    if (size < 2) {
        return 0;
    }
    half = (size - 1) / 2;
    memcpy(pattern, data + 1, half < 60 ? half : 60);
    memcpy(text, data + 1 + half, size - 1 - half < 60 ? size - 1 - half : 60);
    if (data[0] & 1) {
        shrink(pattern);
        shrink(text);
    }
    p = pattern_compile(&arena, pattern, strlen(pattern), false);
    if (comparable(pattern) &&
        pattern_matches(p, text, strlen(text)) != (fnmatch(pattern, text, 0) == 0)) {
        broken("fnmatch", pattern, text);
    }
    check_ends(p, pattern, text, false);
    p = pattern_compile(&arena, pattern, strlen(pattern), true);
    check_ends(p, pattern, text, true);
    arena_free(&arena);
    return 0;
}
