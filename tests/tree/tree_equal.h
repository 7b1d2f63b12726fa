/* tree_equal.h -- do two trees mean the same? */
#ifndef SWISH_TREE_EQUAL_H
#define SWISH_TREE_EQUAL_H

#include <stdbool.h>

struct node;

/* Line numbers, backquotes against $( ) and needless braces may differ. Symbols may come from two
   tables. Either may be NULL. */
bool tree_equal(const struct node *a, const struct node *b);

#endif
