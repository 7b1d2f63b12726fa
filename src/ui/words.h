/* words.h -- the words that `complete -W` was given. */
#ifndef SWISH_UI_WORDS_H
#define SWISH_UI_WORDS_H

#include "exec/flow.h"

struct candidates;
struct shell;

/* Cut at the characters of IFS, then expanded but for pathnames; quotes count. Not FLOW_NEXT: an
   interrupt ended a substitution among them. */
enum flow words_add(struct shell *sh, const char *text, struct candidates *to);

#endif
