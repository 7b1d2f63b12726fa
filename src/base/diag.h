/* diag.h -- an error as a value: filled by the finder, printed at the top. */
#ifndef SWISH_BASE_DIAG_H
#define SWISH_BASE_DIAG_H

#include <stdbool.h>

/* What went wrong decides the consequence (XCU 2.8.1); exec/error.c holds that table. */
enum diag_kind {
    DIAG_NONE,
    DIAG_SYNTAX,      /* the text is not shell language */
    DIAG_EXPANSION,   /* ${x:?}, unset under -u, bad substitution, arithmetic */
    DIAG_ASSIGNMENT,  /* read-only variable */
    DIAG_REDIRECTION, /* cannot open, bad descriptor */
    DIAG_INTERRUPT,   /* SIGINT while reading or expanding: no message */
    DIAG_FLOW,        /* a substitution inside must end the shell (nested too deeply, ...) */
};

/* A zeroed struct is "no error". The first error stays; later ones are dropped. */
struct diag {
    enum diag_kind kind;
    int status; /* exit status that goes with it: 2 for syntax, else 1 unless stated */
    int line;   /* line number for the message, 0: the line that runs */
    char *text; /* heap; owned by the diag; may hold several lines (caret) */
};

void diag_set(struct diag *d, enum diag_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* `WHAT: strerror(number)`; the text of the error comes from our own table (base/errors.h). */
void diag_errno(struct diag *d, enum diag_kind kind, const char *what, int number);

bool diag_is_set(const struct diag *d);

/* Frees the text; the struct is "no error" again. */
void diag_clear(struct diag *d);

#endif
