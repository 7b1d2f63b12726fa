/* manual.c -- finds the manual page of a program, and keeps what it says of options in a file. */
#include "ui/manual.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h> /* rename */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/out.h"
#include "exec/search.h"
#include "os/fd.h"
#include "os/launch.h"
#include "os/signals.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/aside.h"
#include "ui/candidates.h"

enum { TEXT_MOST = 4 << 20, NAME_MOST = 100, LIMIT = 300, RUN_LIMIT = 10000 };

/* What the options of a name are read from. */
struct manual {
    const char *name;
    struct buf source; /* path of the page or the program */
    struct stat info;
    bool page;
};

/* ---- where it stands ---- */

/* Programs that do nothing else when they are asked for help. */
static bool is_safe(const char *path)
{
    static const char names[] =
        " awk b2sum base32 base64 basename bash bzip2 cat chcon chgrp chmod chown chroot cksum cmp "
        "comm cp cpio csplit curl cut date dd df diff diff3 dircolors dirname dpkg du env expand "
        "expr factor fmt fold gawk gcc git grep groups gzip head hostid id install join less link "
        "ln logname ls make md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od "
        "paste patch pathchk pinky pr ptx readlink realpath rm rmdir rsync runcon sdiff sed seq "
        "sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf "
        "stty sum tac tail tar tee timeout touch tr truncate tsort tty uname unexpand uniq unlink "
        "users vdir wc wget who whoami xargs xz zstd ";
    static const char *const folders[] = {"/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/"};
    const char *name = strrchr(path, '/') + 1;
    struct buf wanted = {0};
    buf_addf(&wanted, " %s ", name);
    bool known = strstr(names, buf_text(&wanted)) != NULL;
    buf_free(&wanted);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (known && strncmp(path, folders[i], (size_t)(name - path)) == 0 &&
            folders[i][name - path] == '\0') {
            return true;
        }
    }
    return false;
}

/* FOLDER/man1/NAME.1, packed or not. */
static bool find_in(const char *folder, size_t length, struct manual *manual)
{
    static const char *const sections[] = {"1", "8", "6"};
    static const char *const endings[] = {"", ".gz", ".bz2", ".xz", ".zst"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        for (size_t j = 0; j < sizeof endings / sizeof *endings; j++) {
            manual->source.length = 0;
            buf_add(&manual->source, folder, length);
            buf_addf(&manual->source, "/man%s/%s.%s%s", sections[i], manual->name, sections[i],
                     endings[j]);
            if (stat(buf_text(&manual->source), &manual->info) == 0 &&
                S_ISREG(manual->info.st_mode)) {
                return true;
            }
        }
    }
    return false;
}

/* As man does it: an empty part of MANPATH stands for the usual folders. */
static bool find_page(struct shell *sh, const char *program, struct manual *manual)
{
    const char *path = variable_by_name(sh, "MANPATH");
    const char *bin = strrchr(program, '/');
    struct buf all = {0};
    buf_puts(&all, path == NULL ? "" : path);
    bool usual = path == NULL || *path == '\0' || *path == ':' || strstr(path, "::") != NULL ||
                 path[strlen(path) - 1] == ':';
    while (usual && bin > program && bin[-1] != '/') {
        bin--;
    }
    if (usual && bin != NULL && bin > program) {
        int length = (int)(bin - program - 1);
        buf_addf(&all, ":%.*s/share/man:%.*s/man", length, program, length, program);
    }
    buf_puts(&all, usual ? ":/usr/local/share/man:/usr/share/man" : "");
    bool found = false;
    for (const char *at = buf_text(&all); *at != '\0' && !found;) {
        size_t length = strcspn(at, ":");
        found = length > 0 && find_in(at, length, manual);
        at += length + (at[length] != '\0');
    }
    buf_free(&all);
    return found;
}

static bool find_source(struct shell *sh, const char *program, struct manual *manual)
{
    manual->page = find_page(sh, program, manual);
    if (!manual->page) {
        manual->source.length = 0;
        buf_puts(&manual->source, program);
    }
    return manual->page || (is_safe(program) && stat(program, &manual->info) == 0);
}

/* ---- what it says ---- */

static void read_all(int fd, struct buf *text, long long until)
{
    long count = 1;
    while (count > 0 && text->length < TEXT_MOST) {
        char *room = buf_reserve(text, 65536);
        count = aside_read(fd, room, 65536, until);
        text->length += count > 0 ? (size_t)count : 0;
    }
}

