/* bash.h -- completions written for bash, asked of one bash that runs beside the shell. */
#ifndef SWISH_UI_BASH_H
#define SWISH_UI_BASH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct place;
struct ui;

/* A zeroed struct is no answer. */
struct bash_answer {
    struct buf names; /* each ended by a NUL */
    size_t cut;       /* what of the word, which has no quotes then, stays before them */
    bool file_names;
    bool no_space;
};

/* Within the limit, or when Ctrl-C came (SIGINT then is pending), there may be no answer. The bash
   is started by the first question and answers from the next one on that finds it ready. */
void bash_ask(struct ui *ui, const struct place *place, struct bash_answer *answer);

/* It is killed. */
void bash_end(struct ui *ui);

#endif
