/* prompt.h -- PS0, PS1 and the like with backslash escapes (src/man/swish.1, Prompts). */
#ifndef SWISH_UI_PROMPT_H
#define SWISH_UI_PROMPT_H

struct buf;
struct shell;

/* What PS1 and TPS1 are when nobody sets them. */
extern const char prompt_default[];
extern const char prompt_short[];

/* The working directory with ~ for HOME. */
void prompt_add_directory(struct shell *sh, struct buf *to);

/* The value of the variable as the text to show, in the scratch arena; what has no width stands
   between \001 and \002, but in PS0 and PS4, which no editor shows. */
const char *prompt_text(struct shell *sh, const char *name, const char *value);

/* Adds that of the variable, or of `otherwise` when it is not set; $? stays. */
void prompt_add(struct shell *sh, const char *name, const char *otherwise, struct buf *to);

/* The marks around what has no width, and the place of what comes later, are for editors. */
void prompt_drop_marks(struct buf *prompt);

#endif
