/* arith.h -- the value of an arithmetic expression (XCU 2.6.4). */
#ifndef SWISH_EXPAND_ARITH_H
#define SWISH_EXPAND_ARITH_H

#include <stdbool.h>
#include <stdint.h>

struct arith;
struct diag;
struct shell;

/* 64 bits that wrap around; assigns to variables on the way. Of && || ?: only the sides that count
   are evaluated. Variables hold integer constants, nothing else. `parameters` are the values of the
   ARITH_PARAMETER leaves, NULL when there are none. False with `d` set (DIAG_EXPANSION, or
   DIAG_ASSIGNMENT for a read-only variable). */
bool arith_evaluate(struct shell *sh, const struct arith *tree, const int64_t *parameters,
                    int64_t *value, struct diag *d);

#endif
