/* branch.c -- the git branch of a directory, without a process. */
#include <fcntl.h>
#include <string.h>

#include "base/buf.h"
#include "os/fd.h"
#include "ui/prompt.h"

enum { HEAD_MOST = 1024, SHORT_COMMIT = 7 };

/* The first line of a small file; false when it cannot be read. */
static bool first_line(const char *path, struct buf *line)
{
    line->length = 0;
    int fd = fd_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    long count = fd < 0 ? -1 : fd_read(fd, buf_reserve(line, HEAD_MOST), HEAD_MOST);
    fd_close(fd);
    if (count <= 0) {
        return false;
    }
    line->length = (size_t)count;
    line->length = strcspn(buf_text(line), "\n");
    return true;
}

static bool begins(const struct buf *line, const char *with)
{
    return line->length > strlen(with) && strncmp(line->data, with, strlen(with)) == 0;
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

/* HEAD of the repository in this folder: FOLDER/.git is a folder, or a file that names one
   (work trees, submodules). */
static bool head_of(struct buf *folder, struct buf *head)
{
    size_t length = folder->length;
    buf_puts(folder, "/.git/HEAD");
    bool found = first_line(buf_text(folder), head);
    folder->length = length + strlen("/.git");
    if (!found && first_line(buf_text(folder), head) && begins(head, "gitdir: ")) {
        const char *named = buf_text(head) + strlen("gitdir: ");
        folder->length = *named == '/' ? 0 : length + 1;
        buf_puts(folder, named);
        buf_puts(folder, "/HEAD");
        found = first_line(buf_text(folder), head);
    }
    folder->length = length;
    return found;
}

void prompt_add_branch(const char *directory, struct buf *to)
{
    struct buf folder = {0};
    struct buf head = {0};
    buf_puts(&folder, directory);
    while (folder.length > 0) {
        if (head_of(&folder, &head)) {
            add_head(&head, to);
            break;
        }
        do {
            folder.length--;
        } while (folder.length > 0 && folder.data[folder.length] != '/');
    }
    buf_free(&folder);
    buf_free(&head);
}
