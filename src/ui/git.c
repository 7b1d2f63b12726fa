/* git.c -- HEAD and references from the files of a repository. */
#include "ui/git.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>

#include "base/buf.h"
#include "os/fd.h"
#include "state/shell.h"
#include "ui/candidates.h"

enum { LINE_MOST = 1024, PACKED_MOST = 4 << 20, SHORT_COMMIT = 7, DEEPEST = 8 };

/* At most so much of a file; false when there is nothing. */
static bool read_some(const char *path, size_t most, struct buf *text)
{
    text->length = 0;
    int fd = fd_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    long count = fd < 0 ? -1 : fd_read(fd, buf_reserve(text, most), most);
    fd_close(fd);
    text->length = count > 0 ? (size_t)count : 0;
    return count > 0;
}

static bool first_line(const char *path, struct buf *line)
{
    bool found = read_some(path, LINE_MOST, line);
    line->length = strcspn(buf_text(line), "\n");
    return found;
}

static bool begins(const struct buf *line, const char *with)
{
    return line->length > strlen(with) && strncmp(line->data, with, strlen(with)) == 0;
}

/* FOLDER/.git is a folder, or a file that names one (work trees, submodules). True: `folder` is
   that now, and `head` the first line of its HEAD. */
static bool enter_repository(struct buf *folder, struct buf *head)
{
    size_t length = folder->length;
    buf_puts(folder, "/.git");
    if (first_line(buf_text(folder), head) && begins(head, "gitdir: ")) {
        const char *named = buf_text(head) + strlen("gitdir: ");
        folder->length = *named == '/' ? 0 : length + 1;
        buf_puts(folder, named);
    }
    size_t inside = folder->length;
    buf_puts(folder, "/HEAD");
    bool found = first_line(buf_text(folder), head);
    folder->length = found ? inside : length;
    return found;
}

/* The nearest repository around the folder, which becomes its own. Returns the length that the name
   of its work tree had, 0: none. */
static size_t find_repository(struct buf *folder, struct buf *head)
{
    while (folder->length > 0) {
        size_t length = folder->length;
        if (enter_repository(folder, head)) {
            return length;
        }
        do {
            folder->length--;
        } while (folder->length > 0 && folder->data[folder->length] != '/');
    }
    return 0;
}

/* What HEAD says, in words. */
static void add_head(struct buf *head, struct buf *to)
{
    static const char branch[] = "ref: refs/heads/";
    if (begins(head, branch)) {
        buf_puts(to, buf_text(head) + strlen(branch));
    } else if (begins(head, "ref: ")) {
        buf_puts(to, buf_text(head) + strlen("ref: "));
    } else {
        buf_add(to, head->data, head->length < SHORT_COMMIT ? head->length : SHORT_COMMIT);
    }
}

size_t git_add_branch(const char *directory, struct buf *to)
{
    struct buf folder = {0};
    struct buf head = {0};
    buf_puts(&folder, directory);
    size_t length = find_repository(&folder, &head);
    if (length > 0) {
        add_head(&head, to);
    }
    buf_free(&folder);
    buf_free(&head);
    return length;
}

/* ---- references ---- */

/* The files below `path`, named from `from` on. */
static void add_loose(struct buf *path, size_t from, int depth, struct candidates *to)
{
    size_t length = path->length;
    DIR *folder = depth > DEEPEST ? NULL : opendir(buf_text(path));
    if (folder == NULL) {
        return;
    }
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        buf_putc(path, '/');
        buf_puts(path, entry->d_name);
        if (entry->d_type == DT_DIR) {
            add_loose(path, from, depth + 1, to);
        } else {
            candidates_add(to, buf_text(path) + from);
        }
        path->length = length;
    }
    closedir(folder);
}

static const char *const kinds[] = {"refs/heads/", "refs/remotes/", "refs/tags/"};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

/* `commit name`, one a line. */
static void add_packed(char *text, struct candidates *to)
{
    for (char *line = strsep(&text, "\n"); line != NULL; line = strsep(&text, "\n")) {
        const char *name = strchr(line, ' ');
        for (size_t i = 0; name != NULL && *line != '#' && i < KINDS; i++) {
            if (strncmp(name + 1, kinds[i], strlen(kinds[i])) == 0) {
                candidates_add(to, name + 1 + strlen(kinds[i]));
            }
        }
    }
}

/* A work tree of its own shares the references of the one it came from. */
static void go_to_common(struct buf *folder, struct buf *text)
{
    size_t length = folder->length;
    buf_puts(folder, "/commondir");
    bool named = first_line(buf_text(folder), text);
    folder->length = length;
    if (named) {
        folder->length = text->data[0] == '/' ? 0 : length;
        buf_puts(folder, text->data[0] == '/' ? "" : "/");
        buf_puts(folder, buf_text(text));
    }
}

void git_references(struct shell *sh, struct candidates *to)
{
    struct buf folder = {0};
    struct buf text = {0};
    buf_puts(&folder, sh->directory == NULL ? "" : sh->directory);
    if (find_repository(&folder, &text) > 0) {
        go_to_common(&folder, &text);
        size_t length = folder.length;
        for (size_t i = 0; i < KINDS; i++) {
            buf_putc(&folder, '/');
            buf_add(&folder, kinds[i], strlen(kinds[i]) - 1);
            add_loose(&folder, folder.length + 1, 0, to);
            folder.length = length;
        }
        buf_puts(&folder, "/packed-refs");
        if (read_some(buf_text(&folder), PACKED_MOST, &text)) {
            add_packed(buf_text(&text), to);
        }
    }
    buf_free(&folder);
    buf_free(&text);
}

void git_commands(struct shell *sh, struct candidates *to)
{
    static const char *const names[] = {
        "add",         "am",           "archive", "bisect",     "blame",    "branch",   "checkout",
        "cherry-pick", "clean",        "clone",   "commit",     "config",   "describe", "diff",
        "fetch",       "format-patch", "gc",      "grep",       "init",     "log",      "merge",
        "mv",          "pull",         "push",    "range-diff", "rebase",   "reflog",   "remote",
        "reset",       "restore",      "revert",  "rm",         "shortlog", "show",     "stash",
        "status",      "submodule",    "switch",  "tag",        "worktree"};
    (void)sh;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        candidates_add(to, names[i]);
    }
}
