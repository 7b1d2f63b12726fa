/* front.c -- the front of swish-interactive: prompts, line editing, history file. */
#include "exec/front.h"

#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/out.h"
#include "exec/exec.h"
#include "exec/line.h"
#include "os/process.h"
#include "state/history.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/bash.h"
#include "ui/editor.h"
#include "ui/git_state.h"
#include "ui/history_file.h"
#include "ui/hooks.h"
#include "ui/mail.h"
#include "ui/notfound.h"
#include "ui/osc.h"
#include "ui/prompt.h"
#include "ui/spec.h"
#include "ui/table.h"
#include "ui/ui.h"
#include "ui/window.h"

/* The first that fits serves. */
static const struct editor *const editors[] = {
#ifdef SWISH_READLINE
    &editor_readline,
#endif
    &editor_plain,
    NULL,
};

struct ui *ui_of(const struct shell *sh)
{
    return sh->exec->ui;
}

void ui_idle(struct ui *ui)
{
    if (ui->sh->hooks.remember != NULL) {
        history_file_read(ui);
    }
}

/* Whoever looks for the shell by name finds it under the one that was typed. */
static void enter(char **argv, bool asked)
{
    (void)argv;
    (void)asked;
    prctl(PR_SET_NAME, "swish");
}

static void set_default(struct shell *sh, const char *name, const char *value)
{
    struct diag d = {0};
    variable_set_by_name(sh, name, value, &d);
    diag_clear(&d);
}

static bool in_environment(const char *name)
{
    size_t length = strlen(name);
    for (char **entry = process_environment(); *entry != NULL; entry++) {
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=') {
            return true;
        }
    }
    return false;
}

/* Else shell_init gave PS1 the value of XCU 2.5.3. */
static void start(struct shell *sh)
{
    struct ui *ui = mem_zero(sizeof *ui);
    ui->sh = sh;
    sh->exec->ui = ui;
    if (!in_environment("PS1")) {
        set_default(sh, "PS1", prompt_default);
    }
    if (isatty(0)) {
        sh->hooks.remember = history_file_add;
        history_file_start(ui);
        if (variable_by_name(sh, "HISTSIZE") == NULL) {
            set_default(sh, "HISTSIZE", "100000");
        }
        window_tell(ui);
    }
}

const struct editor *ui_editor(struct shell *sh)
{
    const char *terminal = variable_by_name(sh, "TERM");
    for (const struct editor *const *editor = editors; *editor != NULL; editor++) {
        if ((*editor)->fits(terminal == NULL ? "" : terminal)) {
            return *editor;
        }
    }
    return &editor_plain;
}

/* `!` expansion of what was typed, in whichever editor. False: the line is not to run. */
static bool expand_history(struct ui *ui, struct buf *text)
{
    const struct editor *const *editor = editors;
    while (*editor != NULL && (*editor)->expand == NULL) {
        editor++;
    }
    if (*editor == NULL || (ui->sh->settings.options & OPT_HISTEXPAND) == 0) {
        return true;
    }
    struct buf said = {0};
    bool good = (*editor)->expand(ui, text, &said);
    out_write_all(2, said.data, said.length);
    buf_free(&said);
    return good;
}

/* What is said before PS1 is shown. */
static void tell_news(struct ui *ui)
{
    if (!ui->greeted) {
        ui->greeted = true;
        history_file_offer(ui);
    }
    mail_check(ui);
}

static bool read_line(struct line *line)
{
    struct ui *ui = ui_of(line->sh);
    if (line->starts) {
        tell_news(ui);
        osc_begin_prompt(ui);
        osc_wrap(ui, &line->prompt);
        ui->typed.length = 0;
    }
    do {
        ui->editor = isatty(0) && isatty(2) ? ui_editor(line->sh) : &editor_plain;
        if (!ui->editor->read(ui, line)) {
            return false;
        }
    } while (line->starts && !expand_history(ui, &line->text));
    buf_add(&ui->typed, line->text.data, line->text.length);
    return true;
}

static enum flow before_prompt(struct shell *sh)
{
    window_tell(ui_of(sh));
    return hooks_precmd(sh);
}

static void accepted(struct shell *sh)
{
    struct ui *ui = ui_of(sh);
    struct buf text = {0};
    prompt_add(sh, "PS0", "", &text);
    out_write_all(2, text.data, text.length);
    buf_free(&text);
    ui->commands++;
    window_tell(ui);
    osc_begin_command(ui);
}

static void finish(struct shell *sh)
{
    struct ui *ui = ui_of(sh);
    for (const struct editor *const *editor = editors; *editor != NULL; editor++) {
        if ((*editor)->finish != NULL) {
            (*editor)->finish(ui);
        }
    }
    git_state_free(ui);
    buf_free(&ui->typed);
    history_file_finish(ui);
    mail_free(ui);
    mem_free(ui->user);
    abbr_free(&ui->abbreviations);
    spec_free_all(ui->specs);
    bash_end(ui);
    mem_free(ui);
    sh->exec->ui = NULL;
    sh->hooks.remember = NULL;
}

const struct front front = {
    .builtins = &ui_builtins,
    .enter = enter,
    .start = start,
    .prompt = prompt_text,
    .read = read_line,
    .accepted = accepted,
    .unknown = notfound_tell,
    .import = history_file_import,
    .precmd = before_prompt,
    .preexec = hooks_preexec,
    .chpwd = hooks_chpwd,
    .finish = finish,
};
