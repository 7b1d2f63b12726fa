/* ui.h -- floor 7's part of the shell. */
#ifndef SWISH_UI_UI_H
#define SWISH_UI_UI_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "ui/abbr.h"

struct bash;
struct editor;
struct git_state;
struct mail;
struct session;
struct shell;
struct spec;

/* How far the history file was read. */
struct history_place {
    char *usual; /* what HISTFILE began as; NULL: it was given */
    char *value; /* what it was when the file was found; NULL: not yet */
    char *path;
    dev_t device;
    ino_t file;
    off_t offset;
};

struct ui {
    struct shell *sh;
    const struct editor *editor; /* for the line that is read now */
    struct session *session;     /* the editor's own */
    struct history_place place;
    struct git_state *git; /* NULL: no prompt asked for it yet */
    struct buf typed;      /* the command that is being read */
    bool running;          /* the terminal was told that a command runs */
    struct mail *mail;     /* mailboxes; NULL: none are looked at */
    char *user;            /* for prompts; NULL: not looked up yet */
    unsigned short rows;   /* of the window, as LINES and COLUMNS tell */
    unsigned short columns;
    int commands; /* accepted in this session */
    bool greeted; /* the first prompt was there */
    bool moving;  /* chpwd runs */
    bool told;    /* that there is no line editing */
    struct abbreviations abbreviations;
    struct spec *specs;   /* of complete, by name */
    unsigned *completing; /* options of what is completed now, for compopt; or NULL */
    struct bash *bash;    /* for its completions; NULL: not started yet */
};

struct ui *ui_of(const struct shell *sh);

/* The one for the terminal that TERM names. */
const struct editor *ui_editor(struct shell *sh);

/* The prompt stands and nothing was typed: time for what may take a moment. */
void ui_idle(struct ui *ui);

#endif
