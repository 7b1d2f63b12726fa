/* window.c -- LINES and COLUMNS: how large the window is, for prompts and commands. */
#include "ui/window.h"

#include <sys/ioctl.h>
#include <termios.h>

#include "base/buf.h"
#include "base/diag.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/ui.h"

/* Not exported, if the user does not: programs ask the terminal, and see it change. */
static void set_size(struct shell *sh, const char *name, unsigned size)
{
    struct diag d = {0};
    struct buf text = {0};
    buf_addf(&text, "%u", size);
    variable_set_by_name(sh, name, buf_text(&text), &d);
    buf_free(&text);
    diag_clear(&d);
}

void window_tell(struct ui *ui)
{
    struct winsize now;
    if (ioctl(2, TIOCGWINSZ, &now) != 0 || now.ws_row == 0 || now.ws_col == 0 ||
        (now.ws_row == ui->rows && now.ws_col == ui->columns)) {
        return;
    }
    ui->rows = now.ws_row;
    ui->columns = now.ws_col;
    set_size(ui->sh, "LINES", now.ws_row);
    set_size(ui->sh, "COLUMNS", now.ws_col);
}
