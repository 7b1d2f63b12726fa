/* build.h -- the field under construction while the parts of a word are expanded (XCU 2.6). */
#ifndef SWISH_EXPAND_BUILD_H
#define SWISH_EXPAND_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag;
struct fields;
struct part;
struct shell;
struct word;

enum build_mode {
    BUILD_FIELDS,  /* any number of fields: splitting, pathname expansion */
    BUILD_STRING,  /* one text, quoting removed */
    BUILD_PATTERN, /* one text in which a backslash stands before quoted special characters */
};

/* Bytes that begin on the stack and move to the heap when they are many. */
struct room {
    char *data;
    size_t length;
    size_t capacity;
    char stack[256];
};

struct build {
    struct shell *sh;
    struct diag *d;
    struct fields *fields; /* BUILD_FIELDS: where finished fields go */
    enum build_mode mode;
    bool splits;         /* IFS is not empty */
    bool globs;          /* set -f is off */
    bool assigns;        /* tilde-prefixes of assignments count */
    bool nested;         /* in the operand of an expansion: unquoted literal text is split, too */
    bool present;        /* the field exists though it may be empty */
    bool after_space;    /* the last field was ended by IFS white space alone */
    bool magic;          /* `pattern` is kept: an unquoted * ? [ or \ has been seen in this field */
    struct room text;    /* the field, quoting removed (BUILD_PATTERN: the pattern) */
    struct room pattern; /* the same field with its quoting, while `magic` */
};

void build_start(struct build *b, struct shell *sh, enum build_mode mode, struct diag *d);
void build_free(struct build *b);

/* Bytes that keep their meaning: quoted text or the result of a quoted expansion; even none at all
   make the field exist. */
void build_quoted(struct build *b, const char *bytes, size_t length);

/* Unquoted text that is not split. */
void build_plain(struct build *b, const char *bytes, size_t length);

/* The result of an unquoted expansion: split, and open to pathname expansion. */
void build_split(struct build *b, const char *bytes, size_t length);

/* The result of an expansion, quoted or not. */
static inline void build_result(struct build *b, bool quoted, const char *bytes, size_t length)
{
    if (quoted) {
        build_quoted(b, bytes, length);
    } else {
        build_split(b, bytes, length);
    }
}

/* Ends the field: pathname expansion, then off to `fields`. */
void build_end(struct build *b);

/* Is the text one field as it stands when its expansion was not quoted? */
bool build_is_plain(const struct shell *sh, const char *text, size_t length);

/* The parts of a word, one kind each; false with the diag set. */
bool build_parts(struct build *b, const struct part *part);
bool build_parameter(struct build *b, const struct part *part);
void build_tilde(struct build *b, const struct part *part);

/* Starts a build and runs the parts of one word (which may be NULL) through it; to be freed with
   build_free whatever the result. */
bool build_word(struct build *b, struct shell *sh, const struct word *word, enum build_mode mode,
                struct diag *d);

/* The value of a $(( )). */
bool expand_arithmetic(struct shell *sh, const struct part *part, int64_t *value, struct diag *d);

#endif
