/* glob.c -- pathname expansion: directories are matched while they are read, and only the matches
   are kept and sorted. */
#include "expand/glob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "expand/expand.h"
#include "expand/pattern.h"
#include "state/shell.h"

/* What stands between two slashes of the pattern. */
struct component {
    const char *text; /* literal: without backslashes */
    size_t length;
    const struct pattern *pattern; /* NULL: literal */
    bool all;                      /* the pattern is * alone */
    bool period;                   /* it begins with a period */
};

struct glob {
    struct shell *sh;
    struct fields *fields;
    struct component *components;
    size_t count;
    struct buf path; /* what has matched so far: empty, or ends in a slash */
};

/* One entry of getdents64 as the kernel lays it out. */
struct entry {
    uint64_t inode;
    int64_t offset;
    unsigned short size;
    unsigned char type;
    char name[];
};

/* Values of entry.type that matter here. */
enum { TYPE_UNKNOWN = 0, TYPE_DIRECTORY = 4, TYPE_LINK = 10 };

/* A [ counts only when a ] may close it: the command name [ shall cost nothing. */
static bool bracket_closes(const char *text, size_t length)
{
    for (size_t i = 1; i < length && text[i] != '/'; i++) {
        if (text[i] == ']' && i > 1) {
            return true;
        }
    }
    return false;
}

bool glob_is_pattern(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\') {
            i++;
        } else if (text[i] == '*' || text[i] == '?' ||
                   (text[i] == '[' && bracket_closes(text + i, length - i))) {
            return true;
        }
    }
    return false;
}

static void component_parse(struct glob *g, struct component *c, const char *text, size_t length)
{
    struct arena *arena = &g->sh->scratch;
    *c = (struct component){0};
    if (glob_is_pattern(text, length)) {
        c->all = length == 1 && text[0] == '*';
        c->period = text[0] == '.' || (length > 1 && text[0] == '\\' && text[1] == '.');
        c->pattern = pattern_compile(arena, text, length, g->sh->utf8);
        return;
    }
    char *literal = arena_alloc(arena, length + 1);
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\' && i + 1 < length) {
            i++;
        }
        literal[n++] = text[i];
    }
    literal[n] = '\0';
    c->text = literal;
    c->length = n;
}

/* A backslash before a slash that came out of an expansion has nothing left to escape. */
static size_t component_length(const char *text, size_t length)
{
    const char *slash = memchr(text, '/', length);
    return slash == NULL ? length : (size_t)(slash - text);
}

static void components_parse(struct glob *g, const char *text, size_t length)
{
    size_t slashes = 0;
    for (size_t i = 0; i < length; i++) {
        slashes += text[i] == '/';
    }
    g->components = arena_alloc(&g->sh->scratch, (slashes + 1) * sizeof *g->components);
    for (size_t at = 0; at <= length;) {
        size_t n = component_length(text + at, length - at);
        component_parse(g, &g->components[g->count++], text + at, n);
        at += n + 1;
    }
}

static void add_result(struct glob *g, const char *name, size_t length)
{
    char *text = arena_alloc(&g->sh->scratch, g->path.length + length + 1);
    if (g->path.length != 0) {
        memcpy(text, g->path.data, g->path.length);
    }
    memcpy(text + g->path.length, name, length);
    text[g->path.length + length] = '\0';
    fields_add(g->sh, g->fields, text);
}

static bool component_matches(const struct component *c, const char *name, size_t length)
{
    if (name[0] == '.') {
        if (!c->period || length == 1 || (length == 2 && name[1] == '.')) {
            return false;
        }
    }
    return c->all || pattern_matches(c->pattern, name, length);
}

static int open_directory(struct glob *g)
{
    const char *path = g->path.length == 0 ? "." : buf_text(&g->path);
    int fd;
    do {
        /* Not moved out of the way: nobody else runs before it is closed again. */
        fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

/* One entry that may match: a result when `names` is NULL, else noted there as type byte, name,
 * NUL. */
static void take_entry(struct glob *g, const struct component *c, const struct entry *entry,
                       struct buf *names)
{
    size_t length = strlen(entry->name);
    bool enters =
        entry->type == TYPE_DIRECTORY || entry->type == TYPE_LINK || entry->type == TYPE_UNKNOWN;
    if ((names != NULL && !enters) || !component_matches(c, entry->name, length)) {
        return;
    }
    if (names == NULL) {
        add_result(g, entry->name, length);
    } else {
        buf_putc(names, entry->type == TYPE_DIRECTORY ? 'd' : '?');
        buf_add(names, entry->name, length + 1);
    }
}

static void read_directory(struct glob *g, const struct component *c, struct buf *names)
{
    int fd = open_directory(g);
    if (fd < 0) {
        return;
    }
    _Alignas(struct entry) char room[32768];
    long got;
    while ((got = syscall(SYS_getdents64, fd, room, sizeof room)) > 0) {
        const struct entry *entry;
        for (long at = 0; at < got; at += entry->size) {
            entry = (const void *)(room + at);
            take_entry(g, c, entry, names);
        }
    }
    close(fd);
}

static void walk(struct glob *g, size_t at);

/* Goes on with component `at` under every directory of `names`. */
static void walk_names(struct glob *g, const struct buf *names, size_t at)
{
    bool trailing =
        at + 1 == g->count && g->components[at].pattern == NULL && g->components[at].length == 0;
    size_t kept = g->path.length;
    for (size_t i = 0; i < names->length;) {
        const char *name = names->data + i + 1;
        size_t length = strlen(name);
        buf_add(&g->path, name, length);
        buf_putc(&g->path, '/');
        if (trailing && names->data[i] == 'd') {
            add_result(g, "", 0);
        } else {
            walk(g, at);
        }
        g->path.length = kept;
        i += length + 2;
    }
}

static bool path_exists(struct glob *g)
{
    struct stat st;
    return lstat(buf_text(&g->path), &st) == 0; /* a dangling link exists, too */
}

static void walk(struct glob *g, size_t at)
{
    size_t kept = g->path.length;
    for (; at < g->count && g->components[at].pattern == NULL; at++) {
        buf_add(&g->path, g->components[at].text, g->components[at].length);
        if (at + 1 < g->count) {
            buf_putc(&g->path, '/');
        }
    }
    if (at == g->count) {
        if (path_exists(g)) {
            add_result(g, "", 0);
        }
    } else if (at + 1 == g->count) {
        read_directory(g, &g->components[at], NULL);
    } else {
        struct buf names = {0};
        read_directory(g, &g->components[at], &names);
        walk_names(g, &names, at + 1);
        buf_free(&names);
    }
    g->path.length = kept;
}

/* Length of the literal text that all results begin with. */
static size_t common_length(const struct glob *g)
{
    size_t length = 0;
    for (size_t i = 0; i < g->count && g->components[i].pattern == NULL; i++) {
        length += g->components[i].length + 1;
    }
    return length;
}

bool glob_expand(struct shell *sh, const char *text, size_t length, struct fields *fields)
{
    struct glob g = {.sh = sh, .fields = fields};
    size_t first = fields->count;
    components_parse(&g, text, length);
    walk(&g, 0);
    buf_free(&g.path);
    if (fields->count - first > 1) {
        glob_sort(fields->items + first, fields->count - first, common_length(&g));
    }
    return fields->count != first;
}
