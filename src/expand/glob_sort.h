/* glob_sort.h -- sorting of many texts by their bytes. */
#ifndef SWISH_EXPAND_GLOB_SORT_H
#define SWISH_EXPAND_GLOB_SORT_H

#include <stddef.h>

/* `common`: this many bytes are the same at the start of all texts. */
void glob_sort(char **texts, size_t count, size_t common);

#endif
