/* run.c -- run cases, many at once, each in a directory and a session of its own. */
#include "spec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT_MS = 10000, GRACE_MS = 200, OUTPUT_MAX = 64 << 20, ACTIVE_MAX = 64 };

static long long now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void fail(const char *what)
{
    fprintf(stderr, "spec: %s: %s\n", what, strerror(errno));
    exit(2);
}

static bool list_has(const struct list *list, const char *item)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], item) == 0) {
            return true;
        }
    }
    return false;
}

bool run_mode_fits(const struct spec_case *spec, const char *mode)
{
    bool wrap = strcmp(mode, "subshell") == 0 || strcmp(mode, "capture") == 0;

    if (spec->file_only) {
        return strcmp(mode, "script") == 0;
    }
    if (strcmp(mode, "stdin") == 0 && spec->has_input) {
        return false;
    }
    if (spec->modes.count > 0) {
        return list_has(&spec->modes, mode) || (!wrap && list_has(&spec->modes, "nowrap"));
    }
    return true;
}

/* ---- the child ---- */

static void write_file(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "we");

    if (file == NULL || fwrite(text->bytes, 1, text->length, file) != text->length ||
        fclose(file) != 0) {
        fail(path);
    }
}

/* The wrap modes put the whole body under a subshell mark. */
static struct text wrapped(const struct spec_case *spec, const char *mode)
{
    static const char capture_end[] =
        "\n); s__=$?; [ -z \"$v__\" ] || printf '%s\\n' \"$v__\"; exit $s__\n";
    struct text body = {0};

    if (strcmp(mode, "subshell") == 0) {
        text_add(&body, "( ", 2);
    } else if (strcmp(mode, "capture") == 0) {
        text_add(&body, "v__=$( ", 7);
    }
    text_add(&body, spec->script.length > 0 ? spec->script.bytes : "", spec->script.length);
    if (strcmp(mode, "subshell") == 0) {
        text_add(&body, "\n)\n", 3);
    } else if (strcmp(mode, "capture") == 0) {
        text_add(&body, capture_end, sizeof(capture_end) - 1);
    }
    return body;
}

static void clean_environment(const struct run *run)
{
    clearenv();
    setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
    setenv("LC_ALL", "C", 1);
    setenv("HOME", "/nonexistent", 1);
    setenv("SH", run->shell, 1);
    for (size_t i = 0; i < run->spec->env.count; i++) {
        char *entry = run->spec->env.items[i];
        char *equals = strchr(entry, '=');

        if (equals == NULL) {
            unsetenv(entry);
        } else {
            char *name = strndup(entry, (size_t)(equals - entry));

            setenv(name, equals + 1, 1);
            free(name);
        }
    }
}

static void default_signals(void)
{
    sigset_t none;

    sigemptyset(&none);
    for (int s = 1; s < NSIG; s++) {
        signal(s, SIG_DFL);
    }
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* SHELL [-o noinline] -c TEXT swish ARGS, or SHELL SCRIPT ARGS. */
static void exec_shell(const struct run *run, const char *script, const char *body)
{
    const struct spec_case *spec = run->spec;
    struct list argv = {0};
    char *copy = strdup(run->shell);
    char *rest = copy;
    char *word;

    while ((word = strsep(&rest, " ")) != NULL) {
        list_add(&argv, word, strlen(word));
    }
    if (strcmp(run->mode, "noinline") == 0 || strncmp(run->mode, "door=", 5) == 0) {
        list_add(&argv, "-o", 2);
        list_add(&argv, run->mode, strlen(run->mode));
    }
    if (strcmp(run->mode, "script") == 0) {
        list_add(&argv, script, strlen(script));
    } else if (strcmp(run->mode, "stdin") == 0) {
        list_add(&argv, "-s", 2);
    } else {
        list_add(&argv, "-c", 2);
        list_add(&argv, body, strlen(body));
        if (spec->args.count > 0) {
            list_add(&argv, "swish", 5);
        }
    }
    for (size_t i = 0; i < spec->args.count; i++) {
        list_add(&argv, spec->args.items[i], strlen(spec->args.items[i]));
    }
    argv.items = realloc(argv.items, (argv.count + 1) * sizeof(char *));
    argv.items[argv.count] = NULL;
    execvp(argv.items[0], argv.items);
    fail(argv.items[0]);
}

static void run_child(const struct run *run, int out, int err)
{
    char path[5000];
    char script[5000];
    const char *input = "/dev/null";
    struct text body = wrapped(run->spec, run->mode);
    int in;

    snprintf(script, sizeof(script), "%s/script", run->home);
    write_file(script, &body);
    snprintf(path, sizeof(path), "%s/input", run->home);
    if (run->spec->has_input) {
        write_file(path, &run->spec->input);
        input = path;
    } else if (strcmp(run->mode, "stdin") == 0) {
        input = script;
    }
    in = open(input, O_RDONLY);
    snprintf(path, sizeof(path), "%s/dir", run->home);
    if (in < 0 || mkdir(path, 0777) != 0 || chdir(path) != 0) {
        fail(path);
    }
    setsid();
    umask(022);
    dup2(in, 0);
    dup2(out, 1);
    dup2(err, 2);
    for (int fd = 3; fd < 256; fd++) {
        close(fd);
    }
    default_signals();
    clean_environment(run);
    exec_shell(run, script, body.bytes);
}

/* ---- the watcher ---- */

static void start(struct run *run)
{
    const char *tmp = getenv("TMPDIR");
    int out[2];
    int err[2];

    snprintf(run->home, sizeof(run->home), "%s/spec.XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(run->home) == NULL || pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) {
        fail(run->home);
    }
    fflush(stdout);
    run->pid = fork();
    if (run->pid < 0) {
        fail("fork");
    }
    if (run->pid == 0) {
        run_child(run, out[1], err[1]);
        _exit(2);
    }
    close(out[1]);
    close(err[1]);
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    fcntl(err[0], F_SETFL, O_NONBLOCK);
    run->out_fd = out[0];
    run->err_fd = err[0];
    run->deadline = now_ms() + LIMIT_MS;
}

static void drain(int fd, struct text *to)
{
    char chunk[65536];
    ssize_t got;

    while ((got = read(fd, chunk, sizeof(chunk))) > 0) {
        if (to->length < OUTPUT_MAX) {
            text_add(to, chunk, (size_t)got);
        }
    }
}

/* Whether the process lives in the session; /proc/PID/stat is "PID (NAME) STATE PPID PGRP SID ...".
 */
static bool lives_in_session(const char *pid, pid_t session)
{
    char path[300];
    char line[1024];
    long sid = -1;
    char state = 'Z';
    FILE *file;
    char *at;

    snprintf(path, sizeof(path), "/proc/%s/stat", pid);
    file = fopen(path, "re");
    if (file == NULL) {
        return false;
    }
    if (fgets(line, sizeof(line), file) != NULL && (at = strrchr(line, ')')) != NULL) {
        state = at[2];
        strtol(at + 3, &at, 10);
        strtol(at, &at, 10);
        sid = strtol(at, NULL, 10);
    }
    fclose(file);
    return sid == session && state != 'Z' && state != 'X';
}

static int session_members(pid_t session, bool end_them)
{
    DIR *proc = opendir("/proc");
    struct dirent *entry;
    int found = 0;

    while (proc != NULL && (entry = readdir(proc)) != NULL) {
        if (entry->d_name[0] < '0' || entry->d_name[0] > '9' ||
            !lives_in_session(entry->d_name, session)) {
            continue;
        }
        found++;
        if (end_them) {
            kill((pid_t)strtol(entry->d_name, NULL, 10), SIGKILL);
        }
    }
    if (proc != NULL) {
        closedir(proc);
    }
    return found;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st;
    (void)where;
    if (type == FTW_DNR) {
        return 0;
    }
    remove(path);
    return 0;
}

static int open_up(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st;
    (void)where;
    if (type == FTW_D || type == FTW_DNR) {
        chmod(path, 0700);
    }
    return 0;
}

static void remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    if (access(path, F_OK) == 0) {
        nftw(path, open_up, 16, FTW_PHYS);
        nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    }
}

