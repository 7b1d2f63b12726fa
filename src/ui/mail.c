/* mail.c -- the mailboxes that MAILPATH or MAIL names, looked at every MAILCHECK seconds. */
#include "ui/mail.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/out.h"
#include "expand/expand.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/ui.h"

enum { SECONDS_DEFAULT = 600, SECONDS_MOST = 0x3fffffff };

struct mailbox {
    struct mailbox *next;
    char *path;
    char *message; /* NULL: ours */
    struct timespec changed;
};

struct mail {
    char *value; /* of MAILPATH, or of MAIL */
    bool several;
    struct mailbox *boxes;
    time_t looked; /* CLOCK_MONOTONIC: when they were looked at last */
};

/* ---- mailboxes ---- */

/* When mail came to it last; zero when there is none. An empty file was read and cleared. */
static struct timespec look_at(const char *path)
{
    struct stat info;
    bool is_there = stat(path, &info) == 0 && (!S_ISREG(info.st_mode) || info.st_size > 0);
    return is_there ? info.st_mtim : (struct timespec){0};
}

/* One entry of MAILPATH, PATH%MESSAGE, where \% is no end of the path. */
static struct mailbox *make_box(const char *entry, size_t length, bool several)
{
    struct mailbox *box = mem_zero(sizeof *box);
    struct buf path = {0};
    size_t at = 0;
    for (; at < length && !(several && entry[at] == '%'); at++) {
        at += several && entry[at] == '\\' && at + 1 < length && entry[at + 1] == '%';
        buf_putc(&path, entry[at]);
    }
    box->path = buf_take(&path);
    box->message = at < length ? mem_text_n(entry + at + 1, length - at - 1) : NULL;
    box->changed = look_at(box->path);
    return box;
}

static void free_mail(struct mail *mail)
{
    while (mail->boxes != NULL) {
        struct mailbox *box = mail->boxes;
        mail->boxes = box->next;
        mem_free(box->path);
        mem_free(box->message);
        mem_free(box);
    }
    mem_free(mail->value);
    mem_free(mail);
}

static struct mail *make_mail(const char *value, bool several)
{
    struct mail *mail = mem_zero(sizeof *mail);
    struct mailbox **end = &mail->boxes;
    mail->value = mem_text(value);
    mail->several = several;
    while (*value != '\0') {
        size_t length = several ? strcspn(value, ":") : strlen(value);
        if (length > 0) {
            *end = make_box(value, length, several);
            end = &(*end)->next;
        }
        value += length + (value[length] == ':');
    }
    return mail;
}

/* ---- telling ---- */

static void tell(struct ui *ui, const struct mailbox *box, bool several)
{
    struct shell *sh = ui->sh;
    struct buf text = {0};
    if (box->message != NULL) {
        struct arena_mark mark = arena_mark(&sh->scratch);
        int status = sh->status;
        buf_puts(&text, expand_prompt(sh, box->message));
        sh->status = status;
        arena_release(&sh->scratch, mark);
    } else if (several) {
        buf_addf(&text, "you have mail in %s", box->path);
    } else {
        buf_puts(&text, "you have mail");
    }
    buf_putc(&text, '\n');
    out_write_all(2, text.data, text.length);
    buf_free(&text);
}

static void look(struct ui *ui, struct mailbox *box, bool several)
{
    struct timespec changed = look_at(box->path);
    bool same = changed.tv_sec == box->changed.tv_sec && changed.tv_nsec == box->changed.tv_nsec;
    box->changed = changed;
    if (!same && (changed.tv_sec != 0 || changed.tv_nsec != 0)) {
        tell(ui, box, several);
    }
}

/* MAILCHECK; false: it is no number, nothing is looked at. */
static bool interval(struct shell *sh, unsigned long *seconds)
{
    const char *value = variable_by_name(sh, "MAILCHECK");
    *seconds = SECONDS_DEFAULT;
    return value == NULL || number_parse(value, SECONDS_MOST, seconds);
}

void mail_check(struct ui *ui)
{
    struct shell *sh = ui->sh;
    const char *path = variable_by_name(sh, "MAILPATH");
    const char *value = path != NULL ? path : variable_by_name(sh, "MAIL");
    unsigned long seconds = 0;
    if (value == NULL || !interval(sh, &seconds)) {
        mail_free(ui);
        return;
    }
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    struct mail *mail = ui->mail;
    if (mail == NULL || mail->several != (path != NULL) || strcmp(mail->value, value) != 0) {
        mail_free(ui);
        ui->mail = make_mail(value, path != NULL);
        ui->mail->looked = now.tv_sec;
        return;
    }
    if (now.tv_sec - mail->looked < (time_t)seconds) {
        return;
    }
    mail->looked = now.tv_sec;
    for (struct mailbox *box = mail->boxes; box != NULL; box = box->next) {
        look(ui, box, mail->several);
    }
}

void mail_free(struct ui *ui)
{
    if (ui->mail != NULL) {
        free_mail(ui->mail);
        ui->mail = NULL;
    }
}
