/* test_launch.c -- children as data: what they get, and what happens when they cannot be born. */
#include "os/launch.h"

#include <grp.h>
#include <sys/stat.h>

#include "os/children.h"
#include "os/fd.h"
#include "os/signals.h"
#include "os_tools.h"

enum { STORM_SPAWNS = 10000, STORM_FORKS = 1000, LONG_REPLAY = 300000 };

static int status_of(pid_t pid)
{
    struct child_change change;
    return child_wait(pid, false, &change) && change.pid == pid ? change.status : -1;
}

static int shell_status(struct launch *launch)
{
    pid_t pid = launch_spawn(launch);
    return pid > 0 ? status_of(pid) : -1;
}

CASE(a_program_gets_arguments_environment_and_status)
{
    struct launch launch;
    struct shell_words words;
    char variable[] = "A.B=odd name";
    char *environment[] = {variable, NULL};
    signals_reset();
    launch_shell(&launch, &words, "tr '\\0' '\\n' </proc/$$/environ | grep -q '^A.B=odd name$'");
    launch.environment = environment;
    MUST(shell_status(&launch) == 0);
    launch_shell(&launch, &words, "exit 41");
    MUST(shell_status(&launch) == 41 << 8 && launch.exec_error == 0 && launch.failed_fd == -1);
    launch_shell(&launch, &words, "kill -9 $$");
    MUST(shell_status(&launch) == SIGKILL && childless());
    return true;
}

CASE(moves_are_made_in_order)
{
    struct launch launch;
    struct shell_words words;
    signals_reset();
    size_t before = open_descriptors();
    int ends[2];
    MUST(fd_pipe(ends));
    int in = fd_from_text("hello\n", 6);
    struct launch_move moves[] = {
        {in, 0},           {ends[1], 1},      {1, 5}, {ends[0], ends[0]}, {2, 6},
        {LAUNCH_CLOSE, 6}, {LAUNCH_CLOSE, 77}};
    launch_shell(&launch, &words,
                 "read x; echo $x; echo five >&5; (: >&6) 2>/dev/null || echo shut");
    launch.moves = moves;
    launch.move_count = sizeof moves / sizeof moves[0];
    MUST(shell_status(&launch) == 0);
    char text[64] = "";
    MUST(fd_read(ends[0], text, sizeof text) == 16);
    MUST(strcmp(text, "hello\nfive\nshut\n") == 0);
    MUST(fcntl(ends[0], F_GETFD) == FD_CLOEXEC); /* only the child's copy lost it */
    MUST(fd_close(ends[0]) && fd_close(ends[1]) && fd_close(in));
    MUST(open_descriptors() == before);
    return true;
}

CASE(nothing_of_ours_leaks_into_a_program)
{
    struct launch launch;
    struct shell_words words;
    signals_reset();
    int ends[2];
    for (int fd = 3; fd < 30; fd++) {
        close(fd);
    }
    MUST(fd_pipe(ends) && fd_open("/dev/null", O_RDONLY, 0) >= 0 && fd_from_text("x", 1) >= 0);
    launch_shell(
        &launch, &words,
        "n=3; while [ $n -lt 30 ]; do test ! -e /proc/$$/fd/$n || exit 1; n=$((n+1)); done");
    MUST(shell_status(&launch) == 0);
    return true;
}

static bool fails_with(const char *path, int error)
{
    struct launch launch;
    struct shell_words words;
    launch_shell(&launch, &words, "");
    launch.path = path;
    MUST(launch_spawn(&launch) == 0 && launch.exec_error == error && launch.failed_fd == -1);
    MUST(childless());
    return true;
}

CASE(a_failed_exec_is_told)
{
    char script[] = "/tmp/test_launch.XXXXXX";
    int fd = mkstemp(script);
    MUST(fd >= 0 && write(fd, "echo x\n", 7) == 7 && fchmod(fd, 0755) == 0 && close(fd) == 0);
    signals_reset();
    for (int watched = 0; watched < 2; watched++) {
        for (int i = 0; i < 100; i++) {
            MUST(fails_with("/nope", ENOENT) && fails_with("/etc/passwd/x", ENOTDIR));
            MUST(fails_with("/etc/passwd", EACCES) && fails_with(script, ENOEXEC));
        }
        children_watch(true);
    }
    unlink(script);
    struct child_change change;
    MUST(!children_next(&change));
    return true;
}

