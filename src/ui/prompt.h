/* prompt.h -- PS0, PS1 and PS2 with backslash escapes (src/man/swish.1, Prompts). */
#ifndef SWISH_UI_PROMPT_H
#define SWISH_UI_PROMPT_H

struct shell;

/* What PS1 is when nobody sets it. */
extern const char prompt_default[];

/* The value as the text to show, in the scratch arena; what has no width stands between \001 and
   \002. */
const char *prompt_text(struct shell *sh, const char *value);

#endif
