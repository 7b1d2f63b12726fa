/* parse.h -- text to tree, one complete command at a time (XCU 2.10). */
#ifndef SWISH_SYNTAX_PARSE_H
#define SWISH_SYNTAX_PARSE_H

#include <stdbool.h>

#include "syntax/program.h"
#include "syntax/source.h"

struct depth;
struct diag;
struct node;

struct parse_input {
    struct source *source;
    struct programs *programs;
    struct depth *depth;

    /* The value of an alias, or NULL; consulted for each literal, unquoted word at a place where
       XCU 2.3.1 allows it. NULL: no alias substitution. */
    const char *(*alias)(const struct symbol *name);

    /* For large literal here-documents. NULL: they stay in memory. */
    const struct text_store *store;

    /* Set to the line of a here-document that the end of the input ended, without its delimiter (no
       error: XCU leaves it open and scripts rely on it). The caller tells and clears it. */
    int unended;
};

enum parse_result {
    PARSE_OK,    /* a program, to be released by the caller; its root is NULL for a blank line */
    PARSE_END,   /* end of input, no program */
    PARSE_ERROR, /* `d` is set (DIAG_SYNTAX, or DIAG_INTERRUPT); the rest of the line was dropped */
};

/* Parses up to and with the newline that ends the next complete command, here-documents included,
   and not one byte further. Message of a syntax error:
       syntax error: unexpected `TOKEN'[, expecting ...]
       OFFENDING LINE
              ^
   (first line without prefix; d->line is the line of the error). An unterminated quote,
   substitution, compound command or here-document names the line where it began. */
enum parse_result parse_command(struct parse_input *input, struct program **program,
                                struct diag *d);

/* Is it a reserved word? (XCU 2.4) */
bool parse_is_reserved(const char *text);

#endif
