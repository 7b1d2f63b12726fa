/* prompt.c -- PS0, PS1 and the like with backslash escapes. */
#include "ui/prompt.h"

#include <pwd.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/quote.h"
#include "base/utf8.h"
#include "exec/job.h"
#include "expand/expand.h"
#include "state/history.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/git.h"
#include "ui/git_state.h"
#include "ui/history_file.h"
#include "ui/ui.h"

enum { SHOWN_MOST = 1000 };

const char prompt_default[] = "\\u@\\h \\w\\g\\?\\$ ";
const char prompt_short[] = "\\$ ";

/* What is filled in is no shell text: $, ` and \ in it get through the expansion as they are, and
   control bytes are shown, not sent. */
static void add_literal(struct buf *to, const char *text)
{
    struct buf shown = {0};
    quote_add_visible(&shown, text, strlen(text), SHOWN_MOST);
    for (size_t i = 0; i < shown.length; i++) {
        if (strchr("$`\\", shown.data[i]) != NULL) {
            buf_putc(to, '\\');
        }
        buf_putc(to, shown.data[i]);
    }
    buf_free(&shown);
}

static void add_char(struct buf *to, char c)
{
    if (strchr("$`\\", c) != NULL) {
        buf_putc(to, '\\');
    }
    buf_putc(to, c);
}

/* ---- one function per escape ---- */

/* The format is the user's own: the compiler cannot check it. */
static size_t (*const format_time)(char *, size_t, const char *, const struct tm *) = strftime;

static void add_time(struct shell *sh, const char *format, struct buf *to)
{
    (void)sh;
    enum { ROOM = 256 };
    char text[ROOM];
    time_t now = time(NULL);
    struct tm parts;
    if (localtime_r(&now, &parts) != NULL && format_time(text, ROOM, format, &parts) > 0) {
        add_literal(to, text);
    }
}

static void add_user(struct shell *sh, const char *argument, struct buf *to)
{
    struct ui *ui = ui_of(sh);
    (void)argument;
    if (ui->user == NULL) {
        const struct passwd *entry = getpwuid(geteuid());
        ui->user = mem_text(entry == NULL ? "?" : entry->pw_name);
    }
    add_literal(to, ui->user);
}

/* `argument`: . for the part before the first dot only. */
static void add_host(struct shell *sh, const char *argument, struct buf *to)
{
    struct utsname name;
    (void)sh;
    if (uname(&name) != 0) {
        return;
    }
    if (*argument == '.') {
        name.nodename[strcspn(name.nodename, ".")] = '\0';
    }
    add_literal(to, name.nodename);
}

void prompt_add_directory(struct shell *sh, struct buf *to)
{
    const char *path = sh->directory == NULL ? "?" : sh->directory;
    const char *home = variable_by_name(sh, "HOME");
    size_t length = home == NULL ? 0 : strlen(home);
    bool inside = length > 1 && strncmp(path, home, length) == 0 &&
                  (path[length] == '/' || path[length] == '\0');
    buf_puts(to, inside ? "~" : "");
    buf_puts(to, inside ? path + length : path);
}

/* `argument`: / for the last component only. */
static void add_directory(struct shell *sh, const char *argument, struct buf *to)
{
    struct buf path = {0};
    prompt_add_directory(sh, &path);
    const char *slash = *argument == '/' ? strrchr(buf_text(&path), '/') : NULL;
    add_literal(to, slash == NULL || slash[1] == '\0' ? buf_text(&path) : slash + 1);
    buf_free(&path);
}

/* `argument`: what stands behind the branch. */
static void add_branch(struct shell *sh, const char *argument, struct buf *to)
{
    struct buf branch = {0};
    size_t tree = sh->directory == NULL ? 0 : git_add_branch(sh->directory, &branch);
    if (branch.length > 0) {
        buf_puts(to, " (");
        add_literal(to, buf_text(&branch));
        buf_puts(to, argument);
        buf_putc(to, ')');
    }
    if (branch.length > 0 && *argument != '\0') {
        git_state_want(ui_of(sh), sh->directory, tree);
    }
    buf_free(&branch);
}