/* Its output, with nothing to read. */
static void run(struct shell *sh, const char *program, const char *option, const char *operand,
                struct buf *text)
{
    char *argv[] = {mem_text(program), mem_text(option), operand == NULL ? NULL : mem_text(operand),
                    NULL};
    int ends[2];
    struct launch launch;
    int nothing = fd_open("/dev/null", O_RDWR, 0);
    launch_init(&launch);
    if (nothing < 0 || !fd_pipe(ends)) {
        return; /* this process ends in a moment */
    }
    struct launch_move moves[] = {{nothing, 0}, {ends[1], 1}, {nothing, 2}};
    launch.path = argv[0];
    launch.argv = argv;
    launch.environment = variable_environment(sh);
    launch.moves = moves;
    launch.move_count = sizeof moves / sizeof *moves;
    pid_t pid = launch_spawn(&launch);
    fd_close(ends[1]);
    if (pid > 0) {
        read_all(ends[0], text, aside_now() + RUN_LIMIT);
        kill(pid, SIGKILL);
    }
    fd_close(ends[0]);
    fd_close(nothing);
    for (size_t i = 0; i < sizeof argv / sizeof *argv; i++) {
        mem_free(argv[i]);
    }
}

static bool ends_with(const struct buf *path, const char *ending)
{
    size_t length = strlen(ending);
    return path->length > length && memcmp(path->data + path->length - length, ending, length) == 0;
}

static void read_page(struct shell *sh, struct buf *path, struct buf *text)
{
    static const struct {
        const char *ending;
        const char *program;
    } unpackers[] = {{".gz", "gzip"}, {".bz2", "bzip2"}, {".xz", "xz"}, {".zst", "zstd"}};
    for (size_t i = 0; i < sizeof unpackers / sizeof *unpackers; i++) {
        if (ends_with(path, unpackers[i].ending)) {
            const char *program = command_search(sh, unpackers[i].program, NULL);
            if (program != NULL) {
                run(sh, program, "-dc", buf_text(path), text);
            }
            return;
        }
    }
    int fd = fd_open(buf_text(path), O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    if (fd >= 0) {
        read_all(fd, text, aside_now() + RUN_LIMIT);
        fd_close(fd);
    }
}

/* `.so man1/other.1`: another page, in the folder around this one's. */
static bool go_on(struct manual *manual, struct buf *text)
{
    char *said = buf_text(text);
    char *slash = memrchr(manual->source.data, '/', manual->source.length);
    if (strncmp(said, ".so ", 4) != 0 || slash == NULL) {
        return false;
    }
    said += 4;
    said[strcspn(said, " \t\n")] = '\0';
    const char *base = strrchr(said, '/') == NULL ? said : strrchr(said, '/') + 1;
    size_t length = strcspn(base, ".");
    char *name = mem_text_n(base, length);
    struct buf folder = {0};
    slash = memrchr(manual->source.data, '/', (size_t)(slash - manual->source.data));
    buf_add(&folder, manual->source.data,
            slash == NULL ? 0 : (size_t)(slash - manual->source.data));
    struct manual other = {.name = name};
    bool found = find_in(buf_text(&folder), folder.length, &other);
    if (found) {
        buf_free(&manual->source);
        manual->source = other.source;
    } else {
        buf_free(&other.source);
    }
    mem_free(name);
    buf_free(&folder);
    text->length = 0;
    return found;
}

static void read_options(struct shell *sh, struct manual *manual, struct buf *options)
{
    struct buf text = {0};
    if (manual->page) {
        read_page(sh, &manual->source, &text);
        if (go_on(manual, &text)) {
            read_page(sh, &manual->source, &text);
        }
    } else {
        run(sh, buf_text(&manual->source), "--help", NULL, &text);
    }
    manual_parse(buf_text(&text), manual->page, options);
    buf_free(&text);
}

/* ---- the file it is kept in ---- */

/* Not in somebody else's home. */
static bool find_kept(struct shell *sh, const struct manual *manual, struct buf *path)
{
    const char *cache = variable_by_name(sh, "XDG_CACHE_HOME");
    const char *home = variable_by_name(sh, "HOME");
    struct stat info;
    if (cache != NULL && *cache == '/') {
        buf_addf(path, "%s/swish/options/%s", cache, manual->name);
        return true;
    }
    if (home == NULL || *home != '/' || stat(home, &info) != 0 || info.st_uid != geteuid()) {
        return false;
    }
    buf_addf(path, "%s/.cache/swish/options/%s", home, manual->name);
    return true;
}

/* The first line: it holds as long as what it was read from is the same. */
static void put_key(struct manual *manual, struct buf *to)
{
    const struct stat *info = &manual->info;
    buf_addf(to, "%s %lld.%09ld %lld\n", buf_text(&manual->source), (long long)info->st_mtim.tv_sec,
             info->st_mtim.tv_nsec, (long long)info->st_size);
}

static bool read_kept(const char *path, const struct buf *key, struct buf *options)
{
    struct stat info;
    int fd = fd_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW, 0);
    if (fd < 0) {
        return false;
    }
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid()) {
        read_all(fd, options, aside_now() + LIMIT);
    }
    fd_close(fd);
    bool same =
        options->length >= key->length && memcmp(buf_text(options), key->data, key->length) == 0;
    if (!same) {
        options->length = 0;
    }
    return same;
}

