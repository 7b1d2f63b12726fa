/* git_state.h -- what `git status` says of the work tree: asked for while the prompt stands, and
   put into the prompt when it is there. */
#ifndef SWISH_UI_GIT_STATE_H
#define SWISH_UI_GIT_STATE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct line;
struct ui;

/* What stands in a prompt where the state belongs: has no width and shows nothing. */
#define GIT_STATE_PLACE "\001\003\002"

/* A prompt names the work tree whose name is that much of the directory. */
void git_state_want(struct ui *ui, const char *directory, size_t length);

/* The prompt with the state, as far as it is known, in its place. */
void git_state_fill(const struct ui *ui, const char *prompt, struct buf *to);

/* Asks when a prompt wanted it, unless there is input: line->wake then tells of the answer. */
void git_state_start(struct ui *ui, struct line *line);

/* line->wake can be read. True: the state is another one now. */
bool git_state_read(struct ui *ui, struct line *line);

/* The prompt is over: nobody waits for the answer. */
void git_state_stop(struct ui *ui, struct line *line);
void git_state_free(struct ui *ui);

#endif