/* Processes that are just about to end are given a moment; what lives after it is a survivor. */
static void finish(struct run *run, int status)
{
    long long until = now_ms() + (run->timed_out ? 0 : GRACE_MS);

    run->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    while ((run->survivors = session_members(run->pid, false)) > 0 && now_ms() < until) {
        usleep(5000);
    }
    if (run->survivors > 0) {
        while (session_members(run->pid, true) > 0) {
            usleep(1000);
        }
    }
    drain(run->out_fd, &run->out);
    drain(run->err_fd, &run->err);
    close(run->out_fd);
    close(run->err_fd);
    remove_tree(run->home);
    run->finished = true;
}

/* True when it has ended. */
static bool look_after(struct run *run)
{
    int status;

    drain(run->out_fd, &run->out);
    drain(run->err_fd, &run->err);
    if (!run->timed_out && now_ms() > run->deadline) {
        run->timed_out = true;
        session_members(run->pid, true);
        kill(run->pid, SIGKILL);
    }
    if (waitpid(run->pid, &status, WNOHANG) != run->pid) {
        return false;
    }
    finish(run, status);
    return true;
}

static void on_child(int signal_number)
{
    (void)signal_number;
}

/* Sleeps until a run says or does something; SIGCHLD is blocked outside of ppoll. */
static void wait_for_news(struct run **active, size_t count, const sigset_t *mask)
{
    struct pollfd fds[2 * ACTIVE_MAX];
    struct timespec longest = {.tv_sec = 0, .tv_nsec = 100000000};
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        fds[n++] = (struct pollfd){.fd = active[i]->out_fd, .events = POLLIN};
        fds[n++] = (struct pollfd){.fd = active[i]->err_fd, .events = POLLIN};
    }
    ppoll(fds, n, &longest, mask);
    for (size_t i = 0; i < n; i++) {
        /* A closed pipe would be reported at once, again and again. */
        if ((fds[i].revents & (POLLHUP | POLLIN)) == POLLHUP) {
            usleep(500);
            break;
        }
    }
}

void run_all(struct run *runs, size_t count, size_t limit,
             void (*done)(struct run *run, void *context), void *context)
{
    struct run *active[ACTIVE_MAX];
    size_t running = 0;
    size_t next = 0;
    size_t reported = 0;
    sigset_t child;
    sigset_t open_mask;

    signal(SIGCHLD, on_child);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &open_mask);
    while (reported < count) {
        while (running < limit && running < ACTIVE_MAX && next < count) {
            start(&runs[next]);
            active[running++] = &runs[next++];
        }
        wait_for_news(active, running, &open_mask);
        for (size_t i = 0; i < running;) {
            if (look_after(active[i])) {
                active[i] = active[--running];
            } else {
                i++;
            }
        }
        while (reported < count && runs[reported].finished) {
            done(&runs[reported], context);
            free(runs[reported].out.bytes);
            free(runs[reported].err.bytes);
            reported++;
        }
    }
}
