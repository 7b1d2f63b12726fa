/* history_file.c -- a line `#SECONDS` (since 1970) before each entry, as bash writes it. Entries
   are appended in one write under a lock; the file is rewritten, by rename, when most of it is
   past. */
#include "ui/history_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* rename */
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/out.h"
#include "exec/error.h"
#include "exec/script.h"
#include "os/fd.h"
#include "state/history.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/ui.h"

enum { READ_MOST = 64 << 20, KEPT_LEAST = 100, MODE = 0600, FOLDER_MODE = 0700, TRIES = 20 };

/* ---- where it is ---- */

/* False: there is no place for it. */
static bool default_path(struct shell *sh, struct buf *path)
{
    const char *state = variable_by_name(sh, "XDG_STATE_HOME");
    const char *home = variable_by_name(sh, "HOME");
    if (state != NULL && *state == '/') {
        buf_puts(path, state);
    } else if (home != NULL && *home == '/') {
        buf_addf(path, "%s/.local/state", home);
    } else {
        return false;
    }
    buf_puts(path, "/swish/history");
    return true;
}

void history_file_start(struct ui *ui)
{
    struct buf path = {0};
    struct diag d = {0};
    if (variable_by_name(ui->sh, "HISTFILE") == NULL && default_path(ui->sh, &path)) {
        variable_set_by_name(ui->sh, "HISTFILE", buf_text(&path), &d);
        ui->place.usual = buf_take(&path);
    }
    diag_clear(&d);
    buf_free(&path);
}

void history_file_finish(struct ui *ui)
{
    mem_free(ui->place.usual);
    mem_free(ui->place.value);
    mem_free(ui->place.path);
    ui->place = (struct history_place){0};
}

static bool is_usual(const struct history_place *place)
{
    return place->usual != NULL && strcmp(place->value, place->usual) == 0;
}

/* In its usual place the file is made only in a home of our own: what `sudo` with the caller's HOME
   left there could not be written by the caller any more. */
static bool may_make(struct ui *ui)
{
    struct stat info;
    const char *home = variable_by_name(ui->sh, "HOME");
    return !is_usual(&ui->place) ||
           (home != NULL && stat(home, &info) == 0 && info.st_uid == geteuid());
}

