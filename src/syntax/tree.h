/* tree.h -- what the parser makes: a read-only tree in one arena (architecture, idea 1). */
#ifndef SWISH_SYNTAX_TREE_H
#define SWISH_SYNTAX_TREE_H

#include <stdbool.h>
#include <stddef.h>

struct arith;
struct node;
struct symbol;
struct word;

/* ---- words (XCU 2.2 to 2.6) ---- */

enum part_kind {
    PART_TEXT,       /* literal bytes, quote removal done */
    PART_PARAMETER,  /* $x ${x...} */
    PART_COMMAND,    /* $( ) or ` ` */
    PART_ARITHMETIC, /* $(( )) */
    PART_TILDE,      /* ~ or ~user at a place where a tilde-prefix may stand */
    PART_BAD,        /* ${...} whose form is unknown: an error when it is expanded */
};

enum parameter_kind { PARAMETER_NAME, PARAMETER_POSITION, PARAMETER_SPECIAL };

enum parameter_op {
    OP_NONE,
    OP_LENGTH,      /* ${#x} */
    OP_DEFAULT,     /* - */
    OP_ASSIGN,      /* = */
    OP_ERROR,       /* ? */
    OP_ALTERNATIVE, /* + */
    OP_PREFIX,      /* # */
    OP_PREFIX_LONG, /* ## */
    OP_SUFFIX,      /* % */
    OP_SUFFIX_LONG, /* %% */
};

struct parameter {
    enum parameter_kind kind;
    enum parameter_op op;
    bool colon;            /* :- := :? :+ */
    bool braced;           /* written with ${ }; only the printer asks */
    char special;          /* @ * # ? - $ ! (PARAMETER_SPECIAL) */
    unsigned position;     /* 0 is $0 (PARAMETER_POSITION) */
    struct symbol *symbol; /* PARAMETER_NAME */
    struct word *word;     /* operand of the op, NULL when there is none to write: ${x-} has an
                              empty word. For the pattern ops its quoting stands on its own; for the
                              others, inside "..." all of its parts are quoted. */
};

struct part {
    struct part *next;
    enum part_kind kind;
    bool quoted; /* no splitting, no pattern meaning */
    bool opens;  /* first part of its "..." (so "$@$x" and "$@""$x" can be told apart) */
    union {
        struct {
            const char *bytes; /* NUL-terminated, may be empty: "" is one quoted empty text */
            size_t length;
        } text; /* also PART_BAD: the whole ${...} as written */
        struct parameter parameter;
        struct {
            struct node *body; /* NULL: nothing to run */
            bool backquoted;
        } command;
        struct {
            struct word *text;  /* the expression, its parts quoted as in "..." */
            struct arith *tree; /* of well-formed text; NULL: only what is expanded can tell */
        } arithmetic;
        struct {
            const char *user; /* empty for ~ alone */
            size_t length;
            bool assignment_only; /* behind the = or a : of a word of assignment form: a
                                     tilde-prefix only where the word is an assignment */
        } tilde;
    };
};

enum word_trait {
    WORD_LITERAL = 1 << 0,    /* no expansion of any kind: `text` is the one field */
    WORD_SPLITS = 1 << 1,     /* an unquoted expansion: field splitting */
    WORD_GLOBS = 1 << 2,      /* an unquoted * ? or [ in literal text */
    WORD_TILDE = 1 << 3,      /* a tilde-prefix that always counts */
    WORD_RUNS = 1 << 4,       /* a command substitution somewhere inside */
    WORD_EFFECTS = 1 << 5,    /* := or :? or an assigning arithmetic somewhere inside */
    WORD_QUOTED = 1 << 6,     /* any quoting (here-document delimiters ask) */
    WORD_ASSIGNMENT = 1 << 7, /* begins with unquoted NAME= */
    WORD_LIST = 1 << 8,       /* holds $@ or $* at its own level */
    WORD_EXPANDS = 1 << 9,    /* any parameter, command or arithmetic part */
    WORD_STORED = 1 << 10,    /* a here-document whose text lies in the program's text_store */
};

struct word {
    struct part *parts;    /* NULL only for an empty word (x= or ${x-}) */
    const char *text;      /* WORD_LITERAL: the field, NUL-terminated */
    size_t length;         /* of text */
    struct symbol *symbol; /* WORD_LITERAL in command position or as a function name: interned */
    unsigned traits;
    int line;
};

