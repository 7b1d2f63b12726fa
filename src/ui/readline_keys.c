/* readline_keys.c -- keys that do more than readline's. */
#include "ui/readline.h"

#include <string.h>

#include "base/mem.h"
#include "base/out.h"
#include "exec/line.h"
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

/* Enter: the command runs when it is whole, else it gets another line. */
static int enter(int count, int key)
{
    const struct session *session = session_active();
    if (!session->line->starts || whole_text(session->ui->sh, rl_line_buffer, (size_t)rl_end)) {
        return rl_newline(count, key);
    }
    rl_point = rl_end;
    rl_insert_text("\n");
    return 0;
}

static int clear_screen(int count, int key)
{
    (void)count;
    (void)key;
    out_write_all(2, "\033[H\033[2J", 7);
    session_screen_is_new();
    return 0;
}

/* Our keys do what readline's did, wherever inputrc has put them. */
void session_replace_keys(Keymap map, int depth)
{
    enum { DEEPEST = 8 };
    static const struct {
        rl_command_func_t *theirs;
        rl_command_func_t *ours;
    } swaps[] = {
        {rl_forward_char, forward_char}, {rl_end_of_line, end_of_line},
        {rl_forward_word, forward_word}, {rl_newline, enter},
        {rl_clear_screen, clear_screen}, {rl_clear_display, clear_screen},
    };
    for (int key = 0; key < KEYMAP_SIZE; key++) {
        if (map[key].type == ISKMAP && map[key].function != NULL && depth < DEEPEST) {
            Keymap inner = NULL;
            memcpy(&inner, &map[key].function, sizeof(Keymap));
            session_replace_keys(inner, depth + 1);
        }
        for (size_t i = 0; i < sizeof swaps / sizeof swaps[0]; i++) {
            if (map[key].type == ISFUNC && map[key].function == swaps[i].theirs) {
                map[key].function = swaps[i].ours;
                break;
            }
        }
    }
}
