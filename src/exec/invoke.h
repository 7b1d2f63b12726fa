/* invoke.h -- calling a built-in: its output, its errors, its flow. */
#ifndef SWISH_EXEC_INVOKE_H
#define SWISH_EXEC_INVOKE_H

#include <stdbool.h>

#include "exec/flow.h"

struct builtin;
struct fields;
struct shell;

/* Redirections and assignments are in place. `special`: errors have the consequence of XCU 2.8.1.
 */
enum flow invoke(struct shell *sh, const struct builtin *builtin, const struct fields *fields,
                 bool special, unsigned how);

#endif
