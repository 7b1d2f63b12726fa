/* editor_readline.c -- the editor over GNU readline 8.2; nothing else includes its headers. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/out.h"
#include "exec/exec.h"
#include "exec/line.h"
#include "os/signals.h"
#include "os/terminal.h"
#include "state/history.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/complete.h"
#include "ui/editor.h"
#include "ui/highlight.h"
#include "ui/prompt.h"
#include "ui/render.h"
#include "ui/suggest.h"
#include "ui/ui.h"
#include "ui/whole.h"

struct session {
    struct ui *ui;
    struct line *line; /* being read; NULL: none */
    bool idle_done;
    int dropped; /* errno when the line is abandoned, else 0 */
    int synced;  /* number of the last history entry that readline has */
    char *terminal;
    struct completion found;
    struct render render;
    struct highlight highlight;
    struct suggest suggest;
    const char *ghost; /* what is suggested now, or NULL */
    struct buf next;   /* PS2 as it is shown */
    struct buf out;
    bool has_next;
    bool draws; /* the terminal is one that render.c can draw on */
    bool final; /* the line is drawn for the last time */
};

/* Readline's callbacks are given nothing of ours: this is the one pointer that they start from. */
static struct session *active;

/* ---- history ---- */

/* Does readline's newest entry differ from that of the list with this number? */
static bool differs(const struct session *session)
{
    const char *ours = history_text(session->ui->sh, session->synced);
    const HIST_ENTRY *theirs = history_get(history_base + history_length - 1);
    return ours == NULL || theirs == NULL || strcmp(ours, theirs->line) != 0;
}

/* Readline's list becomes the end of ours: fc may have replaced the newest entry. */
static void sync_history(struct session *session)
{
    struct shell *sh = session->ui->sh;
    int last = history_last(sh);
    while (history_length > 0 && differs(session)) {
        free_history_entry(remove_history(history_length - 1));
        session->synced--;
    }
    if (history_length == 0) {
        session->synced = history_first(sh) - 1;
    }
    while (session->synced < last) {
        add_history(history_text(sh, ++session->synced));
    }
    using_history();
}

/* $!, ${!x} and [!a] are none of its business. */
static int is_no_event(char *text, int at)
{
    return at > 0 && strchr("${[", text[at - 1]) != NULL;
}

static bool expand_event(struct ui *ui, struct buf *text, struct buf *said)
{
    char *result = NULL;
    bool newline = text->length > 0 && text->data[text->length - 1] == '\n';
    text->length -= newline;
    int found = history_expand(buf_text(text), &result);
    if (found < 0) {
        buf_addf(said, "swish: %s\n", result);
    } else if (found > 0) {
        text->length = 0;
        buf_puts(text, result);
        buf_addf(said, "%s\n", result);
    }
    if (found == 2) { /* :p */
        history_remember(ui->sh, text->data, text->length);
    }
    if (newline) {
        buf_putc(text, '\n');
    }
    free(result);
    return found == 0 || found == 1;
}

/* ---- the screen ---- */

/* PS2 stands in front of further lines; expanded when there is one. */
static const char *further_prompt(struct session *session)
{
    struct shell *sh = session->ui->sh;
    if (!session->has_next && memchr(rl_line_buffer, '\n', (size_t)rl_end) != NULL) {
        struct arena_mark mark = arena_mark(&sh->scratch);
        int status = sh->status;
        const char *value = variable_by_name(sh, "PS2");
        session->next.length = 0;
        buf_puts(&session->next, value == NULL ? "" : prompt_text(sh, value));
        session->has_next = true;
        sh->status = status;
        arena_release(&sh->scratch, mark);
    }
    return buf_text(&session->next);
}

static bool is_plain_state(void)
{
    return !RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG |
                       RL_STATE_COMPLETING);
}

static const uint8_t *styles_of(struct session *session)
{
    struct shell *sh = session->ui->sh;
    uint8_t *styles = highlight_line(sh, &session->highlight, rl_line_buffer, (size_t)rl_end,
                                     (sh->settings.options & OPT_HIGHLIGHT) != 0);
    int from = rl_mark < rl_point ? rl_mark : rl_point;
    int to = rl_mark < rl_point ? rl_point : rl_mark;
    for (int i = from; rl_mark_active_p() && i >= 0 && i < to && i < rl_end; i++) {
        styles[i] |= STYLE_MARKED;
    }
    return styles;
}

