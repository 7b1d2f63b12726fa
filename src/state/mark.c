/* mark.c -- the log of a subshell mark, and its rollback. */
#include "state/mark.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/fd.h"
#include "state/names.h"
#include "state/special.h"
#include "state/variable.h"

void mark_open(struct shell *sh, struct mark *mark)
{
    mark->outer = sh->mark;
    mark->serial = ++sh->last_serial;
    mark->entries = mark->first;
    mark->count = 0;
    mark->capacity = MARK_FIRST;
    mark->directory_saved = false;
    mark->umask_saved = false;
    mark->last_async = sh->last_async;
    mark->exit_action = NULL;
    mark->traps_shown = true;
    scope_enter(sh, &mark->scope, SCOPE_SUBSHELL);
    sh->mark = mark;
    sh->serial = mark->serial;
}

bool mark_wants(const struct shell *sh, uint64_t object_serial)
{
    return sh->mark != NULL && object_serial != sh->serial;
}

static struct mark_entry *add(struct shell *sh, enum mark_entry_kind kind)
{
    struct mark *mark = sh->mark;
    if (mark->count == mark->capacity) {
        struct mark_entry *old = mark->entries == mark->first ? NULL : mark->entries;
        mark->capacity *= 4;
        mark->entries = mem_resize(old, mark->capacity * sizeof *mark->entries);
        if (old == NULL) {
            memcpy(mark->entries, mark->first, sizeof mark->first);
        }
    }
    struct mark_entry *entry = &mark->entries[mark->count++];
    entry->kind = kind;
    return entry;
}

void mark_save_slot(struct shell *sh, enum mark_entry_kind kind, struct symbol *symbol,
                    void *before)
{
    struct mark_entry *entry = add(sh, kind);
    entry->slot.symbol = symbol;
    entry->slot.before = before;
    symbol->references++;
}

void mark_save_params(struct shell *sh)
{
    if (mark_wants(sh, sh->params.serial)) {
        add(sh, MARK_PARAMS)->params = sh->params;
        sh->params.block = NULL; /* the entry owns it now */
        sh->params.serial = sh->serial;
    }
}

void mark_save_settings(struct shell *sh)
{
    if (mark_wants(sh, sh->settings.serial)) {
        add(sh, MARK_SETTINGS)->settings = sh->settings;
        sh->settings.serial = sh->serial;
    }
}

void mark_save_umask(struct shell *sh)
{
    if (sh->mark != NULL && !sh->mark->umask_saved) {
        mode_t mask = umask(0);
        umask(mask);
        add(sh, MARK_UMASK)->umask = mask;
        sh->mark->umask_saved = true;
    }
}

void mark_save_pushed(struct shell *sh)
{
    if (mark_wants(sh, sh->pushed.serial)) {
        add(sh, MARK_PUSHED)->pushed = sh->pushed;
        sh->pushed = (struct pushed){.serial = sh->serial}; /* the names are the entry's now */
    }
}

bool mark_save_directory(struct shell *sh)
{
    if (sh->mark == NULL || sh->mark->directory_saved) {
        return true;
    }
    int held = fd_open(".", O_PATH | O_DIRECTORY, 0);
    if (held < 0) {
        return false;
    }
    struct mark_entry *entry = add(sh, MARK_DIRECTORY);
    entry->directory.held = held;
    entry->directory.path = sh->directory == NULL ? NULL : mem_text(sh->directory);
    sh->mark->directory_saved = true;
    return true;
}

uint64_t mark_fd_serial(const struct shell *sh, int fd)
{
    return (size_t)fd < sh->fd_serial_count ? sh->fd_serials[fd] : 0;
}

void mark_fd_set_serial(struct shell *sh, int fd, uint64_t serial)
{
    if ((size_t)fd >= sh->fd_serial_count) {
        if (serial == 0) {
            return;
        }
        size_t count = (size_t)fd + 16;
        sh->fd_serials = mem_resize(sh->fd_serials, count * sizeof *sh->fd_serials);
        memset(sh->fd_serials + sh->fd_serial_count, 0,
               (count - sh->fd_serial_count) * sizeof *sh->fd_serials);
        sh->fd_serial_count = count;
    }
    sh->fd_serials[fd] = serial;
}

