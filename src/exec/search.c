/* search.c -- from a command name to what it means (XCU 2.9.1.4). */
#include "exec/search.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exec/builtin.h"
#include "exec/run.h"
#include "state/names.h"
#include "state/shell.h"
#include "state/variable.h"

static const char default_path[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/* 0, or why this file cannot be what is looked for. */
static int check(const char *path, int access_mode)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        return errno;
    }
    if (S_ISDIR(info.st_mode)) {
        return access_mode == X_OK ? EACCES : EISDIR;
    }
    return faccessat(AT_FDCWD, path, access_mode, AT_EACCESS) == 0 ? 0 : errno;
}

static const char *search(struct shell *sh, const char *name, const char *path, int access_mode)
{
    if (strchr(name, '/') != NULL) {
        int error = check(name, access_mode);
        errno = error;
        return error == 0 ? name : NULL;
    }
    size_t name_length = strlen(name);
    int worst = ENOENT;
    while (name_length > 0) {
        const char *end = strchrnul(path, ':');
        size_t length = (size_t)(end - path);
        char *full = arena_alloc(&sh->scratch, length + name_length + 3);
        size_t at = length;
        memcpy(full, path, length);
        if (length > 0 && path[length - 1] != '/') {
            full[at++] = '/';
        } else if (length == 0) { /* an empty prefix is the current directory (XBD 8.3) */
            full[at++] = '.';
            full[at++] = '/';
        }
        memcpy(full + at, name, name_length + 1);
        int error = check(full, access_mode);
        if (error == 0) {
            return full;
        }
        worst = error == EACCES ? EACCES : worst;
        if (*end == '\0') {
            break;
        }
        path = end + 1;
    }
    errno = worst;
    return NULL;
}

static const char *current_path(struct shell *sh)
{
    const char *path = variable_by_name(sh, "PATH");
    return path == NULL ? default_path : path;
}

const char *command_search(struct shell *sh, const char *name, const char *path)
{
    return search(sh, name, path == NULL ? default_path : path, X_OK);
}

const char *command_search_readable(struct shell *sh, const char *name)
{
    return search(sh, name, current_path(sh), R_OK);
}

static void resolve_external(struct shell *sh, const char *name, struct symbol *symbol,
                             unsigned run_flags, struct command *found)
{
    bool remembers = strchr(name, '/') == NULL && (run_flags & RUN_DEFAULT_PATH) == 0;
    if (remembers && symbol != NULL) {
        found->path = path_get(sh, symbol);
    }
    if (found->path == NULL) {
        const char *path = (run_flags & RUN_DEFAULT_PATH) != 0 ? default_path : current_path(sh);
        found->path = search(sh, name, path, X_OK);
        found->error = found->path == NULL ? errno : 0;
        if (found->path != NULL && remembers) {
            symbol = symbol_intern(&sh->symbols, name, strlen(name));
            path_remember(sh, symbol, found->path);
            symbol_release(&sh->symbols, symbol);
        }
    }
    found->kind = found->path == NULL ? COMMAND_NOT_FOUND : COMMAND_EXTERNAL;
}

void command_resolve(struct shell *sh, const char *name, struct symbol *symbol, unsigned run_flags,
                     struct command *found)
{
    *found = (struct command){.kind = COMMAND_NOT_FOUND, .error = ENOENT};
    if (symbol == NULL) {
        symbol = symbol_find(&sh->symbols, name, strlen(name));
    }
    if (symbol != NULL && (run_flags & RUN_REPLACE) == 0) {
        const struct builtin *builtin = symbol->builtin;
        struct function *function =
            (run_flags & RUN_NO_FUNCTIONS) != 0 ? NULL : function_get(symbol);
        if (function != NULL && (builtin == NULL || (builtin->traits & BUILTIN_SPECIAL) == 0)) {
            found->kind = COMMAND_FUNCTION;
            found->function = function;
            return;
        }
        if (builtin != NULL) {
            found->kind = COMMAND_BUILTIN;
            found->builtin = builtin;
            return;
        }
    }
    resolve_external(sh, name, symbol, run_flags, found);
}