CASE(a_list_too_long_is_told)
{
    struct launch launch;
    char name[] = "true";
    char *big = malloc(200000);
    memset(big, 'x', 199999);
    big[199999] = '\0';
    char *argv[] = {name, big, NULL};
    signals_reset();
    launch_init(&launch);
    launch.path = "/bin/true";
    launch.argv = argv;
    launch.environment = process_environment();
    MUST(launch_spawn(&launch) == 0 && launch.exec_error == E2BIG);
    free(big);
    return true;
}

CASE(a_failed_move_is_told)
{
    struct launch launch;
    struct shell_words words;
    struct launch_move moves[] = {{1, 7}, {88, 5}, {1, 8}};
    signals_reset();
    launch_shell(&launch, &words, "exit 0");
    launch.moves = moves;
    launch.move_count = 3;
    MUST(launch_spawn(&launch) == 0 && launch.exec_error == EBADF && launch.failed_fd == 5);
    MUST(childless());
    pid_t pid = launch_fork(&launch);
    if (pid == 0) {
        _exit(launch.exec_error == EBADF && launch.failed_fd == 5 && fd_access(7) >= 0 ? 0 : 1);
    }
    MUST(status_of(pid) == 0 && launch.exec_error == 0);
    return true;
}

CASE(dispositions_are_given)
{
    struct launch launch;
    signals_reset();
    signal_set(SIGTERM, SIGNAL_IGNORE);
    signal_set(SIGTSTP, SIGNAL_IGNORE);
    signal_set(SIGUSR1, SIGNAL_CATCH);
    signal_set(SIGPIPE, SIGNAL_SWALLOW);
    MUST(!ignored_in_child(SIGINT) && ignored_in_child(SIGTERM) && !ignored_in_child(SIGPIPE));
    launch_init(&launch);
    sigaddset(&launch.ignore, SIGINT);
    sigaddset(&launch.ignore, SIGUSR1);
    sigaddset(&launch.revert, SIGTSTP);
    MUST(ignored_by(&launch, SIGINT) && ignored_by(&launch, SIGUSR1));
    MUST(ignored_by(&launch, SIGTERM) && !ignored_by(&launch, SIGTSTP));
    MUST(!ignored_in_child(SIGINT) && ignored_in_child(SIGTSTP));
    raise(SIGUSR1);
    MUST(signal_take(NULL) == SIGUSR1);

    pid_t pid = launch_fork(&launch);
    if (pid == 0) {
        /* The tables of this process know what was replayed. */
        signal_set(SIGINT, SIGNAL_DEFAULT);
        _exit(!ignored_in_child(SIGINT) && ignored_in_child(SIGUSR1) && ignored_in_child(SIGTERM) &&
                      !ignored_in_child(SIGTSTP)
                  ? 0
                  : 1);
    }
    MUST(status_of(pid) == 0);
    return true;
}

CASE(groups_are_made_and_joined)
{
    struct launch launch;
    struct shell_words words;
    signals_reset();
    launch_shell(&launch, &words, "kill -STOP $$");
    launch.group = 0;
    pid_t leader = launch_spawn(&launch);
    MUST(leader > 0 && getpgid(leader) == leader);
    launch.group = leader;
    pid_t member = launch_spawn(&launch);
    MUST(member > 0 && getpgid(member) == leader);
    pid_t forked = launch_fork(&launch);
    if (forked == 0) {
        _exit(getpgrp() == leader ? 0 : 1);
    }
    MUST(status_of(forked) == 0);
    launch.group = 0;
    forked = launch_fork(&launch);
    if (forked == 0) {
        raise(SIGSTOP);
        _exit(0);
    }
    MUST(getpgid(forked) == forked);
    kill(forked, SIGKILL);
    kill(-leader, SIGKILL);
    MUST(status_of(forked) == SIGKILL);
    MUST(status_of(leader) == SIGKILL && status_of(member) == SIGKILL && childless());
    return true;
}

