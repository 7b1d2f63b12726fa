/* script.c -- whole scripts: from a file, from standard input, and files without #!. */
#include "exec/script.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/out.h"
#include "exec/builtin.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/private.h"
#include "exec/run.h"
#include "os/fd.h"
#include "state/history.h"
#include "state/params.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/source.h"

enum { SPARE = 256, LINE_ROOM = 512, PIECE = 65536, LARGE = 8 << 20 };

/* The first room has some to spare: the end of the file is seen in it. */
static bool read_whole(int fd, const struct stat *info, struct buf *text)
{
    if (S_ISDIR(info->st_mode)) {
        errno = EISDIR;
        return false;
    }
    size_t first = (size_t)(info->st_size <= LARGE ? info->st_size : 0) + SPARE;
    for (;;) {
        size_t want = text->length < first ? first - text->length : PIECE;
        char *room = buf_reserve(text, want);
        long n = fd_read(fd, room, want);
        if (n < 0) {
            return false;
        }
        text->length += (size_t)n;
        if (n == 0 || (info->st_size > 0 && text->length == (size_t)info->st_size)) {
            return true; /* a file of /proc has no size: only a read of nothing is its end */
        }
    }
}

bool script_load(const char *path, struct buf *text)
{
    struct stat info;
    int fd = fd_open_low(path, O_RDONLY, 0);
    bool taken = fd >= 0 && fstat(fd, &info) == 0 && read_whole(fd, &info, text);
    int reason = errno;
    fd_close(fd);
    if (!taken) {
        buf_free(text);
        errno = reason;
    }
    return taken;
}

