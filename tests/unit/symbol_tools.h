/* symbol_tools.h -- what is left of a table of symbols, apart from those that only wait to be
 * freed. */
#ifndef SWISH_UNIT_SYMBOL_TOOLS_H
#define SWISH_UNIT_SYMBOL_TOOLS_H

#include "base/symbol.h"

static inline int held_symbols(const struct symbols *table)
{
    const struct symbol *symbol;
    size_t at = 0;
    int held = 0;

    while ((symbol = symbol_next(table, &at)) != NULL) {
        held += symbol_is_held(symbol);
    }
    return held;
}

#endif
