/* os_tools.h -- what the tests of src/os share: every case in a process of its own. */
#ifndef SWISH_TESTS_OS_TOOLS_H
#define SWISH_TESTS_OS_TOOLS_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "os/children.h"
#include "os/launch.h"
#include "os/process.h"
#include "unit.h"

enum { OS_PATIENCE = 100 }; /* seconds a case may take */

/* A test that runs in a fresh process, so that dispositions and statics are those of a new shell.
 */
#define CASE(NAME)                                                                                 \
    static bool case_##NAME(void);                                                                 \
    TEST(NAME)                                                                                     \
    {                                                                                              \
        CHECK(in_child(case_##NAME));                                                              \
    }                                                                                              \
    static bool case_##NAME(void)

/* Ends the case, or the child of a case, with a message when the condition does not hold. */
#define MUST(CONDITION) must(__FILE__, __LINE__, #CONDITION, (CONDITION))

static inline void must(const char *file, int line, const char *what, bool held)
{
    if (!held) {
        dprintf(2, "%s:%d: %s (errno %d)\n", file, line, what, errno);
        _exit(1);
    }
}

static inline bool in_child(bool (*body)(void))
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        alarm(OS_PATIENCE);
        _exit(body() ? 0 : 1);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (status != 0) {
        dprintf(2, "case ended with wait status %#x\n", (unsigned)status);
    }
    return status == 0;
}

static inline void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
}

static inline size_t open_descriptors(void)
{
    size_t count = 0;
    for (int fd = 0; fd < 1024; fd++) {
        count += fcntl(fd, F_GETFD) >= 0;
    }
    return count;
}

/* The letter after the name in /proc/PID/stat: 'Z' zombie, 'T' stopped, 'S' asleep; 0: no such. */
static inline char process_state(pid_t pid)
{
    char text[512];
    snprintf(text, sizeof text, "/proc/%d/stat", (int)pid);
    int fd = open(text, O_RDONLY | O_CLOEXEC);
    ssize_t count = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    close(fd);
    text[count > 0 ? count : 0] = '\0';
    char *end = strrchr(text, ')');
    return end != NULL ? end[2] : '\0';
}

static inline void await_state(pid_t pid, char state)
{
    while (process_state(pid) != state) {
        nap();
    }
}

/* No child is left, dead or alive. */
static inline bool childless(void)
{
    return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

/* `sh -c TEXT` as a launch; argv points into `room`. */
struct shell_words {
    char name[8];
    char option[8];
    char text[512];
    char *argv[4];
};

static inline void launch_shell(struct launch *launch, struct shell_words *room, const char *text)
{
    launch_init(launch);
    *room = (struct shell_words){0};
    snprintf(room->name, sizeof room->name, "sh");
    snprintf(room->option, sizeof room->option, "-c");
    snprintf(room->text, sizeof room->text, "%s", text);
    room->argv[0] = room->name;
    room->argv[1] = room->option;
    room->argv[2] = room->text;
    room->argv[3] = NULL;
    launch->path = "/bin/sh";
    launch->argv = room->argv;
    launch->environment = process_environment();
}

/* Is the signal ignored in a program started by this launch, which is filled here? */
static inline bool ignored_by(struct launch *launch, int number)
{
    static const char *const digits[] = {"13579bdf", "2367abef", "4567cdef", "89abcdef"};
    struct child_change change;
    char name[] = "grep";
    char option[] = "-q";
    char file[] = "/proc/self/status";
    char pattern[64];
    char *argv[] = {name, option, pattern, file, NULL};
    snprintf(pattern, sizeof pattern, "^SigIgn:.*[%s].\\{%d\\}$", digits[(number - 1) % 4],
             (number - 1) / 4);
    launch->path = "/bin/grep";
    launch->argv = argv;
    launch->environment = process_environment();
    pid_t pid = launch_spawn(launch);
    return pid > 0 && child_wait(pid, false, &change) && change.status == 0;
}

static inline bool ignored_in_child(int number)
{
    struct launch launch;
    launch_init(&launch);
    return ignored_by(&launch, number);
}

#endif
