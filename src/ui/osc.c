/* osc.c -- marks, directory and title for terminals that know operating system commands. */
#include "ui/osc.h"

#include <string.h>
#include <strings.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/out.h"
#include "base/quote.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/prompt.h"
#include "ui/ui.h"

enum { TITLE_MOST = 80 };

/* Terminals that know such sequences; others, as the console of Linux or a vt52, would print
   parts of them. */
static bool is_known(const char *terminal)
{
    static const char *const families[] = {
        "alacritty", "contour", "foot", "ghostty", "gnome", "iterm", "kitty", "konsole", "mintty",
        "ms-",       "rxvt",    "rio",  "screen",  "st-",   "tmux",  "vte",   "wezterm", "xterm",
    };
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (strncasecmp(terminal, families[i], strlen(families[i])) == 0) {
            return true;
        }
    }
    return strcmp(terminal, "st") == 0;
}

static bool takes_marks(struct shell *sh)
{
    const char *terminal = variable_by_name(sh, "TERM");
    return (sh->settings.options & OPT_MARKS) != 0 && terminal != NULL && is_known(terminal) &&
           isatty(2);
}

static void add_title(const char *text, size_t length, struct buf *to)
{
    buf_puts(to, "\033]0;");
    quote_add_visible(to, text, length, TITLE_MOST);
    buf_putc(to, '\a');
}

/* RFC 3986: all but unreserved characters and slashes as %XX. */
static void add_directory(const struct shell *sh, struct buf *to)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    struct utsname name;
    if (sh->directory == NULL || uname(&name) != 0) {
        return;
    }
    buf_addf(to, "\033]7;file://%s", name.nodename);
    for (const char *at = sh->directory; *at != '\0'; at++) {
        if (strchr(plain, *at) != NULL) {
            buf_putc(to, *at);
        } else {
            buf_addf(to, "%%%02X", (unsigned char)*at);
        }
    }
    buf_putc(to, '\a');
}

void osc_begin_prompt(struct ui *ui)
{
    struct shell *sh = ui->sh;
    struct buf out = {0};
    struct buf title = {0};
    if (takes_marks(sh)) {
        if (ui->running) {
            buf_addf(&out, "\033]133;D;%d\a", sh->status);
        }
        add_directory(sh, &out);
        prompt_add_directory(sh, &title);
        add_title(title.data, title.length, &out);
        out_write_all(2, out.data, out.length);
    }
    ui->running = false;
    buf_free(&title);
    buf_free(&out);
}

void osc_wrap(struct ui *ui, struct buf *prompt)
{
    if (takes_marks(ui->sh)) {
        struct buf inner = *prompt;
        *prompt = (struct buf){0};
        buf_puts(prompt, "\001\033]133;A\a\002");
        buf_add(prompt, inner.data, inner.length);
        buf_puts(prompt, "\001\033]133;B\a\002");
        buf_free(&inner);
    }
}

void osc_begin_command(struct ui *ui)
{
    struct buf out = {0};
    const char *text = buf_text(&ui->typed);
    text += strspn(text, " \t\n");
    if (takes_marks(ui->sh)) {
        buf_puts(&out, "\033]133;C\a");
        add_title(text, strcspn(text, "\n"), &out);
        out_write_all(2, out.data, out.length);
        ui->running = true;
    }
    buf_free(&out);
}