/* ---- commands (XCU 2.9) ---- */

enum redirect_kind {
    REDIRECT_IN,         /* <   */
    REDIRECT_OUT,        /* >   */
    REDIRECT_CLOBBER,    /* >|  */
    REDIRECT_APPEND,     /* >>  */
    REDIRECT_READ_WRITE, /* <>  */
    REDIRECT_DUP_IN,     /* <&  */
    REDIRECT_DUP_OUT,    /* >&  */
    REDIRECT_HERE,       /* << and <<- */
};

struct redirect {
    struct redirect *next;
    enum redirect_kind kind;
    int fd;              /* the descriptor it is about, default filled in */
    bool fd_written;     /* an IO_NUMBER stood there */
    bool strips_tabs;    /* <<- */
    bool quoted;         /* here-document with a quoted delimiter: the body is literal */
    struct word *target; /* here-document: the delimiter */
    struct word *body;   /* here-document: the text, parts quoted as in "..." (but " is literal) */
    int line;
};

struct assignment {
    struct symbol *name;
    struct word *value; /* as written behind the =; no parts when empty */
};

enum node_kind {
    NODE_SIMPLE,
    NODE_PIPELINE, /* also a lone `! cmd` */
    NODE_AND_OR,
    NODE_LIST,
    NODE_SUBSHELL,
    NODE_BRACE,
    NODE_FOR,
    NODE_CASE,
    NODE_IF,
    NODE_WHILE,
    NODE_FUNCTION,
    NODE_TIME, /* time [-p] pipeline */
};

/* OR-ed upward, but not out of NODE_SUBSHELL, PART_COMMAND or NODE_FUNCTION (semantics 1). */
enum node_trait {
    TRAIT_ASYNC = 1 << 0,  /* holds an & */
    TRAIT_FORKS = 1 << 1,  /* names something that must run in a real process: trap with a condition
                              other than EXIT, ulimit with a value, times, set -m, suspend, fg, bg,
                              daemonize, a literal PPID or /proc/self */
    TRAIT_DEVICE = 1 << 2, /* redirects to /dev/fd, /dev/std*, /proc, N>&1, exec with a redirection:
                              inside a capture it must fork */
    TRAIT_PARENT = 1 << 4, /* a literal PPID or /proc/self: around a substitution that holds it
                              there must be a process, too */
    TRAIT_EXEC = 1 << 3,   /* holds a literal `exec` command */
};

struct case_item {
    struct word **patterns;
    size_t pattern_count;
    struct node *body; /* NULL when empty */
    bool falls;        /* ;& */
};

struct if_branch {
    struct node *condition;
    struct node *body;
};

struct list_item {
    struct node *node;
    bool async;   /* LIST: followed by & */
    bool or_else; /* AND_OR: joined to the one before by || (first: false) */
};

struct node {
    enum node_kind kind;
    unsigned traits;
    int line;
    struct redirect *redirects; /* SIMPLE, compound commands, FUNCTION (applied at each call) */
    union {
        struct {
            struct assignment *assignments;
            struct word **words;
            size_t assignment_count;
            size_t word_count;
        } simple;
        struct {
            struct node **stages;
            size_t count;
            bool negated; /* an odd number of ! */
        } pipeline;
        struct {
            struct list_item *items;
            size_t count;
        } list; /* LIST and AND_OR; never empty */
        struct {
            struct node *body;
        } group; /* SUBSHELL and BRACE */
        struct {
            struct symbol *variable;
            struct word **words;
            size_t word_count;
            bool has_in; /* without: "$@" */
            struct node *body;
        } loop_for;
        struct {
            struct word *subject;
            struct case_item *items;
            size_t count;
        } choice; /* CASE */
        struct {
            struct if_branch *branches; /* if and every elif */
            size_t count;
            struct node *otherwise; /* NULL without else */
        } condition;                /* IF */
        struct {
            struct node *condition;
            struct node *body;
            bool until;
        } loop; /* WHILE */
        struct {
            struct symbol *name;
            struct node *body; /* a compound command */
        } function;
        struct {
            struct node *pipeline; /* NULL: time alone */
            bool posix;            /* -p */
        } time;
    };
};

#endif
