/* editor_readline.c -- the editor over GNU readline 8.2: a session, the terminal, bytes from it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/out.h"
#include "exec/exec.h"
#include "exec/line.h"
#include "os/signals.h"
#include "os/terminal.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/editor.h"
#include "ui/git_state.h"
#include "ui/readline.h"
#include "ui/readline_vi.h"
#include "ui/ui.h"

static struct session *active;

struct session *session_active(void)
{
    return active;
}

/* ---- the terminal ---- */

/* Ctrl-C is a key like others, so that it works inside searches. */
static void prepare_terminal(int meta)
{
    struct termios modes;
    if (terminal_get_modes(0, &modes)) {
        active->interrupt = modes.c_cc[VINTR];
        active->quote = modes.c_cc[VLNEXT];
    }
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
        if (!rl_eof_found) {
            session_shorten_prompt(active);
        }
        session_go_to_end();
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
    session_go_to_end();
    rl_crlf();
    fflush(rl_outstream);
    leave_terminal();
}

static void show_again(struct line *line)
{
    (void)line;
    prepare_terminal(1);
    session_end_output(active);
    session_screen_is_new();
    (*rl_redisplay_function)();
}

/* Readline's own display divides by the width, and reads beyond its lines in the narrowest of
   windows: it hears of no fewer columns than these. False: it heard of more than there are. */
static bool take_window(const struct session *session)
{
    enum { FEWEST = 10 };
    int rows = 0;
    int columns = FEWEST;
    if (!session->draws) {
        rl_reset_screen_size();
        rl_get_screen_size(&rows, &columns);
    }
    if (columns < FEWEST) {
        rl_set_screen_size(rows, FEWEST);
    }
    return columns >= FEWEST;
}

static void look_at_window(struct line *line)
{
    (void)line;
    if (signal_is_pending(SIGWINCH)) {
        if (take_window(active)) {
            rl_resize_terminal();
        } else {
            rl_forced_update_display();
        }
    }
}

