/* spec.h -- what the user said with `complete` about the arguments of commands. */
#ifndef SWISH_UI_SPEC_H
#define SWISH_UI_SPEC_H

#include <stdbool.h>

#include "ui/spec_table.h"

struct asked;
struct shell;

struct spec {
    struct spec *next;
    char *name;              /* of the command, or one of those below */
    char *texts[SPEC_TEXTS]; /* NULL: none */
    unsigned actions;        /* bits by place in spec_actions */
    unsigned options;        /* enum spec_option */
};

/* Names that no command has: of all other commands, of an empty line, of the commands' names. */
extern const char spec_default[];
extern const char spec_empty[];
extern const char spec_initial[];

/* ---- what was said ---- */

struct spec *spec_get(struct shell *sh, const char *name);

/* A copy of the model stands for the name. */
void spec_define(struct shell *sh, const char *name, const struct spec *model);
bool spec_remove(struct shell *sh, const char *name); /* false: there was none */
void spec_free(struct spec *spec);                    /* what it holds */
void spec_free_all(struct spec *specs);

/* Was something said of the command? */
bool spec_stands(struct shell *sh, const char *command);

/* ---- what it finds ---- */

/* As the sources in sources.c: of the command; of all other commands; of the command's own name.
   They run functions of the user's: only where that may hang and do what it wants, in a child. */
bool spec_ask(struct asked *asked);
bool spec_ask_default(struct asked *asked);
bool spec_ask_name(struct asked *asked);

/* What the spec finds for the word. True: its function wants the command to be asked again. */
bool spec_generate(struct asked *asked, const struct spec *spec);

#endif