/* rl_redisplay_function */
static void show_line(void)
{
    struct session *session = active;
    struct shell *sh = session->ui->sh;
    struct view view = {.prompt = rl_display_prompt,
                        .line = rl_line_buffer,
                        .length = (size_t)rl_end,
                        .point = (size_t)rl_point,
                        .utf8 = sh->utf8};
    const char *no_colour = variable_by_name(sh, "NO_COLOR");
    bool suggests = (sh->settings.options & OPT_SUGGEST) != 0 && !session->final &&
                    is_plain_state() && rl_point == rl_end;
    rl_get_screen_size(&view.rows, &view.columns);
    view.colours = no_colour == NULL || *no_colour == '\0';
    view.next = further_prompt(session);
    view.styles = styles_of(session);
    session->ghost = suggests ? suggest_find(sh, &session->suggest, view.line, view.length) : NULL;
    view.ghost = session->ghost;
    render_draw(&session->render, &view, &session->out);
    fflush(rl_outstream);
    out_write_all(2, session->out.data, session->out.length);
    session->out.length = 0;
}

/* The cursor goes behind what was typed, and the suggestion away. */
static void go_to_end(void)
{
    int point = rl_point;
    rl_point = rl_end;
    active->final = true;
    (*rl_redisplay_function)();
    active->final = false;
    rl_point = point;
}

/* Whoever printed something has gone to a new line. */
static void screen_is_new(void)
{
    render_forget(&active->render);
    rl_on_new_line();
}

/* ---- keys ---- */

/* Takes `length` bytes of the suggestion. */
static int take_ghost(size_t length)
{
    char *text = mem_text_n(active->ghost, length);
    rl_insert_text(text);
    mem_free(text);
    return 0;
}

static int forward_char(int count, int key)
{
    return active->ghost != NULL && rl_point == rl_end ? take_ghost(strlen(active->ghost))
                                                       : rl_forward_char(count, key);
}

static int end_of_line(int count, int key)
{
    return active->ghost != NULL && rl_point == rl_end ? take_ghost(strlen(active->ghost))
                                                       : rl_end_of_line(count, key);
}

static int forward_word(int count, int key)
{
    const char *ghost = active->ghost;
    if (ghost == NULL || rl_point != rl_end) {
        return rl_forward_word(count, key);
    }
    size_t blanks = strspn(ghost, " \t\n/");
    return take_ghost(blanks + strcspn(ghost + blanks, " \t\n/"));
}

/* Enter: the command runs when it is whole, else it gets another line. */
static int enter(int count, int key)
{
    const struct session *session = active;
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
    screen_is_new();
    return 0;
}

/* Our keys do what readline's did, wherever inputrc has put them. */
static void replace_keys(Keymap map, int depth)
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
            replace_keys(inner, depth + 1);
        }
        for (size_t i = 0; i < sizeof swaps / sizeof swaps[0]; i++) {
            if (map[key].type == ISFUNC && map[key].function == swaps[i].theirs) {
                map[key].function = swaps[i].ours;
                break;
            }
        }
    }
}

/* ---- completion ---- */

/* Readline takes the whole line up to the cursor for the word: what is quoted how is ours to say.
 */
static char *whole_line(size_t from, const char *text)
{
    struct buf line = {0};
    buf_add(&line, rl_line_buffer, from);
    buf_puts(&line, text);
    char *copy = strdup(buf_text(&line));
    buf_free(&line);
    return copy;
}

static char **complete(const char *text, int start, int end)
{
    struct session *session = active;
    struct completion *found = &session->found;
    (void)text;
    (void)start;
    rl_attempted_completion_over = 1;
    rl_completion_suppress_append = 1;
    rl_sort_completion_matches = 0;
    completion_free(found);
    if (!complete_line(session->ui->sh, rl_line_buffer, (size_t)end, found)) {
        return NULL;
    }
    bool single = found->count == 1;
    char **matches = calloc(found->count + 2, sizeof *matches);
    if (matches == NULL) {
        return NULL;
    }
    matches[0] = whole_line(found->from, single ? found->texts[0] : found->common);
    for (size_t i = 0; i < found->count && !single; i++) {
        matches[i + 1] = whole_line(found->from, found->texts[i]);
    }
    return matches;
}

