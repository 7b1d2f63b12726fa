/* spans.h -- what stands where in a text that may be unfinished: for colours and completion. */
#ifndef SWISH_SYNTAX_SPANS_H
#define SWISH_SYNTAX_SPANS_H

#include <stdbool.h>
#include <stddef.h>

struct depth;
struct programs;

enum span_kind {
    SPAN_COMMAND,    /* the word that names a command */
    SPAN_ARGUMENT,   /* its other words */
    SPAN_ASSIGNMENT, /* NAME=value before it */
    SPAN_TARGET,     /* of a redirection */
    SPAN_KEYWORD,    /* a reserved word */
    SPAN_OTHER,      /* a word of for or case */
    SPAN_OPERATOR,
    SPAN_COMMENT,
    SPAN_HERE, /* bodies of here-documents */
};

struct span {
    enum span_kind kind;
    bool open; /* a quote or substitution in it does not end */
    size_t from;
    size_t to;
};

/* A zeroed struct is empty; its memory can be used again. */
struct spans {
    struct span *items;
    size_t count;
    size_t capacity;
    enum span_kind next; /* what a word behind the text would be */
};

/* Cuts the text with the shell's own lexer. Aliases are not looked at. */
void spans_find(struct programs *programs, struct depth *depth, const char *text, size_t length,
                struct spans *to);
void spans_free(struct spans *spans);

#endif
