/* spec.h -- a behaviour case, one run of it, and what is said about both. */
#ifndef SWISH_TESTS_SPEC_H
#define SWISH_TESTS_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct text {
    char *bytes; /* NUL-terminated once anything was added; NULL while empty */
    size_t length;
};

struct list {
    char **items;
    size_t count;
};

/* One `####` case of a .spec file. */
struct spec_case {
    const char *file;
    int line;
    char *title;
    struct text script;
    struct text input;
    struct text out;
    struct text err;
    bool has_input;
    bool has_err;   /* a `## stderr` section: compared exactly */
    bool cut_out;   /* the expected output has no final newline */
    bool file_only; /* `## script` */
    bool own;       /* not for other shells */
    int status;
    struct list err_has; /* a line of stderr contains each of these */
    struct list args;
    struct list env;
    struct list modes;   /* empty: every mode */
    struct list differs; /* "SHELL[,SHELL] REASON" */
};

struct spec_cases {
    struct spec_case *items;
    size_t count;
};

/* One run: a case under a shell in a mode. */
struct run {
    const struct spec_case *spec;
    const char *shell; /* command line, split at blanks */
    const char *name;  /* how reports call the shell */
    const char *mode;
    bool peer; /* another shell: messages and error statuses are its own */

    pid_t pid;
    int out_fd;
    int err_fd;
    long long deadline;
    char home[4096]; /* holds `dir`, the current directory of the case, and the script file */
    struct text out;
    struct text err;
    int status; /* 128+n for a signal */
    bool timed_out;
    int survivors;
    bool finished;
};

void text_add(struct text *text, const char *bytes, size_t length);
void list_add(struct list *list, const char *item, size_t length);

/* Appends the cases of the file; false with a message when it cannot be read or is malformed. */
bool spec_load(const char *path, struct spec_cases *cases);

/* True when the case may run in this mode at all. */
bool run_mode_fits(const struct spec_case *spec, const char *mode);

/* Runs them all, at most `limit` at once; calls `done` for each, in order. */
void run_all(struct run *runs, size_t count, size_t limit,
             void (*done)(struct run *run, void *context), void *context);

/* True when the run gave what its case says. With `show`, prints the differences. */
bool verdict(const struct run *run, bool show);

#endif
