/* signal_names.c -- names and texts of signals, from our own table: libcs differ. */
#include <stddef.h>
#include <stdio.h>

#include "base/number.h"
#include "os/signals.h"

/* What every program on Linux means by these names; a libc that keeps more signals for itself only
   moves its own macro. */
enum { REAL_TIME_FIRST = 34, REAL_TIME_LAST = 64, REAL_TIME_MIDDLE = 49 };

struct signal_row {
    int number;
    const char *name;
    const char *text; /* NULL: another name of a signal that has a row already */
};

static const struct signal_row rows[] = {
    {SIGHUP, "HUP", "Hangup"},
    {SIGINT, "INT", "Interrupt"},
    {SIGQUIT, "QUIT", "Quit"},
    {SIGILL, "ILL", "Illegal instruction"},
    {SIGTRAP, "TRAP", "Trace/breakpoint trap"},
    {SIGABRT, "ABRT", "Aborted"},
    {SIGBUS, "BUS", "Bus error"},
    {SIGFPE, "FPE", "Floating point exception"},
    {SIGKILL, "KILL", "Killed"},
    {SIGUSR1, "USR1", "User defined signal 1"},
    {SIGSEGV, "SEGV", "Segmentation fault"},
    {SIGUSR2, "USR2", "User defined signal 2"},
    {SIGPIPE, "PIPE", "Broken pipe"},
    {SIGALRM, "ALRM", "Alarm clock"},
    {SIGTERM, "TERM", "Terminated"},
#ifdef SIGSTKFLT
    {SIGSTKFLT, "STKFLT", "Stack fault"},
#endif
    {SIGCHLD, "CHLD", "Child exited"},
    {SIGCONT, "CONT", "Continued"},
    {SIGSTOP, "STOP", "Stopped (signal)"},
    {SIGTSTP, "TSTP", "Stopped"},
    {SIGTTIN, "TTIN", "Stopped (tty input)"},
    {SIGTTOU, "TTOU", "Stopped (tty output)"},
    {SIGURG, "URG", "Urgent I/O condition"},
    {SIGXCPU, "XCPU", "CPU time limit exceeded"},
    {SIGXFSZ, "XFSZ", "File size limit exceeded"},
    {SIGVTALRM, "VTALRM", "Virtual timer expired"},
    {SIGPROF, "PROF", "Profiling timer expired"},
    {SIGWINCH, "WINCH", "Window changed"},
    {SIGIO, "IO", "I/O possible"},
#ifdef SIGPWR
    {SIGPWR, "PWR", "Power failure"},
#endif
    {SIGSYS, "SYS", "Bad system call"},
    {SIGCHLD, "CLD", NULL},
    {SIGABRT, "IOT", NULL},
    {SIGIO, "POLL", NULL},
};

enum { ROOM_NAME = 16, ROOM_TEXT = 32, ROW_COUNT = sizeof rows / sizeof rows[0] };

static const struct signal_row *find_row(int number)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].number == number && rows[i].text != NULL) {
            return &rows[i];
        }
    }
    return NULL;
}

static bool is_real_time(int number)
{
    return number >= REAL_TIME_FIRST && number <= REAL_TIME_LAST;
}

const char *signal_name(int number, char *room)
{
    const struct signal_row *row = find_row(number);
    if (row != NULL) {
        return row->name;
    }
    if (!is_real_time(number)) {
        return NULL;
    }
    if (number == REAL_TIME_FIRST || number == REAL_TIME_LAST) {
        return number == REAL_TIME_FIRST ? "RTMIN" : "RTMAX";
    }
    if (number <= REAL_TIME_MIDDLE) {
        snprintf(room, ROOM_NAME, "RTMIN+%d", number - REAL_TIME_FIRST);
    } else {
        snprintf(room, ROOM_NAME, "RTMAX-%d", REAL_TIME_LAST - number);
    }
    return room;
}

const char *signal_text(int number, char *room)
{
    const struct signal_row *row = find_row(number);
    if (row != NULL) {
        return row->text;
    }
    if (is_real_time(number)) {
        snprintf(room, ROOM_TEXT, "Real-time signal %d", number - REAL_TIME_FIRST);
    } else {
        snprintf(room, ROOM_TEXT, "Signal %d", number);
    }
    return room;
}

static char upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

/* The bytes of `text` after `prefix` in either case, or NULL. */
static const char *after(const char *text, const char *prefix)
{
    for (; *prefix != '\0'; prefix++, text++) {
        if (upper(*text) != *prefix) {
            return NULL;
        }
    }
    return text;
}

static bool same(const char *text, const char *name)
{
    const char *rest = after(text, name);
    return rest != NULL && *rest == '\0';
}

/* RTMIN, RTMIN+N, RTMAX, RTMAX-N; -1 for anything else. */
static int real_time_number(const char *text)
{
    bool from_last = false;
    unsigned long offset = 0;
    const char *rest = after(text, "RTMIN");
    if (rest == NULL) {
        rest = after(text, "RTMAX");
        from_last = true;
    }
    if (rest == NULL) {
        return -1;
    }
    if (*rest != '\0') {
        if (*rest != (from_last ? '-' : '+') ||
            !number_parse(rest + 1, REAL_TIME_LAST - REAL_TIME_FIRST, &offset)) {
            return -1;
        }
    }
    return from_last ? REAL_TIME_LAST - (int)offset : REAL_TIME_FIRST + (int)offset;
}

int signal_number(const char *text)
{
    unsigned long value;
    if (number_parse(text, SIGNALS_MAX - 1, &value)) {
        return (int)value;
    }
    const char *bare = after(text, "SIG");
    if (bare == NULL) {
        bare = text;
    }
    if (same(bare, "EXIT")) {
        return 0;
    }
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (same(bare, rows[i].name)) {
            return rows[i].number;
        }
    }
    return real_time_number(bare);
}
