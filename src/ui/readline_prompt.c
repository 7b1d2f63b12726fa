/* readline_prompt.c -- prompts as they are shown: with the mode, what is known of the work tree,
   and the one at the right. */
#include "ui/readline.h"

#include <string.h>

#include "exec/line.h"
#include "os/terminal.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/git_state.h"
#include "ui/osc.h"
#include "ui/prompt.h"
#include "ui/ui.h"

/* Ctrl-C is a key while a line is edited, but the commands in a prompt are to hear it. */
static void let_interrupt(bool on)
{
    struct termios modes;
    if (RL_ISSTATE(RL_STATE_TERMPREPPED) && terminal_get_modes(0, &modes)) {
        modes.c_lflag = on ? modes.c_lflag | ISIG : modes.c_lflag & ~(tcflag_t)ISIG;
        terminal_set_modes(0, &modes);
    }
}

void session_expand_prompt(struct session *session, const char *name, const char *otherwise,
                           struct buf *to)
{
    let_interrupt(true);
    prompt_add(session->ui->sh, name, otherwise, to);
    let_interrupt(false);
}

/* show-mode-in-prompt of inputrc. */
static const char *mode_of(const struct session *session)
{
    if (!session->shows_mode) {
        return NULL;
    }
    if (rl_editing_mode == 1) {
        return rl_variable_value("emacs-mode-string");
    }
    return rl_variable_value(rl_get_keymap() == vi_movement_keymap ? "vi-cmd-mode-string"
                                                                   : "vi-ins-mode-string");
}

/* One row: what cannot stand in it goes. */
static void fill_right(struct session *session)
{
    struct buf *right = &session->right;
    size_t kept = 0;
    right->length = 0;
    git_state_fill(session->ui, buf_text(&session->right_text), right);
    for (size_t i = 0; i < right->length && right->data[i] != '\n'; i++) {
        if (right->data[i] != '\r') {
            right->data[kept++] = right->data[i] == '\t' ? ' ' : right->data[i];
        }
    }
    right->length = kept;
}

void session_fill_prompt(struct session *session)
{
    const char *mode = mode_of(session);
    if (!session->stale && mode == session->mode) {
        return;
    }
    const char *text = buf_text(&session->line->prompt);
    const char *last = strrchr(text, '\n');
    size_t above = last == NULL ? 0 : (size_t)(last + 1 - text);
    session->stale = false;
    session->mode = mode;
    session->prompt.length = 0;
    buf_add(&session->prompt, text, above);
    buf_puts(&session->prompt, mode == NULL ? "" : mode);
    git_state_fill(session->ui, text + above, &session->prompt);
    fill_right(session);
}

void session_begin_prompt(struct session *session)
{
    const char *shows = rl_variable_value("show-mode-in-prompt");
    session->shows_mode = shows != NULL && strcmp(shows, "on") == 0;
    session->stale = true;
    session->right_text.length = 0;
    if (session->line->starts) {
        session_expand_prompt(session, "RPS1", "", &session->right_text);
    }
    session_fill_prompt(session);
}

void session_shorten_prompt(struct session *session)
{
    if ((session->ui->sh->settings.options & OPT_TRANSIENT) != 0 && session->line->starts) {
        session->shows_mode = false;
        session->stale = false;
        session->mode = NULL;
        session->prompt.length = 0;
        session_expand_prompt(session, "TPS1", prompt_short, &session->prompt);
        osc_wrap(session->ui, &session->prompt);
        session->right.length = 0;
    }
}
