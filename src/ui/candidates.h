/* candidates.h -- what a word may be completed to, by where the names come from. */
#ifndef SWISH_UI_CANDIDATES_H
#define SWISH_UI_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct shell;

/* A zeroed struct is empty. */
struct candidates {
    struct arena memory; /* of the names */
    char **names;        /* behind each its note, "" mostly */
    size_t count;
    size_t capacity;
    const char *prefix; /* only names that begin with it are taken */
    size_t prefix_length;
    bool ordered;       /* they stand as they shall */
    const char *suffix; /* what follows a name that is the only one: " ", "}" or "" */
};

/* Adds a copy when it begins with the prefix. `note`: what a list says of it. */
void candidates_add(struct candidates *to, const char *name);
void candidates_add_noted(struct candidates *to, const char *name, const char *note);
const char *candidates_note(const struct candidates *from, size_t number);

/* The text of a name (in two parts) and its note, to be put among the names in another's place. */
char *candidates_text(struct candidates *to, const char *name, const char *tail, const char *note);

/* Adds those that begin with the prefix; when none does, all that then share no less than it has:
   they take its place. Or all of them. */
void candidates_take(struct candidates *to, const struct candidates *from, bool all);

size_t candidates_common(const struct candidates *of); /* bytes at their begin that all share */
void candidates_sort(struct candidates *to);           /* and without repetitions */
void candidates_free(struct candidates *to);

/* Each adds what its name says. */
void candidates_commands(struct shell *sh, struct candidates *to);
void candidates_keywords(struct shell *sh, struct candidates *to);
void candidates_builtins(struct shell *sh, struct candidates *to);
void candidates_variables(struct shell *sh, struct candidates *to);
void candidates_exported(struct shell *sh, struct candidates *to);
void candidates_aliases(struct shell *sh, struct candidates *to);
void candidates_functions(struct shell *sh, struct candidates *to);
void candidates_jobs(struct shell *sh, struct candidates *to);      /* %1 */
void candidates_job_names(struct shell *sh, struct candidates *to); /* their programs */
void candidates_jobs_running(struct shell *sh, struct candidates *to);
void candidates_jobs_stopped(struct shell *sh, struct candidates *to);
void candidates_signals(struct shell *sh, struct candidates *to);
void candidates_signals_dashed(struct shell *sh, struct candidates *to); /* -INT */
void candidates_options(struct shell *sh, struct candidates *to);        /* of set -o */
void candidates_users(struct shell *sh, struct candidates *to);
void candidates_homes(struct shell *sh, struct candidates *to); /* ~name/ */
void candidates_groups(struct shell *sh, struct candidates *to);
void candidates_services(struct shell *sh, struct candidates *to);
void candidates_hosts(struct shell *sh, struct candidates *to);
void candidates_keymaps(struct shell *sh, struct candidates *to);
void candidates_bindable(struct shell *sh, struct candidates *to);
void candidates_abbreviations(struct shell *sh, struct candidates *to);

/* -x for each option letter in the usage line of a built-in. */
void candidates_letters(const char *usage, struct candidates *to);

/* Names in a folder; those of folders end with a slash. */
enum file_choice { FILES_ALL, FILES_FOLDERS, FILES_PROGRAMS };
void candidates_files(const char *folder, enum file_choice choice, struct candidates *to);

#endif
