/* directory.c -- cd and pwd: the working directory and its logical name (XCU cd). */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "builtin/directory.h"
#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "exec/front.h"
#include "os/process.h"
#include "state/mark.h"
#include "state/shell.h"
#include "state/variable.h"

struct cd {
    bool physical; /* -P */
    bool exact;    /* -e, which counts with -P only */
    bool tells;    /* the new name is written: cd -, or found along CDPATH */
    bool silent;   /* but not this time */
};

static bool is_directory(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* ---- steps 1 to 6: what is meant ---- */

/* The first component is . or .. */
static bool starts_with_dots(const char *path)
{
    size_t dots = strspn(path, ".");
    return (dots == 1 || dots == 2) && (path[dots] == '/' || path[dots] == '\0');
}

/* Step 5. False when no entry of CDPATH leads to a directory. */
static bool search_cdpath(struct call *c, const char *operand, struct buf *path, struct cd *cd)
{
    const char *entry = variable_by_name(c->sh, "CDPATH");
    if (entry == NULL || *entry == '\0' || *operand == '/' || starts_with_dots(operand)) {
        return false;
    }
    for (;;) {
        size_t length = strcspn(entry, ":");
        path->length = 0;
        buf_add(path, entry, length);
        if (length > 0 && entry[length - 1] != '/') {
            buf_putc(path, '/');
        } else if (length == 0) {
            buf_puts(path, "./");
        }
        buf_puts(path, operand);
        if (is_directory(buf_text(path))) {
            cd->tells = (cd->tells || length > 0) && !cd->silent;
            return true;
        }
        if (entry[length] == '\0') {
            return false;
        }
        entry += length + 1;
    }
}

/* The operand, HOME, or OLDPWD; NULL with a message. */
static const char *wanted(struct call *c, const char *operand, struct cd *cd)
{
    const char *name = operand == NULL ? "HOME" : strcmp(operand, "-") == 0 ? "OLDPWD" : NULL;
    if (name != NULL) {
        cd->tells = operand != NULL && !cd->silent;
        operand = variable_by_name(c->sh, name);
        if (operand == NULL || *operand == '\0') {
            call_warn(c, "%s is not set", name);
            return NULL;
        }
    } else if (*operand == '\0') {
        call_warn(c, "an empty name is no directory");
        return NULL;
    }
    return operand;
}

/* ---- steps 7 to 9: the logical name ---- */

/* Takes the last component off for a `..`; what stands before must be a directory (step 8 b), as
   `here`, where we are, surely is. */
static bool go_up(struct buf *clean, const char *here)
{
    if (clean->length <= 1) {
        return true; /* /.. is / */
    }
    const char *before = buf_text(clean);
    if ((here == NULL || strcmp(before, here) != 0) && !is_directory(before)) {
        errno = errno == 0 ? ENOTDIR : errno;
        return false;
    }
    while (clean->length > 1 && clean->data[--clean->length] != '/') {
        continue;
    }
    return true;
}

/* An absolute path without . and .. and doubled slashes. False and errno: a `..` behind what is no
 * directory. */
static bool canonicalize(const char *path, const char *here, struct buf *clean)
{
    bool two_slashes = path[0] == '/' && path[1] == '/' && path[2] != '/';
    buf_puts(clean, two_slashes ? "//" : "/");
    size_t root = clean->length;
    while (*path != '\0') {
        path += strspn(path, "/");
        size_t length = strcspn(path, "/");
        if (length == 2 && path[0] == '.' && path[1] == '.') {
            errno = 0;
            if (clean->length > root && !go_up(clean, here)) {
                errno = errno == 0 ? ENOTDIR : errno;
                return false;
            }
        } else if (length > 0 && !(length == 1 && path[0] == '.')) {
            if (clean->length > root) {
                buf_putc(clean, '/');
            }
            buf_add(clean, path, length);
        }
        path += length;
    }
    return true;
}

/* Step 9: a name too long for chdir is taken relative to where we are, when it lies below. */
static const char *shorten(const struct shell *sh, const char *path)
{
    size_t length = sh->directory == NULL ? 0 : strlen(sh->directory);
    if (strlen(path) < PATH_MAX || length == 0 || strncmp(path, sh->directory, length) != 0) {
        return path;
    }
    if (path[length] == '\0') {
        return ".";
    }
    bool below = path[length] == '/' || sh->directory[length - 1] == '/';
    return below ? path + length + (path[length] == '/') : path;
}

/* ---- step 10: go there ---- */

/* PWD and OLDPWD are for the environment (XCU cd). */
static bool set_variable(struct call *c, const char *name, const char *value)
{
    struct shell *sh = c->sh;
    if (value == NULL) {
        return true;
    }
    if (!operand_set(c, name, value, strlen(value))) {
        return false;
    }
    struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
    if ((variable_flags(symbol) & VARIABLE_EXPORTED) == 0) {
        variable_flag(sh, symbol, VARIABLE_EXPORTED, 0);
    }
    return true;
}

/* Takes over `path` (NULL: unknown) as the new logical name. */
static int arrived(struct call *c, char *path, const struct cd *cd)
{
    struct shell *sh = c->sh;
    bool set = set_variable(c, "OLDPWD", sh->directory);
    mem_free(sh->directory);
    sh->directory = path;
    set = set_variable(c, "PWD", path) && set;
    if (cd->tells && path != NULL) {
        out_puts(c->out, path);
        out_putc(c->out, '\n');
    }
    if (path == NULL && cd->exact) {
        return call_warn(c, "the name of the new directory is not known");
    }
    return set ? 0 : 1;
}

/* Under -e the status 1 has a meaning of its own (XCU cd, EXIT STATUS). */
static int failed(struct call *c, const struct cd *cd, const char *what, int number)
{
    call_errno(c, what, number);
    return cd->exact ? 2 : 1;
}

/* `path` is what steps 1 to 6 gave, `operand` what messages call it. */
static int change_directory(struct call *c, const char *path, const char *operand,
                            const struct cd *cd)
{
    struct shell *sh = c->sh;
    struct buf full = {0};
    struct buf clean = {0};
    bool logical = !cd->physical && (path[0] == '/' || sh->directory != NULL);
    if (logical) {
        if (path[0] != '/') {
            buf_puts(&full, sh->directory);
            buf_puts(&full, full.data[full.length - 1] == '/' ? "" : "/"); /* //x is not /x */
        }
        buf_puts(&full, path);
        logical = canonicalize(buf_text(&full), sh->directory, &clean);
        buf_free(&full);
        if (!logical) {
            int number = errno;
            buf_free(&clean);
            return failed(c, cd, operand, number);
        }
        path = shorten(sh, buf_text(&clean));
    }
    if (chdir(path) != 0) {
        int number = errno;
        buf_free(&clean);
        return failed(c, cd, operand, number);
    }
    if (!logical && !process_cwd(&clean)) {
        buf_free(&clean);
        return arrived(c, NULL, cd);
    }
    return arrived(c, buf_take(&clean), cd);
}

static int go(struct call *c, const char *operand, struct cd *cd)
{
    operand = wanted(c, operand, cd);
    if (operand == NULL) {
        return cd->exact ? 2 : 1;
    }
    if (!mark_save_directory(c->sh) && !call_door(c)) {
        return 0;
    }
    struct buf found = {0};
    char *copy = mem_text(operand); /* it may be the value of a variable that is about to change */
    const char *path = search_cdpath(c, copy, &found, cd) ? buf_text(&found) : copy;
    int status = change_directory(c, path, copy, cd);
    mem_free(copy);
    buf_free(&found);
    return status;
}

int directory_enter(struct call *c, const char *operand)
{
    struct cd cd = {.silent = true};
    return go(c, operand, &cd);
}

int directory_tell(struct call *c)
{
    struct shell *sh = c->sh;
    const struct front *own = sh->exec->front;
    if (own == NULL || own->chpwd == NULL || !shell_prompts(sh)) {
        return 0;
    }
    sh->status = 0;
    out_flush(c->out);
    c->flow = own->chpwd(sh);
    return sh->status;
}

int builtin_cd(struct call *c)
{
    struct call_scan scan = {0};
    struct cd cd = {0};
    int letter = 0;
    while ((letter = call_option(c, &scan, "LPe")) != -1) {
        switch (letter) {
        case 'e':
            cd.exact = true;
            break;
        case '?':
            return 2;
        default:
            cd.physical = letter == 'P';
            break;
        }
    }
    if (scan.index + 1 < c->argc) {
        return call_usage(c, "too many operands");
    }
    cd.exact = cd.exact && cd.physical;
    int status = go(c, c->argv[scan.index], &cd);
    return status == 0 && c->flow == FLOW_NEXT ? directory_tell(c) : status;
}

int builtin_pwd(struct call *c)
{
    int which = 0;
    if (operand_first(c, "LP", &which) == NULL) {
        return 2;
    }
    if (which != 'P' && c->sh->directory != NULL) {
        out_puts(c->out, c->sh->directory);
        out_putc(c->out, '\n');
        return 0;
    }
    struct buf path = {0};
    if (!process_cwd(&path)) {
        int number = errno;
        buf_free(&path);
        return call_errno(c, "cannot find the name of the directory", number);
    }
    buf_putc(&path, '\n');
    out_add(c->out, path.data, path.length);
    buf_free(&path);
    return 0;
}
