/* readline_vi.h -- functions for keys of vi's command mode, in the place of readline's. */
#ifndef SWISH_UI_READLINE_VI_H
#define SWISH_UI_READLINE_VI_H

int vi_end_word(int count, int key);
int vi_char_search(int count, int key);
int vi_redo(int count, int key);
int vi_change_to(int count, int key);
int vi_delete_to(int count, int key);
int vi_yank_to(int count, int key);
int vi_previous(int count, int key);
int vi_next(int count, int key);
int vi_fetch(int count, int key);
int vi_search(int count, int key);
int vi_search_again(int count, int key);
int vi_alias(int count, int key);

/* = shows what the bigword can become, * takes all of it, any other key what is common to all. */
int vi_expand(int count, int key);

#endif