static void add_status(struct shell *sh, const char *argument, struct buf *to)
{
    (void)argument;
    if (sh->status != 0) {
        buf_addf(to, " [%d]", sh->status);
    }
}

static void add_mark(struct shell *sh, const char *argument, struct buf *to)
{
    (void)sh;
    (void)argument;
    add_char(to, geteuid() == 0 ? '#' : '$');
}

static void add_shell(struct shell *sh, const char *argument, struct buf *to)
{
    const char *slash = strrchr(sh->name, '/');
    (void)argument;
    add_literal(to, slash == NULL ? sh->name : slash + 1);
}

static void add_jobs(struct shell *sh, const char *argument, struct buf *to)
{
    int count = 0;
    (void)argument;
    for (const struct job *job = jobs_first(sh); job != NULL; job = job->next) {
        count++;
    }
    buf_addf(to, "%d", count);
}

static void add_number(struct shell *sh, const char *argument, struct buf *to)
{
    (void)argument;
    history_file_read(ui_of(sh));
    buf_addf(to, "%d", history_last(sh) + 1);
}

static void add_count(struct shell *sh, const char *argument, struct buf *to)
{
    (void)argument;
    buf_addf(to, "%d", ui_of(sh)->commands + 1);
}

static void add_text(struct shell *sh, const char *argument, struct buf *to)
{
    (void)sh;
    buf_puts(to, argument);
}

static const struct escape {
    char letter;
    void (*add)(struct shell *sh, const char *argument, struct buf *to);
    const char *argument;
} escapes[] = {
    {'!', add_number, ""},       {'#', add_count, ""},
    {'$', add_mark, ""},         {'?', add_status, ""},
    {'@', add_time, "%I:%M %p"}, {'A', add_time, "%H:%M"},
    {'G', add_branch, ""},       {'H', add_host, ""},
    {'T', add_time, "%I:%M:%S"}, {'V', add_text, SWISH_VERSION},
    {'W', add_directory, "/"},   {'[', add_text, "\001"},
    {'\\', add_text, "\\\\"},    {']', add_text, "\002"},
    {'a', add_text, "\a"},       {'d', add_time, "%a %b %d"},
    {'e', add_text, "\033"},     {'g', add_branch, GIT_STATE_PLACE},
    {'h', add_host, "."},        {'j', add_jobs, ""},
    {'n', add_text, "\n"},       {'r', add_text, "\r"},
    {'s', add_shell, ""},        {'t', add_time, "%H:%M:%S"},
    {'u', add_user, ""},         {'v', add_text, SWISH_VERSION},
    {'w', add_directory, ""},
};

/* \D{format}; returns what follows. */
static const char *add_format(struct shell *sh, const char *at, struct buf *to)
{
    const char *end = strchr(at, '}');
    if (*at != '{' || end == NULL) {
        buf_puts(to, "\\\\D");
        return at;
    }
    char *format = mem_text_n(at + 1, (size_t)(end - at - 1));
    add_time(sh, *format == '\0' ? "%X" : format, to);
    mem_free(format);
    return end + 1;
}

/* \nnn; returns what follows. */
static const char *add_octal(const char *at, struct buf *to)
{
    unsigned byte = 0;
    for (int i = 0; i < 3 && *at >= '0' && *at <= '7'; i++, at++) {
        byte = byte * 8 + (unsigned)(*at - '0');
    }
    if ((byte & 0xff) != 0) {
        add_char(to, (char)(byte & 0xff));
    }
    return at;
}

/* `at` is behind the backslash; returns what follows the escape. */
static const char *add_escape(struct shell *sh, const char *at, struct buf *to)
{
    if (*at >= '0' && *at <= '7') {
        return add_octal(at, to);
    }
    if (*at == 'D') {
        return add_format(sh, at + 1, to);
    }
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (escapes[i].letter == *at) {
            escapes[i].add(sh, escapes[i].argument, to);
            return at + 1;
        }
    }
    buf_puts(to, "\\\\");
    return at;
}