CASE(exec_in_place_replaces_or_returns)
{
    struct launch launch;
    struct shell_words words;
    struct rlimit limit;
    signals_reset();
    launch_shell(&launch, &words, "exit 23");
    pid_t pid = launch_fork(&launch);
    if (pid == 0) {
        launch_exec(&launch);
        _exit(1);
    }
    MUST(status_of(pid) == 23 << 8);
    getrlimit(RLIMIT_STACK, &limit);
    struct rlimit small = {limit.rlim_cur / 2, limit.rlim_max};
    signal_set(SIGTSTP, SIGNAL_IGNORE);
    sigaddset(&launch.revert, SIGTSTP);
    launch.path = "/nope";
    launch.stack = &small;
    launch_exec(&launch);
    MUST(launch.exec_error == ENOENT && ignored_in_child(SIGTSTP));
    MUST(getrlimit(RLIMIT_STACK, &small) == 0 && small.rlim_cur == limit.rlim_cur);
    return true;
}

CASE(a_fork_clears_flags_and_catches_nothing)
{
    struct launch launch;
    signals_reset();
    signal_set(SIGUSR1, SIGNAL_CATCH);
    raise(SIGUSR1);
    launch_init(&launch);
    pid_t pid = launch_fork(&launch);
    if (pid == 0) {
        if (signal_any_pending()) {
            _exit(1);
        }
        raise(SIGUSR1);
        _exit(2);
    }
    MUST(status_of(pid) == SIGUSR1 && signal_take(NULL) == SIGUSR1);
    return true;
}

/* A child with that many moves stays between clone and exec long enough to be met there. */
static void make_long(struct launch *launch)
{
    struct launch_move *moves = malloc(LONG_REPLAY * sizeof *moves);
    for (size_t i = 0; i < LONG_REPLAY; i++) {
        moves[i] = (struct launch_move){2, 20};
    }
    launch->moves = moves;
    launch->move_count = LONG_REPLAY;
}

/* Sends to the first child of the process that is not ourselves. */
static void hit_first_child(pid_t parent, int number)
{
    char text[64];
    for (;;) {
        snprintf(text, sizeof text, "/proc/%d/task/%d/children", (int)parent, (int)parent);
        int fd = open(text, O_RDONLY);
        ssize_t count = read(fd, text, sizeof text - 1);
        close(fd);
        text[count > 0 ? count : 0] = '\0';
        char *rest = text;
        for (long pid; (pid = strtol(rest, &rest, 10)) > 0;) {
            if (pid != getpid()) {
                kill((pid_t)pid, number);
                _exit(0);
            }
        }
    }
}

CASE(a_caught_signal_in_an_unborn_child_kills_only_that)
{
    struct launch launch;
    struct shell_words words;
    signals_reset();
    signal_set(SIGTERM, SIGNAL_CATCH);
    signal_set(SIGPIPE, SIGNAL_SWALLOW);
    children_watch(true);
    launch_shell(&launch, &words, "exit 0");
    make_long(&launch);
    static const int numbers[] = {SIGTERM, SIGPIPE};
    for (int i = 0; i < 20; i++) {
        pid_t parent = getpid();
        pid_t hitter = fork();
        if (hitter == 0) {
            hit_first_child(parent, numbers[i % 2]);
        }
        pid_t pid = launch_spawn(&launch);
        MUST(pid > 0 && launch.exec_error == 0);
        MUST(status_of(pid) == numbers[i % 2] && status_of(hitter) == 0);
        MUST(!signal_any_pending());
        raise(SIGTERM);
        MUST(signal_take(NULL) == SIGTERM);
    }
    return childless();
}

/* Sends to the process or group, itself not caring, until it is killed or left alone. */
static pid_t start_storm(pid_t to)
{
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGUSR1, SIG_IGN);
        for (int i = 0; getppid() == parent; i++) {
            kill(to, i % 2 == 0 ? SIGUSR1 : SIGWINCH);
            if (i % 4 == 0) {
                nanosleep(&(struct timespec){.tv_nsec = 1000}, NULL);
            }
        }
        _exit(0);
    }
    return pid;
}

