/* process.c -- what else the process owns: stack limit, directory, user data bases. */
#include "os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/depth.h"
#include "os/children.h"
#include "os/fd.h"
#include "os/launch.h"

enum { MIB = 1 << 20, READ_SIZE = 16384, PATH_GUESS = 512 };

static const rlim_t stack_most = (rlim_t)120 * MIB;
static const size_t stack_reserve = (size_t)8 * MIB;
static const size_t stack_start_most = (size_t)6 * MIB;

/* Arguments and environment lie above the first frame and count against the limit. */
static size_t bytes_above(const char *local)
{
    uintptr_t top = getauxval(AT_EXECFN);
    uintptr_t here = (uintptr_t)local;
    return top > here && top - here < stack_start_most ? top - here : 0;
}

/* Raises the soft stack limit to at most 120 MiB, never above the hard one, and depth->limit to 8
   MiB less than it. False when that gives less than 8 MiB more. */
static bool grow_stack(struct depth *depth)
{
    struct rlimit stack;
    if (getrlimit(RLIMIT_STACK, &stack) != 0) {
        return false;
    }
    size_t above = bytes_above(depth->base);
    rlim_t soft = stack.rlim_cur;
    rlim_t next = stack.rlim_max < stack_most ? stack.rlim_max : stack_most;
    if (soft != RLIM_INFINITY && soft < next) {
        stack.rlim_cur = next;
    } else {
        next = soft < stack_most ? soft : stack_most;
    }
    if (next < depth->limit + above + 2 * stack_reserve) {
        return false;
    }
    if (stack.rlim_cur != soft) {
        if (setrlimit(RLIMIT_STACK, &stack) != 0) {
            return false;
        }
        depth->user_soft = soft;
        depth->raised = true;
    }
    depth->limit = (size_t)next - stack_reserve - above;
    return true;
}

void process_depth_start(struct depth *depth, const char *local)
{
    struct rlimit stack;
    size_t above = bytes_above(local);
    *depth = (struct depth){.base = local, .limit = stack_start_most, .grow = grow_stack};
    if (getrlimit(RLIMIT_STACK, &stack) != 0) {
        return;
    }
    depth->user_soft = stack.rlim_cur;
    if (stack.rlim_cur / 4 * 3 < stack_start_most + above) {
        size_t room = (size_t)stack.rlim_cur / 4 * 3;
        depth->limit = room > above + room / 4 ? room - above : room / 4;
    }
}

bool process_cwd(struct buf *to)
{
    for (size_t size = PATH_GUESS;; size *= 2) {
        char *place = buf_reserve(to, size);
        if (getcwd(place, size) != NULL) {
            to->length += strlen(place);
            return true;
        }
        if (errno != ERANGE) {
            return false;
        }
    }
}

static bool read_all(int fd, struct buf *to)
{
    long count;
    do {
        count = fd_read(fd, buf_reserve(to, READ_SIZE), READ_SIZE);
        if (count > 0) {
            to->length += (size_t)count;
        }
    } while (count > 0);
    return count == 0;
}

/* Field `index` of name:password:uid:gid:comment:home:shell. */
static bool add_field(struct buf *to, const char *line, size_t length, int index)
{
    const char *end = line + length;
    for (; index > 0; index--) {
        const char *colon = memchr(line, ':', (size_t)(end - line));
        if (colon == NULL) {
            return false;
        }
        line = colon + 1;
    }
    const char *colon = memchr(line, ':', (size_t)(end - line));
    buf_add(to, line, (size_t)((colon != NULL ? colon : end) - line));
    return true;
}

/* Adds the home directory from the user's line. */
static bool find_home(const struct buf *table, const char *user, struct buf *to)
{
    enum { HOME_FIELD = 5 };
    size_t length = strlen(user);
    const char *line = table->data;
    const char *end = line + table->length;
    while (line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t size = (size_t)((stop != NULL ? stop : end) - line);
        if (size > length && memcmp(line, user, length) == 0 && line[length] == ':') {
            return add_field(to, line, size, HOME_FIELD);
        }
        line += size + 1;
    }
    return false;
}

static bool home_from_file(const char *user, struct buf *to)
{
    int fd = fd_open("/etc/passwd", O_RDONLY, 0);
    if (fd < 0) {
        return false;
    }
    struct buf table = {0};
    bool found = read_all(fd, &table) && table.length > 0 && find_home(&table, user, to);
    fd_close(fd);
    buf_free(&table);
    return found;
}

/* What the program writes; false when it could not be started or read. */
static bool output_of(const char *path, char *const *argv, struct buf *to)
{
    int ends[2];
    if (!fd_pipe(ends)) {
        return false;
    }
    struct launch_move moves[] = {{ends[1], 1}, {LAUNCH_CLOSE, 2}};
    struct launch launch;
    launch_init(&launch);
    launch.path = path;
    launch.argv = argv;
    launch.environment = process_environment();
    launch.moves = moves;
    launch.move_count = sizeof moves / sizeof moves[0];
    pid_t pid = launch_spawn(&launch);
    fd_close(ends[1]);
    bool whole = pid > 0 && read_all(ends[0], to);
    fd_close(ends[0]);
    if (pid > 0) {
        struct child_change change;
        child_wait(pid, false, &change);
    }
    return whole;
}

/* The user may be known to a service that only the system's libc can ask. */
static bool home_from_getent(const char *user, struct buf *to)
{
    static const char path[] = "/usr/bin/getent";
    if (access(path, X_OK) != 0) {
        return false;
    }
    char name[] = "getent";
    char table_name[] = "passwd";
    struct buf key = {0};
    struct buf table = {0};
    buf_puts(&key, user);
    char *argv[] = {name, table_name, buf_text(&key), NULL};
    bool found = output_of(path, argv, &table) && table.length > 0 && find_home(&table, user, to);
    buf_free(&key);
    buf_free(&table);
    return found;
}

bool process_home(const char *user, struct buf *to)
{
    /* No name of a user; `getent` would take a dash for an option. */
    if (*user == '\0' || *user == '-' || strpbrk(user, ":\n/") != NULL) {
        return false;
    }
    return home_from_file(user, to) || home_from_getent(user, to);
}

bool process_is_setid(void)
{
    /* The kernel hands the ids over with the program: nobody needs to ask for them. */
    return getauxval(AT_SECURE) != 0 || getauxval(AT_UID) != getauxval(AT_EUID) ||
           getauxval(AT_GID) != getauxval(AT_EGID);
}

bool process_is_root(void)
{
    return (process_is_setid() ? geteuid() : getauxval(AT_EUID)) == 0;
}

bool process_drop_privileges(void)
{
    uid_t user = getuid();
    gid_t group = getgid();
    uid_t users[3];
    gid_t groups[3];
    if (geteuid() == 0 && user != 0 && setgroups(0, NULL) != 0) {
        return false;
    }
    if (setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0) {
        return false;
    }
    return getresuid(&users[0], &users[1], &users[2]) == 0 &&
           getresgid(&groups[0], &groups[1], &groups[2]) == 0 && users[0] == user &&
           users[1] == user && users[2] == user && groups[0] == group && groups[1] == group &&
           groups[2] == group;
}

char **process_environment(void)
{
    return environ;
}