bool mark_save_fd(struct shell *sh, int fd)
{
    uint64_t serial = mark_fd_serial(sh, fd);
    if (!mark_wants(sh, serial)) {
        return true;
    }
    int copy = fd_copy(fd);
    if (copy < 0 && errno != EBADF) {
        return false;
    }
    struct mark_entry *entry = add(sh, MARK_FD);
    entry->fd.fd = fd;
    entry->fd.copy = copy;
    entry->fd.serial = serial;
    mark_fd_set_serial(sh, fd, sh->serial);
    return true;
}

static void restore_variable(struct shell *sh, struct symbol *symbol, struct variable *before)
{
    variable_rebind(sh, symbol, before);
    /* The generation of remembered paths and the offset of getopts come back with the settings. */
    if (symbol->special == SPECIAL_IFS || symbol->special == SPECIAL_LOCALE) {
        special_changed(sh, symbol);
    }
}

static bool restore_directory(struct shell *sh, struct mark_entry *entry)
{
    bool entered = fchdir(entry->directory.held) == 0;
    if (!entered && entry->directory.path != NULL) {
        entered = chdir(entry->directory.path) == 0;
    }
    int reason = errno;
    fd_close(entry->directory.held);
    mem_free(sh->directory);
    sh->directory = entry->directory.path;
    errno = reason;
    return entered;
}

static void restore_fd(struct shell *sh, const struct mark_entry *entry)
{
    if (entry->fd.copy >= 0) {
        fd_move(entry->fd.copy, entry->fd.fd);
        fd_close(entry->fd.copy);
    } else {
        fd_close(entry->fd.fd);
    }
    mark_fd_set_serial(sh, entry->fd.fd, entry->fd.serial);
}

static bool restore(struct shell *sh, struct mark_entry *entry)
{
    struct symbol *symbol = entry->slot.symbol;
    switch (entry->kind) {
    case MARK_VARIABLE:
        restore_variable(sh, symbol, entry->slot.before);
        symbol_release(&sh->symbols, symbol);
        return true;
    case MARK_FUNCTION:
        function_release(symbol->function);
        symbol->function = entry->slot.before;
        symbol_release(&sh->symbols, symbol);
        return true;
    case MARK_ALIAS:
        alias_free(symbol->alias);
        symbol->alias = entry->slot.before;
        symbol_release(&sh->symbols, symbol);
        return true;
    case MARK_PATH:
        path_free(symbol->path);
        symbol->path = entry->slot.before;
        symbol_release(&sh->symbols, symbol);
        return true;
    case MARK_PARAMS:
        mem_free(sh->params.block);
        sh->params = entry->params;
        return true;
    case MARK_SETTINGS:
        sh->settings = entry->settings;
        return true;
    case MARK_FD:
        restore_fd(sh, entry);
        return true;
    case MARK_DIRECTORY:
        return restore_directory(sh, entry);
    case MARK_UMASK:
        umask(entry->umask);
        return true;
    case MARK_PUSHED:
        mem_free(sh->pushed.names);
        sh->pushed = entry->pushed;
        return true;
    }
    return true;
}

bool mark_close(struct shell *sh, struct mark *mark)
{
    scope_leave(sh, &mark->scope);
    sh->mark = mark->outer;
    sh->serial = mark->outer == NULL ? 0 : mark->outer->serial;
    sh->last_async = mark->last_async;
    bool done = true;
    int reason = 0;
    while (mark->count > 0) {
        if (!restore(sh, &mark->entries[--mark->count])) {
            done = false;
            reason = errno;
        }
    }
    if (mark->entries != mark->first) {
        mem_free(mark->entries);
    }
    mem_free(mark->exit_action);
    mark->entries = NULL;
    mark->exit_action = NULL;
    errno = reason;
    return done;
}

void mark_forget_all(struct shell *sh)
{
    for (struct mark *mark = sh->mark; mark != NULL; mark = mark->outer) {
        for (size_t i = 0; i < mark->count; i++) {
            const struct mark_entry *entry = &mark->entries[i];
            if (entry->kind == MARK_FD && entry->fd.copy >= 0) {
                fd_close(entry->fd.copy);
            } else if (entry->kind == MARK_DIRECTORY) {
                fd_close(entry->directory.held);
            }
        }
    }
    sh->mark = NULL;
    sh->serial = 0;
}
