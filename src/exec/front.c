/* front.c -- the core's front: becomes swish-interactive when it is there, else reads plain lines.
 */
#include "exec/front.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/errors.h"
#include "base/out.h"
#include "os/fd.h"
#include "os/process.h"

#ifndef SWISH_LIBEXEC /* make says where it installs */
#define SWISH_LIBEXEC "/usr/local/libexec/swish"
#endif

/* Every program of floor 7 carries this among the notes of its first page (ui/mark.c). */
static const char mark[] = "swish-interactive " SWISH_VERSION;

/* Is it of this version? Another one might misread what is passed on. */
static bool is_ours(const char *path)
{
    enum { PAGE = 4096 };
    char page[PAGE];
    int fd = fd_open(path, O_RDONLY, 0);
    long count = fd < 0 ? -1 : fd_read(fd, page, PAGE);
    int error = fd < 0 || count < 0 ? errno : ENOEXEC;
    fd_close(fd);
    errno = error;
    return count > 0 && memmem(page, (size_t)count, mark, sizeof mark) != NULL;
}

/* Returns when it is not there or not ours; the path stays for a message. */
static void become(struct buf *path, size_t folder, const char *rest, char **argv)
{
    path->length = folder;
    buf_puts(path, rest);
    if (is_ours(buf_text(path))) {
        execv(buf_text(path), argv);
    }
}

/* The folder of this program itself, with its last slash. Never that of argv[0], which anybody can
   choose. 0: unknown (no /proc). */
static size_t own_folder(struct buf *path)
{
    enum { MOST = 4096 };
    ssize_t length = readlink("/proc/self/exe", buf_reserve(path, MOST), MOST);
    path->length = length > 0 && length < MOST ? (size_t)length : 0;
    while (path->length > 0 && path->data[path->length - 1] != '/') {
        path->length--;
    }
    return path->length;
}

static void hand_over(char **argv, bool asked)
{
    if (process_is_setid()) {
        return;
    }
    struct buf path = {0};
    int error = ENOENT;
    size_t folder = own_folder(&path);
    if (folder > 0) {
        become(&path, folder, "swish-interactive", argv);
        error = errno != ENOENT ? errno : error;
        become(&path, folder, "../libexec/swish/swish-interactive", argv);
        error = errno != ENOENT ? errno : error;
    }
    become(&path, 0, SWISH_LIBEXEC "/swish-interactive", argv);
    error = errno != ENOENT ? errno : error;
    if (asked) {
        char room[24];
        buf_free(&path);
        buf_addf(&path, "swish: swish-interactive: %s\n",
                 error == ENOEXEC ? "not of this version" : error_text(error, room));
        out_write_all(2, path.data, path.length);
    }
    buf_free(&path);
}

const struct front front = {.enter = hand_over};
