/* notfound.h -- what is said about a command that was typed and is not there. */
#ifndef SWISH_UI_NOTFOUND_H
#define SWISH_UI_NOTFOUND_H

struct shell;

/* struct front, unknown. */
int notfound_tell(struct shell *sh, char **argv, const char *message);

#endif