/* Whole, or not at all. */
static void keep(const char *path, const struct buf *options)
{
    struct buf other = {0};
    buf_addf(&other, "%s.%ld", path, (long)getpid());
    char *name = buf_text(&other);
    for (char *slash = strchr(name + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(name, 0700);
        *slash = '/';
    }
    unlink(name);
    int fd = fd_open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (fd >= 0) {
        bool whole = out_write_all(fd, options->data, options->length) == 0;
        whole = fd_close(fd) && whole;
        if (!whole || rename(name, path) != 0) {
            unlink(name);
        }
    }
    buf_free(&other);
}

/* In a process of its own, which goes on when nobody waits for it any more. */
static void make(struct shell *sh, struct manual *manual, const struct buf *key, const char *path,
                 struct buf *options)
{
    int ends[2];
    struct launch launch;
    launch_init(&launch);
    launch.group = 0;
    if (!fd_pipe(ends)) {
        return;
    }
    pid_t pid = launch_fork(&launch);
    if (pid == 0) {
        fd_close(ends[0]);
        signal_set(SIGALRM, SIGNAL_DEFAULT);
        alarm(RUN_LIMIT / 1000);
        buf_add(options, key->data, key->length);
        read_options(sh, manual, options);
        if (*path != '\0') {
            keep(path, options);
        }
        out_write_all(ends[1], options->data, options->length);
        _exit(0);
    }
    fd_close(ends[1]);
    if (pid > 0) {
        read_all(ends[0], options, aside_now() + LIMIT);
    }
    fd_close(ends[0]);
}

/* ---- candidates ---- */

static void add_lines(char *text, struct candidates *to)
{
    char *line = NULL;
    strsep(&text, "\n"); /* the key */
    while ((line = strsep(&text, "\n")) != NULL) {
        char *tab = strchr(line, '\t');
        if (tab != NULL && *line == '-') {
            *tab = '\0';
            candidates_add_noted(to, line, tab + 1);
        }
    }
}

/* False: there is no such page, and the program is not to be asked. */
static bool add_from(struct shell *sh, const char *program, const char *name, bool page,
                     struct candidates *to)
{
    struct manual manual = {.name = name};
    struct buf key = {0};
    struct buf path = {0};
    struct buf options = {0};
    bool found = page ? find_page(sh, program, &manual) : find_source(sh, program, &manual);
    manual.page = manual.page || page;
    if (found) {
        bool keeps = find_kept(sh, &manual, &path);
        put_key(&manual, &key);
        if (!keeps || !read_kept(buf_text(&path), &key, &options)) {
            make(sh, &manual, &key, buf_text(&path), &options);
        }
        add_lines(buf_text(&options), to);
    }
    buf_free(&manual.source);
    buf_free(&key);
    buf_free(&path);
    buf_free(&options);
    return found;
}

static bool is_name(const char *text)
{
    return *text != '\0' && *text != '.' && *text != '-' && strlen(text) < NAME_MOST &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-[") ==
               strlen(text);
}

void manual_options(struct shell *sh, const char *command, const char *first, struct candidates *to)
{
    const char *base = strrchr(command, '/') == NULL ? command : strrchr(command, '/') + 1;
    const char *program = command_search(sh, command, variable_by_name(sh, "PATH"));
    struct buf both = {0};
    if (!is_name(base) || program == NULL || strchr(program, '/') == NULL) {
        return;
    }
    buf_addf(&both, "%s-%s", base, first);
    bool inner = is_name(first) && is_name(buf_text(&both)) &&
                 add_from(sh, program, buf_text(&both), true, to);
    if (!inner) {
        add_from(sh, program, base, false, to);
    }
    buf_free(&both);
}