/* The state of the work tree has come. */
static void take_state(struct line *line)
{
    if (git_state_read(active->ui, line)) {
        active->stale = true;
        if (!RL_ISSTATE(RL_STATE_COMPLETING)) { /* it may have asked a question there */
            (*rl_redisplay_function)();
        }
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

void session_step_aside(struct session *session)
{
    if (session->draws) {
        render_erase(&session->render, &session->out);
        out_write_all(2, session->out.data, session->out.length);
        session->out.length = 0;
    } else {
        rl_clear_visible_line();
    }
    fflush(rl_outstream);
    leave_terminal();
}

void session_step_back(struct session *session, enum flow flow)
{
    if (flow == FLOW_EXIT) {
        session->line->flow = flow;
        session->line->status = session->ui->sh->status;
        drop_line(session, EINTR);
        return;
    }
    if (signal_is_pending(SIGINT)) {
        signal_forget(SIGINT);
    }
    prepare_terminal(1);
    session_end_output(session);
    session_screen_is_new();
    rl_forced_update_display();
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
    session_go_to_end();
    fputs("^C", rl_outstream);
    fflush(rl_outstream);
    drop_line(session, EINTR);
    leave_terminal();
    signal_note(SIGINT);
    line_attend(session->line);
    return 0;
}

/* The interrupt character of the terminal is Ctrl-C to us, unless it is quoted. */
static int as_interrupt(struct session *session, int byte)
{
    bool quoted = session->quoted || session->pasting;
    session->quoted = byte == session->quote && !quoted;
    return byte == session->interrupt && byte != 0 && !quoted ? CTRL('C') : byte;
}

/* One byte and no more: what was typed ahead belongs to the commands. */
static int read_byte(struct session *session)
{
    unsigned char byte = 0;
    if (!session->idle_done) {
        session->idle_done = true;
        ui_idle(session->ui);
        session_sync_history(session);
    }
    if (session->draws && session->line->starts) {
        git_state_start(session->ui, session->line);
    }
    while (session->dropped == 0 && line_wait(session->line)) {
        ssize_t count = read(0, &byte, 1);
        if (count == 1) {
            session->aliases = 0;
            return as_interrupt(session, byte);
        }
        if (count == 0 || errno != EINTR) {
            return line_is_hung_up(session->line, count < 0) ? drop_line(session, errno) : EOF;
        }
        if (!line_attend(session->line)) {
            return drop_line(session, EINTR);
        }
    }
    int error = errno;
    if (session->dropped == 0 && error == ETIMEDOUT) {
        session_go_to_end();
    }
    return session->dropped != 0 ? EOF : drop_line(session, error);
}

/* Where readline shows a long list and asks whether to go on, it knows no key but q to say no with,
   and leaves with a jump over the caller when the input ends. */
static int key_of_list(int byte)
{
    return byte == EOF || byte == CTRL('C') || byte == CTRL('G') ? 'q' : byte;
}

/* A Ctrl-C that is typed comes alone; in what is pasted the rest of the text is right behind it. */
static bool comes_alone(void)
{
    enum { MOMENT = 200 };
    struct pollfd input = {.fd = 0, .events = POLLIN};
    int count = -1;
    do {
        count = poll(&input, 1, MOMENT);
    } while (count < 0 && errno == EINTR);
    return count == 0;
}

/* Readline takes what is pasted up to its end mark, and does not expect the input to end before, or
   the user to want out when the mark does not come: it gets the mark from us then. */
static int next_byte(FILE *unused)
{
    enum { MARK = 6 };
    struct session *session = active;
    const char *mark = session->pasting ? "\033[201~" : "\033[200~";
    int byte = session->held != 0 ? session->held : read_byte(session);
    (void)unused;
    if (session->listing) {
        return key_of_list(byte);
    }
    if (session->pasting && session->held == 0 && byte == CTRL('C') && comes_alone()) {
        session->held = byte;
        session->marked = 0;
    }
    if (session->pasting && (byte == EOF || session->held != 0)) {
        byte = (unsigned char)mark[session->marked];
    } else {
        session->held = 0;
    }
    session->marked = byte == mark[session->marked] ? session->marked + 1 : byte == '\033';
    if (session->marked == MARK) {
        session->pasting = !session->pasting;
        session->marked = 0;
    }
    return byte;
}

/* ---- a session ---- */

static bool fits(const char *terminal)
{
    return *terminal != '\0' && strcmp(terminal, "dumb") != 0;
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
    rl_add_funmap_entry("abandon-line", interrupt); /* before an inputrc is read that names them */
    rl_add_funmap_entry("edit-and-execute-command", session_edit_line);
    rl_add_funmap_entry("vi-alias", vi_alias);
    rl_initialize();
    rl_prep_term_function = prepare_terminal;
    rl_deprep_term_function = leave_terminal;
    rl_getc_function = next_byte;
    rl_completer_word_break_characters = no_breaks;
    rl_attempted_completion_function = session_complete;
    rl_completion_display_matches_hook = session_show_matches;
    rl_bind_keyseq_if_unbound_in_map("\\C-x\\C-e", session_edit_line, emacs_standard_keymap);
    rl_bind_key_if_unbound_in_map('v', session_edit_line, vi_movement_keymap);
    rl_bind_key_if_unbound_in_map('@', vi_alias, vi_movement_keymap);
    rl_bind_key_in_map(CTRL('C'), interrupt, emacs_standard_keymap);
    rl_bind_key_in_map(CTRL('C'), interrupt, vi_insertion_keymap);
    rl_bind_key_in_map(CTRL('C'), interrupt, vi_movement_keymap);
}

/* Cursor movements as ECMA-48 has them; else readline draws, without colours and suggestions. */
static void choose_display(struct session *session)
{
    const char *up = rl_get_termcap("up");
    session->draws = up != NULL && (strcmp(up, "\033[A") == 0 || strcmp(up, "\033M") == 0);
    rl_redisplay_function = session->draws ? session_show_line : rl_redisplay;
    session_own_keys(session, true);
    take_window(session);
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

struct session *session_of(struct ui *ui)
{
    if (ui->session == NULL) {
        ui->session = mem_zero(sizeof *ui->session);
        ui->session->ui = ui;
    }
    return ui->session;
}

struct session *session_open(struct ui *ui)
{
    active = session_of(ui);
    refresh(active);
    return active;
}

static bool read_line(struct ui *ui, struct line *line)
{
    static const struct line_events events = {
        .woken = look_at_window, .leave = leave_line, .again = show_again, .ready = take_state};
    struct session *session = session_open(ui);
    bool first = session->line == NULL;
    session->line = line;
    session->idle_done = false;
    session->dropped = 0;
    session->pasting = false;
    session->marked = 0;
    session->held = 0;
    session->quoted = false;
    session->has_next = false;
    session->next.length = 0;
    session->ghost = NULL;
    session->suggest.typed.length = 0;
    highlight_begin(&session->highlight);
    render_forget(&session->render);
    line->events = &events;
    line->text.length = 0;
    line->cut = false;
    if (first) {
        rl_reset_screen_size(); /* `bind` may have begun with another standard input */
        take_window(session);
    }
    if (line->starts) {
        session_end_output(session);
    }
    session_begin_prompt(session);
    rl_clear_pending_input(); /* reading ahead it may have met the EOF of a line that was dropped */
    char *typed = readline(buf_text(&line->prompt));
    git_state_stop(ui, line);
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
        session_forget_bound(ui->session);
        completion_free(&ui->session->found);
        highlight_free(ui->sh, &ui->session->highlight);
        suggest_free(&ui->session->suggest);
        render_free(&ui->session->render);
        buf_free(&ui->session->prompt);
        buf_free(&ui->session->right);
        buf_free(&ui->session->right_text);
        buf_free(&ui->session->next);
        buf_free(&ui->session->out);
        mem_free(ui->session);
        ui->session = NULL;
        clear_history();
    }
}

const struct editor editor_readline = {
    .fits = fits,
    .read = read_line,
    .expand = session_expand_event,
    .bind = session_bind,
    .functions = session_functions,
    .finish = finish,
};
