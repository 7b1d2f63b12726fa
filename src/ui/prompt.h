/* prompt.h -- PS0, PS1 and PS2 with backslash escapes (src/man/swish.1, Prompts). */
#ifndef SWISH_UI_PROMPT_H
#define SWISH_UI_PROMPT_H

struct buf;
struct shell;

/* What PS1 is when nobody sets it. */
extern const char prompt_default[];

/* The value as the text to show, in the scratch arena; what has no width stands between \001 and
   \002. */
const char *prompt_text(struct shell *sh, const char *value);

/* The branch or the short commit that HEAD names in the repository around the directory, if any;
   read from the files alone. */
void prompt_add_branch(const char *directory, struct buf *to);

#endif