/* The folders above the file, for its usual place only. */
static void make_folders(const struct history_place *place)
{
    if (!is_usual(place)) {
        return;
    }
    char *folder = mem_text(place->path);
    for (char *slash = strchr(folder + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(folder, FOLDER_MODE);
        *slash = '/';
    }
    mem_free(folder);
}

/* Notes which file is meant now: a new one is read from its beginning, and a relative name stays
   the same file wherever the shell goes. False: none is wanted. */
static bool find_file(struct ui *ui)
{
    const char *value = variable_by_name(ui->sh, "HISTFILE");
    struct history_place *place = &ui->place;
    if (value == NULL || *value == '\0') {
        return false;
    }
    if (place->value == NULL || strcmp(place->value, value) != 0) {
        struct buf path = {0};
        if (*value != '/' && ui->sh->directory != NULL) {
            buf_addf(&path, "%s/", ui->sh->directory);
        }
        buf_puts(&path, value);
        mem_free(place->value);
        mem_free(place->path);
        *place = (struct history_place){
            .usual = place->usual, .value = mem_text(value), .path = buf_take(&path)};
    }
    return true;
}

/* Opens it; a pipe or device is none. -1 and errno. */
static int open_file(const char *path, int flags, struct stat *info)
{
    int fd = fd_open(path, flags | O_NONBLOCK | O_NOCTTY, MODE);
    if (fd >= 0 && (fstat(fd, info) != 0 || !S_ISREG(info->st_mode))) {
        fd_close(fd);
        errno = EINVAL;
        return -1;
    }
    return fd;
}

/* A session that holds the lock does so for a moment only; a lost server must not stop the shell.
 */
static void lock(int fd, int how)
{
    for (int i = 0; i < TRIES && flock(fd, how | LOCK_NB) != 0 && errno != EBADF; i++) {
        const struct timespec pause = {.tv_nsec = 5000000};
        nanosleep(&pause, NULL);
    }
}

/* ---- its text ---- */

/* `#` and digits only. */
static bool is_stamp(const char *line, size_t length)
{
    size_t digits = 1;
    while (digits < length && line[digits] >= '0' && line[digits] <= '9') {
        digits++;
    }
    return length > 1 && line[0] == '#' && digits == length;
}

/* A line of an entry that looks like a stamp has a backslash before it. */
static bool is_guarded(const char *line, size_t length)
{
    size_t slashes = 0;
    while (slashes < length && line[slashes] == '\\') {
        slashes++;
    }
    return is_stamp(line + slashes, length - slashes);
}

static void add_entry(struct buf *to, const char *text, size_t length, long long stamp)
{
    const char *end = text + length;
    buf_addf(to, "#%lld\n", stamp);
    while (text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t line = (size_t)((newline == NULL ? end : newline) - text);
        if (is_guarded(text, line)) {
            buf_putc(to, '\\');
        }
        buf_add(to, text, line);
        buf_putc(to, '\n');
        text += line + 1;
    }
}

struct parser {
    struct shell *sh;
    struct buf entry;
    size_t count; /* of entries */
    bool stamped; /* a stamp stands before the entry: it may have several lines */
};

static void end_entry(struct parser *parser)
{
    const struct buf *entry = &parser->entry;
    int last = history_last(parser->sh);
    const char *before = last == 0 ? "" : history_text(parser->sh, last);
    size_t length = entry->length;
    bool repeats = strlen(before) + 1 == length && memcmp(before, entry->data, length - 1) == 0;
    if (!repeats) {
        history_add(parser->sh, entry->data, length);
    }
    parser->count += length > 0;
    parser->entry.length = 0;
}

static void parse_line(struct parser *parser, const char *line, size_t length)
{
    if (is_stamp(line, length)) {
        end_entry(parser);
        parser->stamped = true;
        return;
    }
    if (!parser->stamped) {
        end_entry(parser);
    }
    size_t guard = length > 1 && *line == '\\' && is_guarded(line, length);
    buf_add(&parser->entry, line + guard, length - guard);
    buf_putc(&parser->entry, '\n');
}

/* Whole lines only; how much of the text was taken. */
static size_t parse(struct parser *parser, const struct buf *text)
{
    const char *at = text->data;
    const char *end = at + text->length;
    const char *newline = NULL;
    while (at < end && (newline = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        if (memchr(at, '\0', (size_t)(newline - at)) == NULL) {
            parse_line(parser, at, (size_t)(newline - at));
        }
        at = newline + 1;
    }
    end_entry(parser);
    return (size_t)(at - text->data);
}

/* ---- reading ---- */

static bool read_from(int fd, off_t from, off_t to, struct buf *text)
{
    while (from < to) {
        size_t want = (size_t)(to - from);
        ssize_t n = pread(fd, buf_reserve(text, want), want, from);
        if (n <= 0) {
            return n == 0;
        }
        text->length += (size_t)n;
        from += n;
    }
    return true;
}

/* Takes what was added since. A file that was put in the place of the one we knew holds what we
   have already. Returns how many entries were there. */
static size_t take_news(struct ui *ui, int fd, const struct stat *info)
{
    struct history_place *place = &ui->place;
    bool same = place->device == info->st_dev && place->file == info->st_ino;
    if (place->file != 0 && (!same || info->st_size < place->offset)) {
        place->offset = info->st_size;
    }
    place->device = info->st_dev;
    place->file = info->st_ino;
    if (info->st_size - place->offset > READ_MOST) {
        place->offset = info->st_size - READ_MOST;
    }
    struct parser parser = {.sh = ui->sh};
    struct buf text = {0};
    if (info->st_size > place->offset && read_from(fd, place->offset, info->st_size, &text)) {
        place->offset += (off_t)parse(&parser, &text);
    }
    buf_free(&parser.entry);
    buf_free(&text);
    return parser.count;
}

/* ---- rewriting ---- */

/* Where the last `count` entries begin. */
static size_t last_entries(const struct buf *text, size_t count)
{
    size_t at = text->length;
    while (at > 0 && count > 0) {
        const char *newline = at < 2 ? NULL : memrchr(text->data, '\n', at - 1);
        size_t line = newline == NULL ? 0 : (size_t)(newline + 1 - text->data);
        count -= is_stamp(text->data + line, at - line - (text->data[at - 1] == '\n'));
        at = line;
    }
    return at;
}

/* From `from` on up to the end it has now; how much that was, or -1. */
static off_t copy_rest(int source, off_t from, int target)
{
    struct stat info;
    struct buf text = {0};
    off_t length = -1;
    if (fstat(source, &info) == 0 && read_from(source, from, info.st_size, &text) &&
        out_write_all(target, text.data, text.length) == 0) {
        length = (off_t)text.length;
    }
    buf_free(&text);
    return length;
}

/* The last entries of the file, and what those added meanwhile who could not wait for the lock.
   How much the latter was, or -1. */
static off_t write_end(int source, const struct stat *old, size_t entries, int target)
{
    struct buf text = {0};
    bool whole = read_from(source, 0, old->st_size, &text);
    size_t past = last_entries(&text, entries);
    whole = whole && fd_size_allowed(text.length) &&
            out_write_all(target, text.data + past, text.length - past) == 0 &&
            fdatasync(target) == 0;
    buf_free(&text);
    return whole ? copy_rest(source, old->st_size, target) : -1;
}

/* The lock is ours: the end of the file takes its place. */
static void rewrite(struct ui *ui, int source, const struct stat *old, size_t entries)
{
    struct buf path = {0};
    struct stat info;
    buf_addf(&path, "%s.swish-new", ui->place.path);
    unlink(buf_text(&path));
    int fd = fd_open(buf_text(&path), O_WRONLY | O_CREAT | O_EXCL, MODE);
    off_t unread = fd < 0 ? -1 : write_end(source, old, entries, fd);
    bool whole = unread >= 0 && fstat(fd, &info) == 0;
    fd_close(fd);
    if (whole && rename(buf_text(&path), ui->place.path) == 0) {
        ui->place.device = info.st_dev;
        ui->place.file = info.st_ino;
        ui->place.offset = info.st_size - unread;
    } else if (fd >= 0) {
        unlink(buf_text(&path));
    }
    buf_free(&path);
}

/* After the first reading: half of the file is past what is kept. A link stays what it is. */
static void rewrite_when_worth_it(struct ui *ui, size_t entries)
{
    struct stat info;
    struct stat now;
    size_t kept = (size_t)history_last(ui->sh) + 1 - (size_t)history_first(ui->sh);
    if (entries < 2 * kept || kept < KEPT_LEAST) {
        return;
    }
    int fd = open_file(ui->place.path, O_RDWR, &info);
    if (fd < 0) {
        return;
    }
    lock(fd, LOCK_EX);
    if (lstat(ui->place.path, &now) == 0 && now.st_ino == info.st_ino && fstat(fd, &info) == 0) {
        take_news(ui, fd, &info);
        rewrite(ui, fd, &info, kept);
    }
    fd_close(fd);
}

void history_file_read(struct ui *ui)
{
    struct stat info;
    if (!find_file(ui)) {
        return;
    }
    bool first = ui->place.file == 0;
    bool known = !first && stat(ui->place.path, &info) == 0;
    if (known && info.st_ino == ui->place.file && info.st_size == ui->place.offset) {
        return;
    }
    int fd = open_file(ui->place.path, O_RDONLY, &info);
    if (fd < 0) {
        return;
    }
    size_t entries = take_news(ui, fd, &info);
    fd_close(fd);
    if (first) {
        rewrite_when_worth_it(ui, entries);
    }
}

/* ---- adding ---- */

/* Opens and locks the file that bears the name, also when it was replaced while we waited. */
static int open_locked(struct ui *ui, struct stat *info)
{
    const char *path = ui->place.path;
    int create = may_make(ui) ? O_CREAT : 0;
    for (int i = 0; i < TRIES; i++) {
        struct stat now;
        int fd = open_file(path, O_RDWR | O_APPEND | create, info);
        if (fd < 0 && errno == ENOENT && i == 0 && create != 0) {
            make_folders(&ui->place);
            continue;
        }
        if (fd < 0) {
            return -1;
        }
        lock(fd, LOCK_EX);
        if (stat(path, &now) == 0 && now.st_ino == info->st_ino && fstat(fd, info) == 0) {
            return fd;
        }
        fd_close(fd);
    }
    return -1;
}

/* Does the last write lack its newline (a full disk)? */
static bool is_torn(int fd, off_t size)
{
    char last = '\n';
    return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

/* Adds entries to the file. `known`: the list has them; else they get there from the file. */
static bool append_text(struct ui *ui, const struct buf *entries, bool known)
{
    struct stat info;
    struct buf text = {0};
    int fd = find_file(ui) ? open_locked(ui, &info) : -1;
    if (fd < 0) {
        return false;
    }
    take_news(ui, fd, &info);
    if ((info.st_mode & 077) != 0) {
        fchmod(fd, MODE);
    }
    if (is_torn(fd, info.st_size)) {
        buf_putc(&text, '\n');
    }
    buf_add(&text, entries->data, entries->length);
    int error = EFBIG;
    if (fd_size_allowed((size_t)info.st_size + text.length)) {
        error = out_write_all(fd, text.data, text.length);
    }
    if (error != 0) {
        (void)!ftruncate(fd, info.st_size); /* half an entry would be another command */
    } else if (known) {
        ui->place.offset = info.st_size + (off_t)text.length;
    } else if (fstat(fd, &info) == 0) {
        take_news(ui, fd, &info);
    }
    fd_close(fd);
    buf_free(&text);
    errno = error;
    return error == 0;
}

static void append(struct ui *ui, const char *text, size_t length)
{
    struct buf entry = {0};
    add_entry(&entry, text, length, (long long)time(NULL));
    append_text(ui, &entry, true);
    buf_free(&entry);
}

/* ---- taking over another file ---- */

/* Bash's file as ours: each entry has its stamp, also those that had none: when the file was
 * written.
 */
static void add_foreign(struct buf *to, const struct buf *text, long long stamp)
{
    const char *at = text->data;
    const char *end = at + text->length;
    bool stamped = false;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline == NULL ? end : newline) - at);
        stamped = stamped || is_stamp(at, length);
        if (!stamped && length > 0) {
            add_entry(to, at, length, stamp);
        } else if (stamped) {
            buf_puts(to, *at == '\\' && is_guarded(at, length) ? "\\" : "");
            buf_add(to, at, length);
            buf_putc(to, '\n');
        }
        at += length + 1;
    }
}