/* The hook takes the place of the question, too. */
static bool may_show(int count)
{
    if (rl_completion_query_items <= 0 || count < rl_completion_query_items) {
        return true;
    }
    fprintf(rl_outstream, "\r\nDisplay all %d possibilities? (y or n) ", count);
    fflush(rl_outstream);
    int key = rl_read_key();
    return key == 'y' || key == 'Y' || key == ' ';
}

/* The list shows the names alone, control bytes visible. */
static void show_matches(char **matches, int count, int longest)
{
    struct completion *found = &active->found;
    (void)longest;
    go_to_end();
    if (found->count == (size_t)count && may_show(count)) {
        char **labels = mem_alloc(((size_t)count + 1) * sizeof *labels);
        int widest = 0;
        labels[0] = matches[0];
        for (int i = 0; i < count; i++) {
            int width = (int)strlen(found->labels[i]);
            widest = width > widest ? width : widest;
            labels[i + 1] = found->labels[i];
        }
        rl_display_match_list(labels, count, widest);
        mem_free(labels);
    } else {
        rl_crlf();
    }
    fflush(rl_outstream);
    screen_is_new();
    rl_forced_update_display();
}

/* ---- the terminal ---- */

/* Ctrl-C is a key like others, so that it works inside searches. */
static void prepare_terminal(int meta)
{
    struct termios modes;
    rl_prep_terminal(meta);
    if (terminal_get_modes(0, &modes)) {
        modes.c_lflag &= ~(tcflag_t)ISIG;
        terminal_set_modes(0, &modes);
    }
}

/* The line is done: it stays on the screen without a suggestion, and output begins below. The loop
   prints the newline behind the end of the input itself. */
static void leave_terminal(void)
{
    if (rl_done && active->dropped == 0 && active->draws) {
        rl_end = (int)strlen(rl_line_buffer); /* it is that of the history entry, now restored */
        go_to_end();
        bool ends = !rl_eof_found && !render_is_below(&active->render);
        out_write_all(2, "\r\n", ends ? 2 : 0);
    }
    rl_eof_found = 0;
    render_forget(&active->render);
    rl_deprep_terminal();
}

static void leave_line(struct line *line)
{
    (void)line;
    go_to_end();
    rl_crlf();
    fflush(rl_outstream);
    leave_terminal();
}

static void show_again(struct line *line)
{
    (void)line;
    prepare_terminal(1);
    screen_is_new();
    (*rl_redisplay_function)();
}

static void look_at_window(struct line *line)
{
    (void)line;
    if (signal_is_pending(SIGWINCH)) {
        rl_resize_terminal();
    }
}

/* Readline leaves its loop, and the line is nothing worth. */
static int drop_line(struct session *session, int error)
{
    session->dropped = error;
    rl_replace_line("", 0);
    rl_done = 1;
    return EOF;
}

static int interrupt(int count, int key)
{
    struct session *session = active;
    const char *action = session->ui->sh->exec->traps[SIGINT];
    (void)count;
    (void)key;
    if (action != NULL && *action == '\0') {
        return 0;
    }
    go_to_end();
    fputs("^C", rl_outstream);
    fflush(rl_outstream);
    drop_line(session, EINTR);
    leave_terminal();
    signal_note(SIGINT);
    line_attend(session->line);
    return 0;
}

/* One byte and no more: what was typed ahead belongs to the commands. */
static int next_byte(FILE *unused)
{
    struct session *session = active;
    unsigned char byte = 0;
    (void)unused;
    if (!session->idle_done) {
        session->idle_done = true;
        ui_idle(session->ui);
        sync_history(session);
    }
    while (session->dropped == 0 && line_wait(session->line)) {
        ssize_t count = read(0, &byte, 1);
        if (count == 1) {
            return byte;
        }
        if (count == 0 || errno != EINTR) {
            return line_is_hung_up(session->line) ? drop_line(session, errno) : EOF;
        }
        if (!line_attend(session->line)) {
            return drop_line(session, EINTR);
        }
    }
    return session->dropped != 0 ? EOF : drop_line(session, errno);
}

/* ---- a session ---- */

