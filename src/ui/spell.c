/* spell.c -- the distance between names: letters changed, left out, put in, or exchanged. */
#include "ui/spell.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/quote.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "state/names.h"
#include "state/shell.h"
#include "state/variable.h"

enum {
    NAME_MOST = 40, /* longer names are nobody's typing errors */
    KEPT = 3,       /* of equally near ones */
    EXCHANGED = 2,  /* what two letters in the wrong order cost: the most likely error */
    OTHER = 3,      /* what each other error costs */
    LOOK_AT_CLOCK = 64,
    MILLISECONDS = 200, /* spent on folders that answer slowly, as on a network */
};

struct search {
    const char *wanted;
    size_t length;
    int best; /* what the kept names cost, or may cost at most */
    char *names[KEPT + 1];
    size_t count;
    struct timespec end;
    unsigned seen;
};

/* ---- distance ---- */

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Row `i` of the table: what it costs to make the first j letters of `b` of the first i of `a`. */
static void fill_row(const char *a, size_t i, const char *b, size_t length,
                     int rows[3][NAME_MOST + 1])
{
    int *row = rows[i % 3];
    const int *before = rows[(i + 2) % 3];
    const int *two_before = rows[(i + 1) % 3];
    row[0] = (int)i * OTHER;
    for (size_t j = 1; j <= length; j++) {
        row[j] = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : OTHER);
        row[j] = least(row[j], least(before[j], row[j - 1]) + OTHER);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
            row[j] = least(row[j], two_before[j - 2] + EXCHANGED);
        }
    }
}

static int distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int rows[3][NAME_MOST + 1] = {{0}};
    for (size_t j = 0; j <= b_length; j++) {
        rows[0][j] = (int)j * OTHER;
    }
    for (size_t i = 1; i <= a_length; i++) {
        fill_row(a, i, b, b_length, rows);
    }
    return rows[a_length % 3][b_length];
}

/* In a short name only little may be wrong. */
static int allowed(size_t length)
{
    return length < 2 ? 0 : length < 3 ? EXCHANGED : length < 6 ? OTHER : 2 * OTHER;
}

/* ---- the nearest ---- */

static void forget(struct search *s)
{
    while (s->count > 0) {
        mem_free(s->names[--s->count]);
    }
}

/* Sorted, so that it does not matter in what order a folder gives its names. */
static void keep(struct search *s, const char *name)
{
    size_t at = 0;
    while (at < s->count && strcmp(s->names[at], name) < 0) {
        at++;
    }
    if (at < s->count && strcmp(s->names[at], name) == 0) {
        return;
    }
    memmove(s->names + at + 1, s->names + at, (s->count - at) * sizeof *s->names);
    s->names[at] = mem_text(name);
    if (++s->count > KEPT) {
        mem_free(s->names[--s->count]);
    }
}

/* What it would cost, or -1: not near enough to be kept. */
static int cost_of(const struct search *s, const char *name)
{
    size_t length = strlen(name);
    size_t apart = length > s->length ? length - s->length : s->length - length;
    if (length < 2 || length > NAME_MOST || (int)apart * OTHER > s->best) {
        return -1;
    }
    int cost = distance(s->wanted, s->length, name, length);
    return cost <= s->best ? cost : -1;
}

static void take(struct search *s, const char *name, int cost)
{
    if (cost < s->best) {
        forget(s);
        s->best = cost;
    }
    keep(s, name);
}

static void offer(struct search *s, const char *name)
{
    int cost = cost_of(s, name);
    if (cost >= 0) {
        take(s, name, cost);
    }
}

/* ---- where names come from ---- */

static bool is_late(const struct search *s)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > s->end.tv_sec ||
           (now.tv_sec == s->end.tv_sec && now.tv_nsec > s->end.tv_nsec);
}

static bool is_program(int folder, const char *name)
{
    struct stat info;
    return fstatat(folder, name, &info, 0) == 0 && S_ISREG(info.st_mode) &&
           faccessat(folder, name, X_OK, 0) == 0;
}

static void offer_folder(struct search *s, const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return;
    }
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        int cost = cost_of(s, entry->d_name);
        if (cost >= 0 && is_program(dirfd(folder), entry->d_name)) {
            take(s, entry->d_name, cost);
        }
        if (++s->seen % LOOK_AT_CLOCK == 0 && is_late(s)) {
            break;
        }
    }
    closedir(folder);
}

static void offer_path(struct shell *sh, struct search *s)
{
    const char *path = variable_by_name(sh, "PATH");
    while (path != NULL && *path != '\0' && !is_late(s)) {
        size_t length = strcspn(path, ":");
        char *folder = mem_text_n(path, length);
        if (*folder == '/') {
            offer_folder(s, folder);
        }
        mem_free(folder);
        path += length + (path[length] == ':');
    }
}

static void offer_names(struct shell *sh, enum name_kind kind, struct search *s)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    size_t count = 0;
    struct symbol **list = name_list(sh, kind, &count);
    for (size_t i = 0; i < count; i++) {
        offer(s, list[i]->text);
    }
    arena_release(&sh->scratch, mark);
}

static void offer_builtins(const struct shell *sh, struct search *s)
{
    for (int i = 0; i < BUILTIN_SETS; i++) {
        const struct builtin_set *set = &sh->exec->builtins[i];
        for (size_t row = 0; row < set->count; row++) {
            offer(s, set->rows[row].name);
        }
    }
}

void spell_commands(struct shell *sh, const char *name, struct buf *to)
{
    struct search s = {.wanted = name, .length = strlen(name)};
    s.best = allowed(s.length);
    if (s.best == 0 || s.length > NAME_MOST) {
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &s.end);
    s.end.tv_nsec += MILLISECONDS * 1000000L;
    s.end.tv_sec += s.end.tv_nsec / 1000000000L;
    s.end.tv_nsec %= 1000000000L;
    offer_builtins(sh, &s);
    offer_names(sh, NAME_ALIAS, &s);
    offer_names(sh, NAME_FUNCTION, &s);
    offer_path(sh, &s);
    for (size_t i = 0; i < s.count; i++) {
        buf_puts(to, i == 0 ? "" : i + 1 < s.count ? ", " : " or ");
        quote_add_visible(to, s.names[i], strlen(s.names[i]), NAME_MOST);
    }
    forget(&s);
}
