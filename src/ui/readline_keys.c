/* readline_keys.c -- keys that do more than readline's. */
#include "ui/readline.h"

#include <string.h>

#include "base/mem.h"
#include "base/out.h"
#include "exec/line.h"
#include "ui/abbr.h"
#include "ui/readline_vi.h"
#include "ui/ui.h"
#include "ui/whole.h"

/* Takes `length` bytes of the suggestion. */
static int take_ghost(size_t length)
{
    char *text = mem_text_n(session_active()->ghost, length);
    rl_insert_text(text);
    mem_free(text);
    return 0;
}

static int forward_char(int count, int key)
{
    return session_active()->ghost != NULL && rl_point == rl_end
               ? take_ghost(strlen(session_active()->ghost))
               : rl_forward_char(count, key);
}

static int end_of_line(int count, int key)
{
    return session_active()->ghost != NULL && rl_point == rl_end
               ? take_ghost(strlen(session_active()->ghost))
               : rl_end_of_line(count, key);
}

static int forward_word(int count, int key)
{
    const char *ghost = session_active()->ghost;
    if (ghost == NULL || rl_point != rl_end) {
        return rl_forward_word(count, key);
    }
    size_t blanks = strspn(ghost, " \t\n/");
    return take_ghost(blanks + strcspn(ghost + blanks, " \t\n/"));
}

/* The abbreviation that ends there becomes its text. What stands between it and the cursor is typed
   again, so that undo brings the cursor back, too. */
static void grow_word(int end)
{
    size_t from = 0;
    struct shell *sh = session_active()->ui->sh;
    const char *text = abbr_find(sh, rl_line_buffer, (size_t)end, &from);
    if (text != NULL) {
        struct buf grown = {0};
        buf_puts(&grown, text);
        buf_add(&grown, rl_line_buffer + end, (size_t)(rl_point - end));
        rl_begin_undo_group();
        rl_delete_text((int)from, rl_point);
        rl_point = (int)from;
        rl_insert_text(buf_text(&grown));
        rl_end_undo_group();
        buf_free(&grown);
    }
}

/* Enter: the command runs when it is whole, else it gets another line. */
static int enter(int count, int key)
{
    const struct session *session = session_active();
    if (rl_point == rl_end || strchr(" \t\n;&|)", rl_line_buffer[rl_point]) != NULL) {
        grow_word(rl_point);
    }
    if (!session->line->starts || whole_text(session->ui->sh, rl_line_buffer, (size_t)rl_end)) {
        return rl_newline(count, key);
    }
    rl_point = rl_end;
    rl_insert_text("\n");
    return 0;
}

/* Ctrl-D in an empty last line: what is unfinished ends there, as at the end of a file. False: it
   means something else. */
static bool ends_input(int key)
{
    if (key != CTRL('D') || rl_point < rl_end || rl_end == 0 ||
        rl_line_buffer[rl_end - 1] != '\n') {
        return false;
    }
    session_active()->line->cut = true;
    rl_delete_text(rl_end - 1, rl_end);
    rl_point = rl_end;
    return true;
}

static int delete_char(int count, int key)
{
    return ends_input(key) ? rl_newline(1, '\n') : rl_delete(count, key);
}

static int vi_eof_maybe(int count, int key)
{
    return ends_input(key) ? rl_newline(1, '\n') : rl_vi_eof_maybe(count, key);
}

static int clear_screen(int count, int key)
{
    (void)count;
    (void)key;
    out_write_all(2, "\033[H\033[2J", 7);
    session_screen_is_new();
    return 0;
}

/* With what has scrolled away. */
static int clear_display(int count, int key)
{
    out_write_all(2, "\033[3J", 4);
    return clear_screen(count, key);
}

/* Space: an abbreviation before it grows. Undo takes that back, not the space. Rl_insert would take
   what was typed ahead with it. */
static int space(int count, int key)
{
    if (count != 1 || rl_insert_mode == 0 || session_active()->ui->abbreviations.count == 0) {
        return rl_insert(count, key);
    }
    rl_insert_text(" ");
    grow_word(rl_point - 1);
    return 0;
}

/* `key`: only there, -1: wherever it is bound. */
struct swap {
    rl_command_func_t *theirs;
    rl_command_func_t *ours;
    int key;
};

static const struct swap swaps[] = {
    {rl_forward_char, forward_char, -1},
    {rl_end_of_line, end_of_line, -1},
    {rl_forward_word, forward_word, -1},
    {rl_newline, enter, -1},
    {rl_delete, delete_char, -1},
    {rl_vi_eof_maybe, vi_eof_maybe, -1},
    {rl_clear_screen, clear_screen, -1},
    {rl_clear_display, clear_display, -1},
    {rl_insert, space, ' '},
    {NULL, NULL, 0},
};

/* In the command mode of vi, whoever draws. */
static const struct swap vi_swaps[] = {
    {rl_get_previous_history, vi_previous, 'k'},
    {rl_get_previous_history, vi_previous, '-'},
    {rl_get_next_history, vi_next, 'j'},
    {rl_get_next_history, vi_next, '+'},
    {rl_vi_end_word, vi_end_word, -1},
    {rl_vi_char_search, vi_char_search, -1},
    {rl_vi_redo, vi_redo, -1},
    {rl_vi_change_to, vi_change_to, -1},
    {rl_vi_delete_to, vi_delete_to, -1},
    {rl_vi_yank_to, vi_yank_to, -1},
    {rl_vi_fetch_history, vi_fetch, -1},
    {rl_vi_search, vi_search, -1},
    {rl_vi_search_again, vi_search_again, -1},
    {rl_vi_complete, vi_expand, -1},
    {NULL, NULL, 0},
};

static void swap_entry(const struct swap *swap, Keymap map, int key, bool ours)
{
    for (; swap->theirs != NULL; swap++) {
        bool there = !ours || swap->key < 0 || swap->key == key;
        if (there && map[key].function == (ours ? swap->theirs : swap->ours)) {
            map[key].function = ours ? swap->ours : swap->theirs;
            return;
        }
    }
}

static void swap_map(const struct swap *swap, Keymap map, int depth, bool ours)
{
    enum { DEEPEST = 8 };
    for (int key = 0; key < KEYMAP_SIZE; key++) {
        if (map[key].type == ISKMAP && map[key].function != NULL && depth < DEEPEST) {
            Keymap inner = NULL;
            memcpy(&inner, &map[key].function, sizeof(Keymap));
            swap_map(swap, inner, depth + 1, ours);
        } else if (map[key].type == ISFUNC) {
            swap_entry(swap, map, key, ours);
        }
    }
}

void session_own_keys(const struct session *session, bool ours)
{
    if (session->draws) {
        swap_map(swaps, emacs_standard_keymap, 0, ours);
        swap_map(swaps, vi_insertion_keymap, 0, ours);
        swap_map(swaps, vi_movement_keymap, 0, ours);
    }
    swap_map(vi_swaps, vi_movement_keymap, 0, ours);
}
