/* readline.h -- what the files of the editor over GNU readline 8.2 share. Only they include it, and
   nothing else includes readline's headers. */
#ifndef SWISH_UI_READLINE_H
#define SWISH_UI_READLINE_H

#include <stdbool.h>
#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/buf.h"
#include "exec/flow.h"
#include "ui/complete.h"
#include "ui/highlight.h"
#include "ui/render.h"
#include "ui/suggest.h"

struct bound;
struct call;
struct candidates;
struct line;
struct ui;

struct session {
    struct ui *ui;
    struct line *line; /* being read; NULL: none */
    bool idle_done;
    int dropped;   /* errno when the line is abandoned, else 0 */
    bool pasting;  /* inside a bracketed paste */
    size_t marked; /* how much of what begins or ends one has been read */
    int held;      /* the Ctrl-C that ended one, for when readline has the mark; else 0 */
    int interrupt; /* character of the terminal's modes */
    int quote;     /* the same: what follows is text */
    bool quoted;
    int aliases;   /* that @ typed since the last key */
    bool redoing;  /* vi's `.`, */
    bool changed;  /* and what it does again is a change */
    bool forwards; /* vi's last search */
    bool listing;  /* readline shows a list, and may ask whether to go on */
    int synced;    /* number of the last history entry that readline has */
    char *terminal;
    struct completion found;
    struct render render;
    struct highlight highlight;
    struct suggest suggest;
    const char *ghost; /* what is suggested now, or NULL */
    struct buf prompt; /* as it is shown: mode and git state filled in */
    struct buf right;
    struct buf right_text; /* RPS1 expanded */
    const char *mode;      /* that is shown in the prompt, or NULL */
    bool shows_mode;
    bool stale;      /* `prompt` and `right` are to be made anew */
    struct buf next; /* PS2 as it is shown */
    struct buf out;
    bool has_next;
    bool draws;          /* the terminal is one that render.c can draw on */
    bool final;          /* the line is drawn for the last time */
    struct bound *bound; /* keys that run commands of the user */
    size_t bound_count;
};

/* Readline's callbacks are given nothing of ours: they start from this one. */
struct session *session_active(void);

/* The session of this shell; readline itself may not have been needed yet. */
struct session *session_of(struct ui *ui);

/* Readline stands, ready for the terminal of now. */
struct session *session_open(struct ui *ui);

/* A command of the user gets the terminal, as commands find it; prompt and line are gone from the
   screen. They come back, or the shell ends, with what the command says. */
void session_step_aside(struct session *session);
void session_step_back(struct session *session, enum flow flow);

/* ---- readline_history.c ---- */

/* Readline's list becomes the end of ours: fc may have replaced the newest entry. */
void session_sync_history(struct session *session);

/* editor->expand */
bool session_expand_event(struct ui *ui, struct buf *text, struct buf *said);

/* ---- readline_edit.c ---- */

/* edit-and-execute-command */
int session_edit_line(int count, int key);

/* ---- readline_prompt.c ---- */

/* A line begins: line->prompt and RPS1 as they will be shown. */
void session_begin_prompt(struct session *session);

/* Adds the variable expanded as a prompt, or `otherwise` when it is not set. */
void session_expand_prompt(struct session *session, const char *name, const char *otherwise,
                           struct buf *to);

/* What they show may have changed. */
void session_fill_prompt(struct session *session);

/* set -o transient: the accepted line stands behind TPS1. */
void session_shorten_prompt(struct session *session);

/* ---- readline_screen.c ---- */

/* rl_redisplay_function */
void session_show_line(void);

/* The cursor goes behind what was typed, and the suggestion away. */
void session_go_to_end(void);

/* Somebody printed something, and may not have gone to a new line. */
void session_end_output(struct session *session);

/* Whoever printed something has gone to a new line. */
void session_screen_is_new(void);

/* ---- readline_keys.c ---- */

/* Our functions take the place of readline's on all keys, or give it back. */
void session_own_keys(const struct session *session, bool ours);

/* ---- readline_bind.c ---- */

/* editor->bind */
int session_bind(struct ui *ui, struct call *c);
void session_functions(struct candidates *to);

void session_forget_bound(struct session *session);

/* ---- readline_complete.c ---- */

/* rl_attempted_completion_function */
char **session_complete(const char *text, int start, int end);

/* rl_completion_display_matches_hook */
void session_show_matches(char **matches, int count, int longest);

/* Below the line; labels[0] is not one of them. */
void session_show_list(char **labels, size_t count);

#endif
