/* sources.h -- where a word's candidates come from: one table of sources, asked in order. */
#ifndef SWISH_UI_SOURCES_H
#define SWISH_UI_SOURCES_H

#include <stdbool.h>
#include <stddef.h>

#include "exec/flow.h"
#include "ui/candidates.h"

struct bash_answer;
struct place;
struct shell;

/* What is known of the word, and what was found. */
struct asked {
    struct shell *sh;
    const struct place *place;
    const struct bash_answer *bash; /* what bash says of the line; NULL: it was not asked */
    struct candidates found;
    size_t from;    /* what is replaced begins here in the line */
    char quote;     /* inside which the names stand, or 0 */
    bool opens;     /* which they open */
    bool plain;     /* no quoting at all: names of variables, ~user */
    bool bare;      /* for compgen: whole words, no slash behind folders */
    bool tilde;     /* one at the beginning of a name is somebody's home */
    enum flow flow; /* other than FLOW_NEXT: the user's code broke off */
};

/* Fills `found`, sorted; the caller frees it. */
void sources_ask(struct asked *asked);

/* Does the shell itself complete the words of the command, so that nobody else is asked? */
bool sources_own(struct shell *sh, const struct place *place);

/* For sources in other files: the names replace the whole word, or what follows its last slash (the
   folder before it is then appended to `folder`). */
struct buf;
void sources_whole_word(struct asked *asked);
void sources_last_part(struct asked *asked, struct buf *folder);

/* Names that are those of folders get a slash. */
void sources_mark_folders(struct candidates *found);

#endif
