/* spec_table.h -- what complete can be told. */
#ifndef SWISH_UI_SPEC_TABLE_H
#define SWISH_UI_SPEC_TABLE_H

#include <stddef.h>

struct candidates;
struct shell;

enum spec_option {
    SPEC_FILES = 1 << 0,     /* when nothing else is found */
    SPEC_DEFAULT = 1 << 1,   /* the same */
    SPEC_FOLDERS = 1 << 2,   /* the same, folders only */
    SPEC_NAMES = 1 << 3,     /* what is found are files */
    SPEC_NO_QUOTE = 1 << 4,  /* it is text as one types it */
    SPEC_NO_SORT = 1 << 5,   /* it stands in order */
    SPEC_NO_SPACE = 1 << 6,  /* nothing follows it */
    SPEC_MORE_DIRS = 1 << 7, /* folders beside what is found */
};

/* In the order of spec_letters. */
enum spec_text {
    SPEC_GLOB,
    SPEC_WORDS,
    SPEC_PREFIX,
    SPEC_SUFFIX,
    SPEC_FILTER,
    SPEC_COMMAND,
    SPEC_FUNCTION,
    SPEC_TEXTS
};

extern const char spec_letters[];

extern const struct spec_action {
    char letter; /* 0: only -A knows it */
    const char *name;
    void (*add)(struct shell *sh, struct candidates *to); /* NULL: files or folders */
} spec_actions[];
enum { SPEC_DIRECTORY = 6, SPEC_FILE = 10 };

extern const struct spec_option_name {
    const char *name;
    unsigned bit;
} spec_options[];

extern const size_t spec_action_count;
extern const size_t spec_option_count;

/* The names, for completion itself. */
void candidates_actions(struct shell *sh, struct candidates *to);
void candidates_spec_options(struct shell *sh, struct candidates *to);

#endif
