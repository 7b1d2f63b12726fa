/* git_state.c -- `git status` in the background of a prompt. */
#include "ui/git_state.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"
#include "exec/line.h"
#include "exec/private.h"
#include "exec/search.h"
#include "exec/trap.h"
#include "os/children.h"
#include "os/fd.h"
#include "os/launch.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/ui.h"

enum { NICE = 10, PIECE = 4096, MOST = 1 << 20 };

/* What it finds, in the order of the marks. */
enum { CHANGED = 1 << 0, STAGED = 1 << 1, UNTRACKED = 1 << 2, ALL = (1 << 3) - 1 };
static const char marks[] = "*+?";

struct git_state {
    struct buf tree; /* what `known` is about */
    unsigned known;
    bool wanted;
    bool current;   /* the answer that is waited for is about `tree` */
    pid_t pid;      /* of the last git that was started; 0: none */
    unsigned found; /* in its answer so far */
    size_t taken;
    size_t column; /* in the line of the answer */
};

void git_state_want(struct ui *ui, const char *directory, size_t length)
{
    if (ui->git == NULL) {
        ui->git = mem_zero(sizeof *ui->git);
    }
    struct git_state *state = ui->git;
    if (state->tree.length != length || memcmp(state->tree.data, directory, length) != 0) {
        state->tree.length = 0;
        buf_add(&state->tree, directory, length);
        state->known = 0;
        state->current = false;
    }
    state->wanted = true;
}

void git_state_fill(const struct ui *ui, const char *prompt, struct buf *to)
{
    const char *place = strstr(prompt, GIT_STATE_PLACE);
    while (place != NULL) {
        buf_add(to, prompt, (size_t)(place - prompt));
        for (int i = 0; marks[i] != '\0'; i++) {
            if (ui->git != NULL && (ui->git->known >> i & 1) != 0) {
                buf_putc(to, marks[i]);
            }
        }
        prompt = place + strlen(GIT_STATE_PLACE);
        place = strstr(prompt, GIT_STATE_PLACE);
    }
    buf_puts(to, prompt);
}

/* The child leads a group of its own, sees neither terminal nor input, and takes no lock that a git
   of the user's would meet. What the repository's settings would have run (a monitor of the file
   system, git in submodules) is not asked for. Returns its pid. */
static pid_t launch_git(struct shell *sh, const char *path, const char *tree, int output)
{
    const char *const words[] = {path,
                                 "--no-optional-locks",
                                 "-C",
                                 tree,
                                 "-c",
                                 "core.fsmonitor=false",
                                 "status",
                                 "--porcelain",
                                 "--ignore-submodules=dirty",
                                 NULL};
    char *argv[sizeof words / sizeof *words];
    memcpy(argv, words, sizeof words);
    int null = fd_open("/dev/null", O_RDWR, 0);
    const struct launch_move moves[] = {{null, 0}, {output, 1}, {null, 2}};
    struct launch launch;
    launch_init(&launch);
    launch.path = path;
    launch.argv = argv;
    launch.environment = variable_environment(sh);
    launch.moves = moves;
    launch.move_count = sizeof moves / sizeof *moves;
    launch.group = 0;
    trap_fill_revert(sh, &launch.revert);
    children_watch(false);
    children_hold(true);
    pid_t pid = null < 0 ? -1 : launch_spawn(&launch);
    if (pid > 0) {
        setpriority(PRIO_PROCESS, (id_t)pid, NICE);
        children_set_aside(pid);
    }
    children_hold(false);
    fd_close(null);
    return pid;
}

static bool has_input(void)
{
    struct pollfd input = {.fd = 0, .events = POLLIN};
    return poll(&input, 1, 0) > 0;
}

void git_state_start(struct ui *ui, struct line *line)
{
    struct git_state *state = ui->git;
    struct shell *sh = ui->sh;
    if (state == NULL || !state->wanted || has_input() || !children_may_set_aside()) {
        return; /* no room: some were killed, but wait for a file system that does not answer */
    }
    state->wanted = false;
    state->current = true;
    struct arena_mark mark = arena_mark(&sh->scratch);
    const char *path = command_search(sh, "git", variable_by_name(sh, "PATH"));
    int ends[2];
    if (path != NULL && fd_pipe(ends)) {
        state->pid = launch_git(sh, path, buf_text(&state->tree), ends[1]);
        fd_close(ends[1]);
        state->found = 0;
        state->taken = 0;
        state->column = 0;
        line->wake = ends[0];
        private_add(sh, &line->wake);
    }
    arena_release(&sh->scratch, mark);
}

/* Each line is `XY name`: X is how the index differs from HEAD, Y how the file does from that. */
static void take(struct git_state *state, char byte)
{
    if (byte == '\n') {
        state->column = 0;
        return;
    }
    if (state->column < 2 && byte != ' ') {
        state->found |= byte == '?' ? UNTRACKED : state->column == 0 ? STAGED : CHANGED;
    }
    state->column++;
}

bool git_state_read(struct ui *ui, struct line *line)
{
    struct git_state *state = ui->git;
    char piece[PIECE];
    long count = fd_read(line->wake, piece, sizeof piece);
    for (long i = 0; i < count; i++) {
        take(state, piece[i]);
    }
    state->taken += count > 0 ? (size_t)count : 0;
    if (count > 0 && state->found != ALL && state->taken < MOST) {
        return false;
    }
    git_state_stop(ui, line);
    bool differs = state->current && state->known != state->found;
    state->known = state->current ? state->found : state->known;
    return differs;
}

void git_state_stop(struct ui *ui, struct line *line)
{
    if (ui->git != NULL && line->wake >= 0) {
        private_close(ui->sh, &line->wake);
        children_kill_aside(ui->git->pid);
    }
}

void git_state_free(struct ui *ui)
{
    if (ui->git != NULL) {
        buf_free(&ui->git->tree);
        mem_free(ui->git);
        ui->git = NULL;
    }
}
