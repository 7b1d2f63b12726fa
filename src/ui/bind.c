/* bind.c -- the bind built-in as far as no editor is needed, and the commands that keys run. */
#include "ui/bind.h"

#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "exec/run.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/candidates.h"
#include "ui/editor.h"
#include "ui/table.h"
#include "ui/ui.h"

static const char name_line[] = "READLINE_LINE";
static const char name_point[] = "READLINE_POINT";
static const char name_mark[] = "READLINE_MARK";

/* Exported: the command may be a program. A read-only one is left alone. */
static void give(struct shell *sh, const char *name, const char *value)
{
    struct diag d = {0};
    struct symbol *symbol = symbol_intern(&sh->symbols, name, strlen(name));
    if (variable_set(sh, symbol, value, strlen(value), &d)) {
        variable_flag(sh, symbol, VARIABLE_EXPORTED, 0);
    }
    diag_clear(&d);
    symbol_release(&sh->symbols, symbol);
}

static void take_away(struct shell *sh, const char *name)
{
    struct diag d = {0};
    struct symbol *symbol = symbol_intern(&sh->symbols, name, strlen(name));
    variable_unset(sh, symbol, &d);
    diag_clear(&d);
    symbol_release(&sh->symbols, symbol);
}

/* Places count characters, as ${#READLINE_LINE} does. */
static void give_place(struct shell *sh, const char *name, const struct edited *line, size_t place)
{
    struct buf number = {0};
    buf_addf(&number, "%zu", utf8_count(line->text.data, place, sh->utf8));
    give(sh, name, buf_text(&number));
    buf_free(&number);
}

/* What is no number, or too large, is the end of the line. */
static size_t take_place(struct shell *sh, const char *name, const struct edited *line)
{
    const char *value = variable_by_name(sh, name);
    unsigned long count = 0;
    size_t at = 0;
    if (value == NULL || !number_parse(value, 0x7fffffff, &count)) {
        return line->text.length;
    }
    for (; count > 0 && at < line->text.length; count--) {
        at += utf8_first(line->text.data + at, line->text.length - at, sh->utf8);
    }
    return at;
}

enum flow bind_run(struct shell *sh, const char *command, struct edited *line)
{
    struct exec *ex = sh->exec;
    int status = sh->status;
    int number = sh->line;
    give(sh, name_line, buf_text(&line->text));
    give_place(sh, name_point, line, line->point);
    give_place(sh, name_mark, line, line->mark);
    ex->dot_depth++; /* `return` ends the command, not the shell */
    enum flow flow = run_text(sh, command, 1, EXEC_TESTED);
    ex->dot_depth--;
    ex->unwinding = false;
    sh->line = number;
    const char *value = variable_by_name(sh, name_line);
    line->text.length = 0;
    buf_puts(&line->text, value == NULL ? "" : value);
    line->point = take_place(sh, name_point, line);
    line->mark = take_place(sh, name_mark, line);
    take_away(sh, name_line);
    take_away(sh, name_point);
    take_away(sh, name_mark);
    sh->status = flow == FLOW_EXIT ? sh->status : status;
    return flow;
}

/* ---- completion ---- */

void candidates_bindable(struct shell *sh, struct candidates *to)
{
    const struct editor *editor = ui_editor(sh);
    if (editor->functions != NULL) {
        editor->functions(to);
    }
}

void candidates_keymaps(struct shell *sh, struct candidates *to)
{
    static const char *const names[] = {"emacs", "emacs-standard", "emacs-meta", "emacs-ctlx",
                                        "vi",    "vi-command",     "vi-move",    "vi-insert"};
    (void)sh;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        candidates_add(to, names[i]);
    }
}

/* ---- the built-in ---- */

int builtin_bind(struct call *c)
{
    struct ui *ui = ui_of(c->sh);
    if (ui == NULL) {
        return call_warn(c, "only an interactive shell edits lines");
    }
    const struct editor *editor = ui_editor(c->sh);
    if (editor->bind != NULL) {
        return editor->bind(ui, c);
    }
    if (!ui->told) { /* once: a start-up file may have many */
        ui->told = true;
        call_warn(c, "there is no line editing at this terminal");
    }
    return 1;
}