/* XCU 2.5.3: in PS1 ! is the number of the next command, !! an exclamation mark; $! stays. */
static void decode(struct shell *sh, const char *value, bool numbers, struct buf *to)
{
    const char *at = value;
    while (*at != '\0') {
        if (*at == '\\') {
            at = add_escape(sh, at + 1, to);
        } else if (numbers && *at == '!' && !(at > value && at[-1] == '$')) {
            if (at[1] == '!') {
                buf_putc(to, '!');
            } else {
                add_number(sh, "", to);
            }
            at += at[1] == '!' ? 2 : 1;
        } else {
            buf_putc(to, *at++);
        }
    }
}

/* ---- what has no width ---- */

/* The length of the control sequence or string at ESC (ECMA-48), 0: none. */
static size_t sequence_length(const char *at)
{
    size_t n = 2;
    if (at[0] != '\033' || at[1] == '\0') {
        return 0;
    }
    if (at[1] == '[') {
        while (at[n] >= ' ' && at[n] <= '?') {
            n++;
        }
        return at[n] >= '@' && at[n] <= '~' ? n + 1 : 0;
    }
    if (strchr("]P_^X", at[1]) != NULL) {
        while (at[n] != '\0' && at[n] != '\a' && !(at[n] == '\033' && at[n + 1] == '\\')) {
            n++;
        }
        return at[n] == '\0' ? 0 : at[n] == '\a' ? n + 1 : n + 2;
    }
    return 2;
}

/* A character as it is, unless its width would be anybody's guess. */
static size_t add_shown(const char *text, size_t left, struct buf *to)
{
    uint32_t character = 0;
    size_t length = utf8_decode(text, left, &character);
    if (strchr("\n\t\a\r\002", *text) != NULL) {
        buf_putc(to, *text);
    } else {
        quote_add_visible(to, text, length, SHOWN_MOST);
    }
    return length;
}

/* Puts the marks also where the user forgot \[ and \]. */
static void mark_sequences(const char *text, struct buf *to)
{
    const char *end = text + strlen(text);
    bool inside = false;
    while (*text != '\0') {
        size_t length = inside ? 0 : sequence_length(text);
        if (length > 0) {
            buf_putc(to, '\001');
            buf_add(to, text, length);
            buf_putc(to, '\002');
            text += length;
            continue;
        }
        inside = *text == '\001' || (inside && *text != '\002');
        if (inside) {
            buf_putc(to, *text++);
        } else {
            text += add_shown(text, (size_t)(end - text), to);
        }
    }
}

void prompt_drop_marks(struct buf *prompt)
{
    size_t kept = 0;
    for (size_t i = 0; i < prompt->length; i++) {
        if (prompt->data[i] < '\001' || prompt->data[i] > '\003') {
            prompt->data[kept++] = prompt->data[i];
        }
    }
    prompt->length = kept;
}

const char *prompt_text(struct shell *sh, const char *name, const char *value)
{
    struct buf decoded = {0};
    struct buf marked = {0};
    decode(sh, value, strstr(name, "PS1") != NULL, &decoded);
    mark_sequences(expand_prompt(sh, buf_text(&decoded)), &marked);
    if (strcmp(name, "PS0") == 0 || strcmp(name, "PS4") == 0) {
        prompt_drop_marks(&marked);
    }
    const char *text = arena_text(&sh->scratch, marked.data, marked.length);
    buf_free(&decoded);
    buf_free(&marked);
    return text;
}

void prompt_add(struct shell *sh, const char *name, const char *otherwise, struct buf *to)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    int status = sh->status;
    const char *value = variable_by_name(sh, name);
    buf_puts(to, prompt_text(sh, name, value == NULL ? otherwise : value));
    sh->status = status;
    arena_release(&sh->scratch, mark);
}