static bool fits(const char *terminal)
{
    return *terminal != '\0' && strcmp(terminal, "dumb") != 0 && isatty(0) && isatty(2);
}

static void start_readline(struct session *session)
{
    static const char no_breaks[] = "";
    rl_readline_name = "swish";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    rl_instream = stdin;
    rl_outstream = stderr;
    setvbuf(stderr, NULL, _IOFBF, BUFSIZ);
    rl_terminal_name = session->terminal;
    rl_initialize();
    rl_prep_term_function = prepare_terminal;
    rl_deprep_term_function = leave_terminal;
    rl_getc_function = next_byte;
    rl_completer_word_break_characters = no_breaks;
    rl_attempted_completion_function = complete;
    rl_completion_display_matches_hook = show_matches;
    history_inhibit_expansion_function = is_no_event;
    history_quotes_inhibit_expansion = 1;
    history_comment_char = '#';
    rl_bind_key_in_map(CTRL('C'), interrupt, emacs_standard_keymap);
    rl_bind_key_in_map(CTRL('C'), interrupt, vi_insertion_keymap);
    rl_bind_key_in_map(CTRL('C'), interrupt, vi_movement_keymap);
}

/* Cursor movements as ECMA-48 has them; else readline draws, without colours and suggestions. */
static void choose_display(struct session *session)
{
    const char *up = rl_get_termcap("up");
    session->draws = up != NULL && (strcmp(up, "\033[A") == 0 || strcmp(up, "\033M") == 0);
    rl_redisplay_function = session->draws ? show_line : rl_redisplay;
    if (session->draws) {
        replace_keys(emacs_standard_keymap, 0);
        replace_keys(vi_insertion_keymap, 0);
        replace_keys(vi_movement_keymap, 0);
    }
}

/* What may have changed since the last line: $TERM, set -o vi, who catches WINCH. */
static void refresh(struct session *session)
{
    struct shell *sh = session->ui->sh;
    const char *terminal = variable_by_name(sh, "TERM");
    bool first = session->terminal == NULL;
    if (first || strcmp(session->terminal, terminal) != 0) {
        mem_free(session->terminal);
        session->terminal = mem_text(terminal);
        if (first) {
            start_readline(session);
        } else {
            rl_reset_terminal(session->terminal);
        }
        choose_display(session);
    }
    if ((sh->settings.options & OPT_VI) != 0 && rl_editing_mode == 1) {
        rl_vi_editing_mode(1, 0);
    } else if ((sh->settings.options & OPT_EMACS) != 0 && rl_editing_mode == 0) {
        rl_emacs_editing_mode(1, 0);
    }
    if (sh->exec->traps[SIGWINCH] == NULL) {
        signal_set(SIGWINCH, SIGNAL_CATCH);
    }
}

static bool read_line(struct ui *ui, struct line *line)
{
    static const struct line_events events = {
        .woken = look_at_window, .leave = leave_line, .again = show_again};
    if (ui->session == NULL) {
        ui->session = mem_zero(sizeof *ui->session);
        ui->session->ui = ui;
    }
    struct session *session = active = ui->session;
    session->line = line;
    session->idle_done = false;
    session->dropped = 0;
    session->has_next = false;
    session->next.length = 0;
    session->ghost = NULL;
    session->suggest.typed.length = 0;
    highlight_begin(&session->highlight);
    render_forget(&session->render);
    line->events = &events;
    line->text.length = 0;
    line->cut = false;
    refresh(session);
    char *typed = readline(buf_text(&line->prompt));
    if (session->dropped == 0 && typed != NULL) {
        buf_puts(&line->text, typed);
        buf_putc(&line->text, '\n');
    }
    free(typed);
    errno = session->dropped;
    return session->dropped == 0;
}

static void finish(struct ui *ui)
{
    if (ui->session != NULL) {
        mem_free(ui->session->terminal);
        completion_free(&ui->session->found);
        highlight_free(&ui->session->highlight);
        suggest_free(&ui->session->suggest);
        render_free(&ui->session->render);
        buf_free(&ui->session->next);
        buf_free(&ui->session->out);
        mem_free(ui->session);
        ui->session = NULL;
        clear_history();
    }
}

const struct editor editor_readline = {
    .fits = fits, .read = read_line, .expand = expand_event, .finish = finish};