static unsigned storm_taken(void)
{
    unsigned taken = 0;
    for (int number; (number = signal_take(NULL)) != 0; taken++) {
        if (number != SIGUSR1 && number != SIGWINCH) {
            return 0;
        }
    }
    return taken;
}

CASE(a_storm_on_the_shell_loses_no_status)
{
    struct launch launch;
    signals_reset();
    signal_set(SIGUSR1, SIGNAL_CATCH);
    signal_set(SIGWINCH, SIGNAL_CATCH);
    char name[] = "true";
    char *argv[] = {name, NULL};
    launch_init(&launch);
    launch.path = "/bin/true";
    launch.argv = argv;
    launch.environment = process_environment();
    size_t before = open_descriptors();
    pid_t storm = start_storm(getpid());
    unsigned taken = 0;
    for (int i = 0; i < STORM_SPAWNS; i++) {
        if (i == STORM_SPAWNS / 2) {
            children_watch(true);
        }
        launch.path = i % 16 == 0 ? "/nope" : "/bin/true";
        pid_t pid = launch_spawn(&launch);
        MUST(i % 16 == 0 ? pid == 0 && launch.exec_error == ENOENT : pid > 0);
        MUST(pid == 0 || status_of(pid) == 0);
        taken += storm_taken();
    }
    kill(storm, SIGKILL);
    MUST(status_of(storm) == SIGKILL && taken > 100);
    storm_taken();
    MUST(!signal_any_pending() && childless() && open_descriptors() == before);
    MUST(children_deaths() == STORM_SPAWNS + 1);
    return true;
}

CASE(a_storm_on_the_group_kills_children_and_never_the_shell)
{
    struct launch launch;
    struct shell_words words;
    MUST(setpgid(0, 0) == 0);
    signals_reset();
    children_watch(false);
    signal_set(SIGUSR1, SIGNAL_CATCH);
    launch_shell(&launch, &words, "trap '' USR1; exit 5");
    pid_t storm = start_storm(0);
    int killed = 0;
    for (int i = 0; i < STORM_FORKS; i++) {
        pid_t pid = i % 4 == 3 ? launch_fork(&launch) : launch_spawn(&launch);
        if (pid == 0) {
            _exit(5);
        }
        MUST(pid > 0 && launch.exec_error == 0);
        int status = status_of(pid);
        MUST(status == 5 << 8 || status == SIGUSR1);
        killed += status == SIGUSR1;
        storm_taken();
    }
    kill(storm, SIGKILL);
    MUST(status_of(storm) == SIGKILL && killed > 0);
    storm_taken();
    MUST(!signal_any_pending() && childless());
    return true;
}

CASE(a_full_process_table_is_waited_for)
{
    if (getuid() != 0) {
        return true;
    }
    struct launch launch;
    struct shell_words words;
    const uid_t lonely = 1000000 + (uid_t)getpid(); /* a user with no other process */
    signals_reset();
    children_watch(false);
    MUST(setgroups(0, NULL) == 0 && setresgid(lonely, lonely, lonely) == 0);
    MUST(setrlimit(RLIMIT_NPROC, &(struct rlimit){2, 2}) == 0);
    MUST(setresuid(lonely, lonely, lonely) == 0);
    launch_shell(&launch, &words, "exec sleep 0.3");
    pid_t sleeper = launch_spawn(&launch);
    MUST(sleeper > 0);
    launch_shell(&launch, &words, "exit 6");
    pid_t pid = launch_spawn(&launch);
    MUST(pid > 0 && status_of(pid) == 6 << 8 && status_of(sleeper) == 0);

    launch_shell(&launch, &words, "exec sleep 100");
    sleeper = launch_spawn(&launch);
    struct timespec start;
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    MUST(launch_fork(&launch) == -1 && errno == EAGAIN);
    clock_gettime(CLOCK_MONOTONIC, &end);
    MUST(end.tv_sec - start.tv_sec >= 1 && end.tv_sec - start.tv_sec <= 4);
    kill(sleeper, SIGKILL);
    MUST(status_of(sleeper) == SIGKILL);
    return true;
}