bool history_file_import(struct shell *sh, const char *path)
{
    struct buf text = {0};
    struct buf entries = {0};
    struct stat info;
    if (stat(path, &info) != 0 || !script_load(path, &text)) {
        return false;
    }
    add_foreign(&entries, &text, (long long)info.st_mtim.tv_sec);
    bool done = append_text(ui_of(sh), &entries, false);
    int reason = errno;
    buf_free(&text);
    buf_free(&entries);
    errno = reason;
    return done;
}

void history_file_offer(struct ui *ui)
{
    struct shell *sh = ui->sh;
    struct stat info;
    struct buf path = {0};
    const char *home = variable_by_name(sh, "HOME");
    if (home == NULL || sh->hooks.remember == NULL || (sh->settings.options & OPT_HISTORY) == 0 ||
        !find_file(ui) || !may_make(ui) || stat(ui->place.path, &info) == 0) {
        return;
    }
    buf_addf(&path, "%s/.bash_history", home);
    if (stat(buf_text(&path), &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 &&
        access(buf_text(&path), R_OK) == 0) {
        error_print(sh, "`history -i ~/.bash_history' takes over the history of bash");
    }
    buf_free(&path);
}

/* ---- for the shell ---- */

void history_file_add(struct shell *sh, const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == '\n') {
        length--;
    }
    if (length == 0 || *text == ' ' || *text == '\t') {
        history_mark_current(sh, false);
        return;
    }
    int last = history_last(sh);
    const char *before = last == 0 ? "" : history_text(sh, last);
    if (strlen(before) == length && memcmp(before, text, length) == 0) {
        history_mark_current(sh, true);
        return;
    }
    if (history_is_kept(sh)) {
        append(ui_of(sh), text, length);
    }
    history_add(sh, text, length);
}
