/* line.c -- the plain line reader. */
#include "exec/line.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/out.h"
#include "exec/exec.h"
#include "exec/job.h"
#include "exec/trap.h"
#include "os/signals.h"
#include "os/terminal.h"
#include "state/shell.h"

enum { LINE_MOST = 4096 };

static void show_prompt(struct line *line)
{
    out_write_all(2, line->prompt.data, line->prompt.length);
}

/* set -b: a job that has something to tell is told about at once. */
static bool must_notify(struct shell *sh)
{
    if ((sh->settings.options & OPT_NOTIFY) == 0) {
        return false;
    }
    jobs_update(sh);
    for (const struct job *job = jobs_first(sh); job != NULL; job = job->next) {
        if (job->changed) {
            return true;
        }
    }
    return false;
}

/* Will a trap action run? */
static bool must_act(const struct shell *sh)
{
    for (int i = 1; i < TRAPS; i++) {
        if (trap_is_caught(sh, i) && signal_is_pending(i)) {
            return true;
        }
    }
    return false;
}

/* The editor clears the place for what is printed; the plain reader only for notices. */
static void print_aside(struct line *line, bool notices)
{
    const struct line_events *events = line->events;
    bool drawn = events != NULL && events->leave != NULL && (notices || must_act(line->sh));
    if (drawn) {
        events->leave(line);
    }
    if (notices) {
        out_write_all(2, "\n", drawn ? 0 : 1);
        jobs_notify(line->sh);
    }
    if (notices && !drawn) {
        show_prompt(line);
    }
    line->flow = trap_run_pending(line->sh);
    if (drawn) {
        events->again(line);
    }
}

bool line_attend(struct line *line)
{
    struct shell *sh = line->sh;
    bool interrupted = signal_is_pending(SIGINT);
    line->hung_up = line->hung_up || signal_is_pending(SIGHUP);
    if (line->events != NULL && line->events->woken != NULL) {
        line->events->woken(line);
    }
    print_aside(line, must_notify(sh));
    if (line->flow == FLOW_EXIT) {
        line->status = sh->status;
    } else if (interrupted) {
        sh->status = 128 + SIGINT;
    }
    return line->flow == FLOW_NEXT && !interrupted;
}

/* A read from the background stops us or fails; sleeping before it would hide that. */
static bool in_background(void)
{
    pid_t owner = terminal_owner(0);
    return owner >= 0 && owner != getpgrp();
}

enum { INPUT, WAKE, INPUTS };

/* Sleeps with the signals let in until there is input (0), something to attend to (EINTR), or, with
   a limit, too long (ETIMEDOUT). */
static int sleep_for_input(struct shell *sh, struct pollfd *inputs, const struct timespec *limit)
{
    sigset_t old;
    int error = EINTR;
    signals_block(&old);
    if (!signal_any_pending() && !must_notify(sh)) {
        int count = ppoll(inputs, inputs == NULL ? 0 : INPUTS, limit, &old);
        error = count < 0 ? errno : count == 0 ? ETIMEDOUT : 0;
    }
    signals_unblock(&old);
    return error;
}

static int64_t now_in_milliseconds(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* As above, up to the time `end` (0: for ever); EAGAIN when there is only what wakes the editor. */
static int sleep_until(struct line *line, int64_t end)
{
    struct pollfd inputs[INPUTS] = {
        [INPUT] = {.fd = 0, .events = POLLIN}, [WAKE] = {.fd = line->wake, .events = POLLIN}};
    int64_t left = end == 0 ? 0 : end - now_in_milliseconds();
    left = left < 0 ? 0 : left;
    struct timespec limit = {.tv_sec = (time_t)(left / 1000), .tv_nsec = left % 1000 * 1000000};
    int error = sleep_for_input(line->sh, inputs, end == 0 ? NULL : &limit);
    return error == 0 && inputs[INPUT].revents == 0 ? EAGAIN : error;
}

bool line_wait(struct line *line)
{
    int64_t end = line->limit == 0 ? 0 : now_in_milliseconds() + (int64_t)line->limit * 1000;
    for (;;) {
        int error = in_background() ? 0 : sleep_until(line, end);
        if (error == 0 && !signal_any_pending()) {
            return true;
        }
        if (error == EAGAIN && line->events != NULL) {
            line->events->ready(line);
        } else if ((error != 0 && error != EINTR) || !line_attend(line)) {
            errno = error == 0 ? EINTR : error;
            return false;
        }
    }
}

/* One read. -1 and errno, EINTR when the line is abandoned. */
static long read_piece(struct line *line, char *room, size_t size)
{
    while (line_wait(line)) {
        ssize_t n = read(0, room, size);
        if (n >= 0 || errno != EINTR) {
            return n;
        }
        if (!line_attend(line)) {
            errno = EINTR;
            break;
        }
    }
    return -1;
}

/* A terminal gives one line at most; of anything else not a byte more than a line may be taken. */
static size_t read_size(void)
{
    struct termios modes;
    return terminal_get_modes(0, &modes) && (modes.c_lflag & ICANON) != 0 ? LINE_MOST : 1;
}

/* The end of what was a terminal: a hangup, whose signal comes a moment after it woke us. The first
   thing to be seen of it is a read that fails with EIO, while the modes can still be had. */
bool line_is_hung_up(struct line *line, bool failed)
{
    const struct timespec moment = {.tv_sec = 1};
    struct termios modes;
    const char *action = line->sh->exec->traps[SIGHUP];
    bool lost = (failed && errno == EIO) || (!terminal_get_modes(0, &modes) && errno == EIO);
    if (!lost) {
        return false;
    }
    bool comes = action == NULL ? !signal_ignored_on_entry(SIGHUP) : *action != '\0';
    if (comes && !line->hung_up && sleep_for_input(line->sh, NULL, &moment) == EINTR &&
        !line_attend(line)) {
        errno = EINTR;
    } else {
        errno = EIO;
    }
    return true;
}

bool line_read(struct line *line)
{
    struct buf *text = &line->text;
    size_t size = read_size();
    show_prompt(line);
    if (line->events != NULL && line->events->idle != NULL) {
        line->events->idle(line);
    }
    text->length = 0;
    line->cut = false;
    while (text->length == 0 || text->data[text->length - 1] != '\n') {
        char *room = buf_reserve(text, size);
        long n = read_piece(line, room, size);
        if (n < 0) {
            (void)(errno == EIO && line_is_hung_up(line, true));
            return false;
        }
        if (n == 0) {
            if (size > 1 && line_is_hung_up(line, false)) {
                return false;
            }
            line->cut = text->length > 0;
            break;
        }
        text->length += (size_t)n;
    }
    return true;
}
