/* source.h -- where the lexer's bytes come from: a text, or pieces asked for one by one. */
#ifndef SWISH_SYNTAX_SOURCE_H
#define SWISH_SYNTAX_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

/* The lexer consumes [at, end) and asks `more` when nothing is left. It never looks at bytes behind
   `end`, and asks for more only when the grammar needs it (a script on stdin must not be read
   further than its current complete command, XCU 1.4 / 2.3). */
struct source {
    const char *at;
    const char *end;
    int line; /* number of the line at `at`, from 1 */

    /* Puts the next non-empty piece into at/end (usually one line with its newline) and returns
       true; false at the end of input, with `error` set when that end is a read error or an
       interrupt. The piece before may be overwritten. NULL: there is no more. `starts` tells that a
       new complete command begins here (prompt PS1), else it goes on (PS2). */
    bool (*more)(struct source *source, bool starts);
    void *context; /* for `more` and `accepted` */
    /* A complete command was read and is about to run (history). False: it does not, and nothing
       that is left of the source does. NULL: nobody wants to know. */
    bool (*accepted)(struct source *source);
    int error;   /* errno of a failed read; EINTR: interrupted at the terminal */
    bool script; /* a whole script: what is read is shown under -v and kept in the history */
};

/* The whole text at once, first line numbered `line`. */
void source_text(struct source *source, const char *text, size_t length, int line);

#endif
