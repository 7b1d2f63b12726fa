/* redir_open.c -- expand a redirection's target and open it. */
#include "exec/redir_open.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/number.h"
#include "exec/private.h"
#include "expand/expand.h"
#include "os/fd.h"
#include "os/spool.h"
#include "state/shell.h"
#include "syntax/tree.h"

static bool here_text(struct shell *sh, const struct redirect *r, struct target *target,
                      struct diag *d)
{
    target->kind = TARGET_HERE;
    const struct word *body = r->body;
    if ((body->traits & WORD_LITERAL) != 0) {
        target->text = body->text;
        target->length = body->length;
        target->stored = (body->traits & WORD_STORED) != 0;
        return true;
    }
    target->text = expand_here(sh, body, &target->length, d);
    return target->text != NULL;
}

static bool copy_source(const char *text, struct target *target, struct diag *d)
{
    if (strcmp(text, "-") == 0) {
        target->kind = TARGET_CLOSE;
        return true;
    }
    unsigned long number = 0;
    if (!number_parse(text, 1000000, &number)) {
        diag_set(d, DIAG_REDIRECTION, "%s: bad file descriptor number", text);
        return false;
    }
    target->kind = TARGET_COPY;
    target->fd = (int)number;
    return true;
}

bool redir_target(struct shell *sh, const struct redirect *r, struct target *target, struct diag *d)
{
    *target = (struct target){.kind = TARGET_FILE, .to = r->fd};
    if (r->kind == REDIRECT_HERE) {
        return here_text(sh, r, target, d);
    }
    const char *text = expand_string(sh, r->target, &target->length, d);
    if (text == NULL) {
        return false;
    }
    if (r->kind == REDIRECT_DUP_IN || r->kind == REDIRECT_DUP_OUT) {
        target->for_output = r->kind == REDIRECT_DUP_OUT;
        return copy_source(text, target, d);
    }
    target->path = text;
    return true;
}

/* Under -C a regular file is never truncated; devices, FIFOs and the like still are written to. */
static int open_noclobber(const char *path)
{
    int fd = fd_open_low(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (fd >= 0 || errno != EEXIST) {
        return fd;
    }
    struct stat info;
    if (stat(path, &info) != 0 || S_ISREG(info.st_mode)) {
        errno = EEXIST;
        return -1;
    }
    fd = fd_open_low(path, O_WRONLY, 0);
    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
        fd_close(fd); /* it became one between the look and the open */
        errno = EEXIST;
        return -1;
    }
    return fd;
}

static int open_file(const struct shell *sh, const struct redirect *r, const char *path)
{
    switch (r->kind) {
    case REDIRECT_IN:
        return fd_open_low(path, O_RDONLY, 0);
    case REDIRECT_OUT:
        if ((sh->settings.options & OPT_NOCLOBBER) != 0) {
            return open_noclobber(path);
        }
        return fd_open_low(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    case REDIRECT_CLOBBER:
        return fd_open_low(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    case REDIRECT_APPEND:
        return fd_open_low(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
    case REDIRECT_READ_WRITE:
        return fd_open_low(path, O_RDWR | O_CREAT, 0666);
    case REDIRECT_DUP_IN:
    case REDIRECT_DUP_OUT:
    case REDIRECT_HERE:
        break;
    }
    errno = EINVAL;
    return -1;
}

int redir_open(struct shell *sh, const struct redirect *r, const struct target *target,
               struct diag *d)
{
    if (target->kind == TARGET_HERE) {
        int fd = (target->stored ? spool_open : fd_from_text)(target->text, target->length);
        if (fd < 0) {
            diag_errno(d, DIAG_REDIRECTION, "here-document", errno);
        }
        return fd;
    }
    int fd = open_file(sh, r, target->path);
    if (fd < 0) {
        diag_errno(d, DIAG_REDIRECTION, target->path, errno);
    }
    return fd;
}

bool redir_may_copy(struct shell *sh, const struct target *target, struct diag *d)
{
    int access = private_is(sh, target->fd) ? -1 : fd_access(target->fd);
    char what[24];
    if (access < 0) {
        diag_errno(d, DIAG_REDIRECTION, number_text(target->fd, what, NULL), EBADF);
        return false;
    }
    if (target->for_output ? access == O_RDONLY : access == O_WRONLY) {
        diag_set(d, DIAG_REDIRECTION, "%d: not open for %s", target->fd,
                 target->for_output ? "writing" : "reading");
        return false;
    }
    return true;
}

bool redir_is_device_path(const char *path)
{
    return strncmp(path, "/dev/fd/", 8) == 0 || strncmp(path, "/dev/std", 8) == 0 ||
           strncmp(path, "/proc/", 6) == 0;
}

bool redir_may_block(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        return false;
    }
    return !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode) && strcmp(path, "/dev/null") != 0;
}
