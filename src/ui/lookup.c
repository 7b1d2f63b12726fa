/* lookup.c -- a child that looks programs up along PATH for the colours of the line. */
#include "ui/lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "exec/private.h"
#include "exec/search.h"
#include "os/children.h"
#include "os/fd.h"
#include "os/launch.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/aside.h"

enum { MOMENT = 50, QUESTION_MOST = 65536, SOCKET = 3 };

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

/* A question: the working directory, PATH, the name, and "d" when folders count (autocd), each
   ended by a NUL. */
static char answer(struct shell *sh, const char *question)
{
    const char *path = question + strlen(question) + 1;
    const char *name = path + strlen(path) + 1;
    bool folders = name[strlen(name) + 1] == 'd';
    struct stat info;
    struct arena_mark mark = arena_mark(&sh->scratch);
    bool relative = folders || strchr(name, '/') != NULL || *path != '/';
    for (const char *at = strchr(path, ':'); at != NULL; at = strchr(at + 1, ':')) {
        relative = relative || at[1] != '/';
    }
    bool there = !relative || *name == '/' || chdir(question) == 0;
    bool found = there && command_search(sh, name, *path == '\0' ? NULL : path) != NULL;
    found = found || (there && folders && stat(name, &info) == 0 && S_ISDIR(info.st_mode));
    arena_release(&sh->scratch, mark);
    return found ? LOOKUP_FOUND : LOOKUP_NONE;
}

/* Until the shell closes its end. */
static _Noreturn void be_child(struct shell *sh)
{
    static const char name[] = "swish-lookup";
    struct buf question = {0};
    char *room = buf_reserve(&question, QUESTION_MOST);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, name);
    syscall(SYS_close_range, (unsigned)SOCKET + 1, ~0U, 0U);
    for (;;) {
        ssize_t count = recv(SOCKET, room, QUESTION_MOST, 0);
        if (count <= 0) {
            _exit(0);
        }
        char said = answer(sh, room);
        if (send(SOCKET, &said, 1, MSG_NOSIGNAL) != 1) {
            _exit(0);
        }
    }
}

static bool start(struct shell *sh, struct lookup *lookup)
{
    int ends[2];
    int nothing = fd_open("/dev/null", O_RDWR, 0);
    if (nothing < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        fd_close(nothing);
        return false;
    }
    ends[0] = fd_raise(ends[0]);
    ends[1] = fd_raise(ends[1]);
    struct launch_move moves[] = {{nothing, 0}, {nothing, 1}, {nothing, 2}, {ends[1], SOCKET}};
    struct launch launch;
    launch_init(&launch);
    launch.group = 0;
    launch.moves = moves;
    launch.move_count = sizeof moves / sizeof *moves;
    pid_t pid = aside_fork(NULL, &launch);
    if (pid == 0) {
        be_child(sh);
    }
    fd_close(ends[1]);
    fd_close(nothing);
    *lookup = (struct lookup){.pid = pid, .fd = ends[0]};
    private_add(sh, &lookup->fd);
    if (pid < 0) { /* it took its time to fail: no more of that */
        private_close(sh, &lookup->fd);
    }
    return pid > 0;
}

void lookup_end(struct shell *sh, struct lookup *lookup)
{
    if (lookup->pid > 0) {
        private_close(sh, &lookup->fd);
        children_kill_aside(lookup->pid);
        *lookup = (struct lookup){0};
    }
}

/* Answers that are there already; false: the child has ended. */
static bool take_owed(struct lookup *lookup)
{
    char said;
    while (lookup->owed > 0) {
        ssize_t count = recv(lookup->fd, &said, 1, MSG_DONTWAIT);
        if (count != 1) {
            return count < 0 && errno == EAGAIN;
        }
        lookup->owed--;
    }
    return true;
}

/* False: the child has ended. */
static bool ask(struct lookup *lookup, const struct buf *question, enum lookup_result *result)
{
    char said = LOOKUP_UNKNOWN;
    if (send(lookup->fd, question->data, question->length, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        return errno == EMSGSIZE;
    }
    lookup->owed++;
    long count = aside_read(lookup->fd, &said, 1, aside_now() + MOMENT);
    if (count > 0) {
        lookup->owed--;
        *result = said == LOOKUP_FOUND ? LOOKUP_FOUND : LOOKUP_NONE;
    }
    return count != 0;
}

static void put(struct buf *to, const char *text)
{
    buf_add(to, text == NULL ? "" : text, text == NULL ? 1 : strlen(text) + 1);
}

enum lookup_result lookup_program(struct shell *sh, struct lookup *lookup, const char *name)
{
    enum lookup_result result = LOOKUP_UNKNOWN;
    struct buf question = {0};
    if (lookup->pid > 0 && !take_owed(lookup)) {
        lookup_end(sh, lookup);
    }
    if (lookup->owed > 0 || lookup->pid < 0 || (lookup->pid == 0 && !start(sh, lookup))) {
        return LOOKUP_UNKNOWN;
    }
    put(&question, sh->directory);
    put(&question, variable_by_name(sh, "PATH"));
    put(&question, name);
    put(&question, (sh->settings.options & OPT_AUTOCD) != 0 ? "d" : "");
    if (question.length < QUESTION_MOST && !ask(lookup, &question, &result)) {
        lookup_end(sh, lookup);
    }
    buf_free(&question);
    return result;
}
