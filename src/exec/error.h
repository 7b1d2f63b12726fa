/* error.h -- messages, and what an error leads to (XCU 2.8.1). */
#ifndef SWISH_EXEC_ERROR_H
#define SWISH_EXEC_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

#include "exec/flow.h"

struct diag;
struct out;
struct shell;

/* `swish: SCRIPT: line N: MESSAGE` on what descriptor 2 is now (memory inside a capture). */
void error_print(struct shell *sh, const char *format, ...) __attribute__((format(printf, 2, 3)));
void error_vprint(struct shell *sh, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Prints the diag and clears it; sets sh->status; says where to go: the shell ends (FLOW_EXIT),
   or an interactive one goes back to the prompt (FLOW_INTERRUPT). For DIAG_REDIRECTION on
   anything but a special built-in: FLOW_NEXT. */
enum flow error_report(struct shell *sh, struct diag *d, bool special);

/* Leaves the shell, or goes back to the prompt. A subshell always ends. */
enum flow error_leave(const struct shell *sh);

/* Standard error as an out: descriptor 2 or the memory it is captured in. */
void error_out(struct shell *sh, struct out *out);

#endif