bool script_store(struct shell *sh, const struct buf *text, struct buf *path)
{
    const char *folder = variable_by_name(sh, "TMPDIR");
    buf_puts(path, folder == NULL || *folder == '\0' ? "/tmp" : folder);
    buf_puts(path, "/swish-fc.XXXXXX");
    int fd = mkostemp(buf_text(path), O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    int error = out_write_all(fd, text->data, text->length);
    fd_close(fd);
    if (error != 0) {
        unlink(buf_text(path));
    }
    errno = error;
    return error == 0;
}

/* ---- sources that give one line at a time ---- */

struct lines {
    struct shell *sh;
    struct buf record; /* lines of the present command */
    struct buf line;
    int fd;
    bool seekable;
    off_t offset; /* of a large file read in pieces */
};

/* A line was read: shown under -v, noted for the history. */
static void line_read(struct lines *lines, const struct source *source, bool starts)
{
    struct shell *sh = lines->sh;
    const char *text = source->at;
    size_t length = (size_t)(source->end - source->at);
    if (starts) {
        lines->record.length = 0;
    }
    if ((sh->settings.options & OPT_HISTORY) != 0) {
        buf_add(&lines->record, text, length);
    }
    if ((sh->settings.options & OPT_VERBOSE) != 0) {
        out_write_all(2, text, length);
    }
}

static bool line_accepted(struct source *source)
{
    struct lines *lines = source->context;
    if ((lines->sh->settings.options & OPT_HISTORY) != 0) {
        history_add(lines->sh, lines->record.data, lines->record.length);
    }
    return true;
}

/* What to read next of a line: where the rest can be given back it may be too much. */
static size_t ahead(const struct lines *lines)
{
    size_t have = lines->line.length;
    return !lines->seekable ? 1 : have < LINE_ROOM ? LINE_ROOM : have;
}

/* One line of a descriptor and not a byte more: commands of the script may read on from there. A
   long line comes in pieces. */
static bool next_fd_line(struct source *source, bool starts)
{
    struct lines *lines = source->context;
    struct buf *line = &lines->line;
    line->length = 0;
    while (line->length < PIECE) {
        size_t want = ahead(lines);
        char *room = buf_reserve(line, want);
        long n = fd_read(lines->fd, room, want);
        if (n < 0) {
            source->error = errno;
            return false;
        }
        if (n == 0) {
            break;
        }
        const char *newline = memchr(room, '\n', (size_t)n);
        if (newline != NULL) {
            long used = newline + 1 - room;
            if (used < n) {
                lseek(lines->fd, used - n, SEEK_CUR);
            }
            line->length += (size_t)used;
            break;
        }
        line->length += (size_t)n;
    }
    source->at = line->data;
    source->end = line->data + line->length;
    line_read(lines, source, starts);
    return line->length > 0;
}

/* A read error is an error, never the end of the script. */
static void report_read_error(struct shell *sh, const struct source *source, enum flow *flow)
{
    if (source->error != 0) {
        struct diag d = {0};
        diag_errno(&d, DIAG_SYNTAX, "read error", source->error);
        *flow = error_report(sh, &d, true);
    }
}

/* A file too large to be taken whole, in pieces that end with a line where there is an end. */
static bool next_piece(struct source *source, bool starts)
{
    struct lines *lines = source->context;
    struct buf *piece = &lines->line;
    piece->length = 0;
    char *room = buf_reserve(piece, PIECE);
    ssize_t n;
    do {
        n = pread(lines->fd, room, PIECE, lines->offset);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        source->error = errno;
    } else if (n > 0) {
        const char *newline = memrchr(room, '\n', (size_t)n);
        piece->length = newline != NULL ? (size_t)(newline + 1 - room) : (size_t)n;
    }
    lines->offset += (off_t)piece->length;
    source->at = room;
    source->end = room + piece->length;
    line_read(lines, source, starts);
    return piece->length > 0;
}

/* Runs what `more` gives; a descriptor other than 0 is ours, and closed then. */
static enum flow run_in_pieces(struct shell *sh, int fd, bool (*more)(struct source *, bool))
{
    struct lines lines = {.sh = sh, .fd = fd, .seekable = lseek(fd, 0, SEEK_CUR) >= 0};
    struct source source = {.line = 1, .more = more, .context = &lines, .accepted = line_accepted};
    if (fd != 0) {
        private_add(sh, &lines.fd);
    }
    enum flow flow = run_source(sh, &source, 0);
    report_read_error(sh, &source, &flow);
    if (fd != 0) {
        private_close(sh, &lines.fd);
    }
    buf_free(&lines.line);
    buf_free(&lines.record);
    return flow;
}

/* ---- files ---- */

/* A NUL in the first line: no text (hazards, Reading scripts). */
bool script_is_binary(const struct buf *text)
{
    size_t look = text->length < 4096 ? text->length : 4096;
    if (look == 0) {
        return false;
    }
    const char *newline = memchr(text->data, '\n', look);
    size_t line = newline == NULL ? look : (size_t)(newline - text->data);
    return memchr(text->data, '\0', line) != NULL;
}

enum flow script_run_text(struct shell *sh, const char *text, size_t length)
{
    struct source source;
    source_text(&source, text, length, 1);
    source.script = true;
    return run_source(sh, &source, EXEC_LAST);
}

/* A regular file too large for memory stays open and is read in pieces; it gives its first line
 * now. */
static enum flow run_large(struct shell *sh, int fd)
{
    struct buf first = {0};
    char *room = buf_reserve(&first, PIECE);
    ssize_t n = pread(fd, room, PIECE, 0);
    first.length = n > 0 ? (size_t)n : 0;
    bool binary = script_is_binary(&first);
    buf_free(&first);
    if (binary) {
        fd_close(fd);
        error_print(sh, "cannot execute binary file");
        sh->status = 126;
        return FLOW_EXIT;
    }
    return run_in_pieces(sh, fd, next_piece);
}

enum flow script_run_fd(struct shell *sh, int fd, const char *name)
{
    struct stat info = {0};
    bool known = fstat(fd, &info) == 0;
    if (known && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) {
        return run_in_pieces(sh, fd_raise(fd), next_fd_line);
    }
    if (info.st_size > LARGE && S_ISREG(info.st_mode)) {
        return run_large(sh, fd_raise(fd));
    }
    struct buf text = {0};
    bool taken = known && read_whole(fd, &info, &text);
    int reason = errno;
    fd_close(fd);
    enum flow flow = FLOW_EXIT;
    if (!taken) {
        struct diag d = {0};
        diag_errno(&d, DIAG_SYNTAX, sh->exec->script == NULL ? name : "cannot read", reason);
        d.status = reason == EISDIR ? 126 : 2;
        error_report(sh, &d, true);
    } else if (script_is_binary(&text)) {
        error_print(sh, "cannot execute binary file");
        sh->status = 126;
    } else {
        flow = script_run_text(sh, text.data, text.length);
    }
    buf_free(&text);
    return flow;
}

enum flow script_run_stdin(struct shell *sh)
{
    return run_in_pieces(sh, 0, next_fd_line);
}

void script_replace(struct shell *sh, const char *path, char **argv)
{
    struct buf text = {0};
    if (!script_load(path, &text) || script_is_binary(&text)) {
        buf_free(&text);
        return;
    }
    /* A new shell in this process: as exec would, only the environment, descriptors and ignored
       signals stay. The old shell's memory is left alone; the process ends with the script. */
    struct shell fresh = {0};
    fresh.depth = sh->depth;
    fresh.called_sh = sh->called_sh;
    exec_init(&fresh);
    shell_init(&fresh, path, variable_environment(sh));
    const struct builtin_set sets[BUILTIN_SETS] = {sh->exec->builtins[0]};
    builtins_bind(&fresh, sets);
    fresh.exec->script = path;
    params_set(&fresh, argv + 1, params_count(argv + 1));
    script_run_text(&fresh, text.data, text.length);
    exec_exit(&fresh);
}
