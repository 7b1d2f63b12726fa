/* expand.h -- words to fields (XCU 2.6). */
#ifndef SWISH_EXPAND_EXPAND_H
#define SWISH_EXPAND_EXPAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct diag;
struct pattern;
struct shell;
struct symbol;
struct word;

/* Fields, in the shell's scratch arena; items[count] is NULL. */
struct fields {
    char **items;
    size_t count;
    size_t capacity;
};

/* One more field; the text is not copied. Keeps items[count] NULL. */
void fields_add(struct shell *sh, struct fields *fields, const char *text);

/* All expansions of one word, its fields appended. False with `d` set. */
bool expand_word(struct shell *sh, const struct word *word, struct fields *fields, struct diag *d);

/* The same for a row of words. `declares`: words of assignment form are expanded as assignments
   (operands of export, readonly, local: XCU 2.9.1.1). */
bool expand_words(struct shell *sh, struct word *const *words, size_t count, bool declares,
                  struct fields *fields, struct diag *d);

/* One string: tilde, parameters, commands, arithmetic, quote removal; no splitting, no pathnames
   (case subjects, redirection targets, PS4). In the scratch arena; NULL with `d` set. */
const char *expand_string(struct shell *sh, const struct word *word, size_t *length,
                          struct diag *d);

/* As expand_string, with the tilde rules of an assignment, and assigned to the symbol: an
   arithmetic result stays a number, an append in place costs no copy. */
bool expand_assign(struct shell *sh, struct symbol *symbol, const struct word *word,
                   struct diag *d);

/* The body of a here-document, in the scratch arena. NULL with `d` set. */
const char *expand_here(struct shell *sh, const struct word *body, size_t *length, struct diag *d);

/* A pattern with its quoting kept (case, ${x#...}): compiled into the scratch arena; NULL with `d`
 * set. */
const struct pattern *expand_pattern(struct shell *sh, const struct word *word, struct diag *d);

/* Does the pattern match the whole text (case)? A literal one is only compared. False, too, with
   `d` set. */
bool expand_match(struct shell *sh, const struct word *word, const char *text, size_t length,
                  struct diag *d);

/* Text that holds parameter expansions and the like (PS1, PS4, ENV): parsed as the inside of a
   here-document and expanded; on error the text itself. In the scratch arena. */
const char *expand_prompt(struct shell *sh, const char *text);

#endif
