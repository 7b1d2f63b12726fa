/* arith.h -- the tree of an arithmetic expression (XCU 2.6.4, operators of ISO C 6.5). */
#ifndef SWISH_SYNTAX_ARITH_H
#define SWISH_SYNTAX_ARITH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct depth;
struct diag;
struct symbol;
struct symbol_list;
struct word;

enum arith_kind {
    ARITH_NUMBER,
    ARITH_VARIABLE,
    ARITH_PARAMETER, /* $x where an operand stands; `number` counts them from the left */
    ARITH_ASSIGN,    /* symbol op= right; op is ARITH_NUMBER for plain = */
    ARITH_PRE_INC,   /* ++x */
    ARITH_PRE_DEC,
    ARITH_POST_INC,
    ARITH_POST_DEC,
    ARITH_PLUS, /* unary, operand in right */
    ARITH_MINUS,
    ARITH_NOT,
    ARITH_COMPLEMENT,
    ARITH_MUL, /* binary */
    ARITH_DIV,
    ARITH_MOD,
    ARITH_ADD,
    ARITH_SUB,
    ARITH_SHIFT_LEFT,
    ARITH_SHIFT_RIGHT,
    ARITH_LESS,
    ARITH_LESS_EQUAL,
    ARITH_GREATER,
    ARITH_GREATER_EQUAL,
    ARITH_EQUAL,
    ARITH_UNEQUAL,
    ARITH_BIT_AND,
    ARITH_BIT_XOR,
    ARITH_BIT_OR,
    ARITH_AND, /* && evaluates its right side only when needed, likewise || and ?: */
    ARITH_OR,
    ARITH_CHOICE, /* value ? middle : right */
    ARITH_COMMA,
};

/* An expression is a row: an operand, then one after the other what is done with its value. So a
   long sum is long, not deep: 1-2*3||x is 1, then -(2, then *3), then ||(x). */
struct arith {
    enum arith_kind kind;
    enum arith_kind op;    /* ARITH_ASSIGN: the binary operator */
    struct symbol *symbol; /* VARIABLE, ASSIGN, INC, DEC */
    struct arith *middle;
    struct arith *right; /* the operand of unary operators, too */
    struct arith *next;  /* binary operator, choice or comma for the value so far */
    struct arith *last;  /* of the row; only the parser asks, and only the row's first node */
    int64_t number;
};

/* Parses the whole text into `arena`. An empty text is 0. NULL on error: `d` says where
   (kind DIAG_EXPANSION, status 2, message such as `arithmetic: expected operand at "+)"`). */
struct arith *arith_parse(const char *text, size_t length, struct arena *arena,
                          struct symbol_list *names, struct depth *depth, struct diag *d);

/* An expression in which parameters stand, but only as operands of their own: $x+1, not $x$y, 1$x
   or
   ${x-y}, and not more than ARITH_PARAMETERS of them. As long as all of their values are integer
   constants, the tree means what the expanded text means: a constant begins with a digit, or with a
   - that stands behind no other -. NULL without an error when the text has to be expanded first. */
enum { ARITH_PARAMETERS = 16 };
struct arith *arith_parse_word(const struct word *word, struct arena *arena,
                               struct symbol_list *names, struct depth *depth);

/* True when evaluating it may assign to a variable. */
bool arith_assigns(const struct arith *tree);

#endif
