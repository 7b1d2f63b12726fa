/* private.c -- the register of descriptors that belong to the shell itself. */
#include "exec/private.h"

#include <string.h>

#include "base/mem.h"
#include "exec/exec.h"
#include "os/fd.h"
#include "state/mark.h"
#include "state/shell.h"

void private_add(struct shell *sh, int *slot)
{
    struct exec *ex = sh->exec;
    if (*slot < 0) {
        return;
    }
    if (ex->private_count == ex->private_room) {
        ex->private_room = ex->private_room == 0 ? 8 : ex->private_room * 2;
        ex->privates = mem_resize(ex->privates, ex->private_room * sizeof *ex->privates);
    }
    ex->privates[ex->private_count++] = slot;
}

void private_close(struct shell *sh, int *slot)
{
    struct exec *ex = sh->exec;
    if (*slot < 0) {
        return;
    }
    for (size_t i = ex->private_count; i-- > 0;) {
        if (ex->privates[i] == slot) { /* nearly always the newest */
            memmove(ex->privates + i, ex->privates + i + 1,
                    (ex->private_count - i - 1) * sizeof *ex->privates);
            ex->private_count--;
            break;
        }
    }
    fd_close(*slot);
    *slot = -1;
}

void private_rename(struct shell *sh, int *from, int *to)
{
    struct exec *ex = sh->exec;
    for (size_t i = ex->private_count; i-- > 0;) {
        if (ex->privates[i] == from) {
            ex->privates[i] = to;
        }
    }
    *to = *from;
    *from = -1;
}

/* The place where the number of one of ours stands, or NULL. */
static int *find(const struct shell *sh, int fd)
{
    const struct exec *ex = sh->exec;
    for (size_t i = 0; i < ex->private_count; i++) {
        if (*ex->privates[i] == fd) {
            return ex->privates[i];
        }
    }
    for (struct mark *mark = sh->mark; mark != NULL; mark = mark->outer) {
        for (size_t i = 0; i < mark->count; i++) {
            struct mark_entry *entry = &mark->entries[i];
            if (entry->kind == MARK_FD && entry->fd.copy == fd) {
                return &entry->fd.copy;
            }
            if (entry->kind == MARK_DIRECTORY && entry->directory.held == fd) {
                return &entry->directory.held;
            }
        }
    }
    return NULL;
}

int private_make_way(struct shell *sh, int fd)
{
    int *slot = find(sh, fd);
    int moved = slot == NULL ? -1 : fd_copy(fd);
    if (moved >= 0) {
        fd_close(fd);
        *slot = moved;
    }
    return moved;
}

bool private_is(const struct shell *sh, int fd)
{
    return find(sh, fd) != NULL;
}

void private_close_below(struct shell *sh, size_t count)
{
    struct exec *ex = sh->exec;
    for (size_t i = 0; i < count; i++) {
        fd_close(*ex->privates[i]);
        *ex->privates[i] = -1;
    }
    if (count == 0) {
        return;
    }
    memmove(ex->privates, ex->privates + count, (ex->private_count - count) * sizeof *ex->privates);
    ex->private_count -= count;
}
