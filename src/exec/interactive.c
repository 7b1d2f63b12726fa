/* interactive.c -- the loop at a terminal, over the plain line reader. */
#include "exec/interactive.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/out.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/job.h"
#include "exec/run.h"
#include "exec/trap.h"
#include "expand/expand.h"
#include "os/process.h"
#include "os/signals.h"
#include "os/terminal.h"
#include "state/history.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/source.h"

enum { EOF_MOST = 10, LINE_MOST = 4096 };

/* ---- the plain line reader ---- */

struct reader {
    struct shell *sh;
    struct buf line;
    struct buf command; /* all lines of the command being read, for the history */
    int lines;          /* read so far */
    int status;         /* of the last command */
    int ends;           /* ends of file in a row that did not end the shell */
    bool cut;           /* the last line ended with the input, not with a newline */
    bool warned;        /* about stopped jobs, at the last prompt */
    enum flow flow;     /* of a trap action that ran while reading */
};

/* XCU 2.5.3, PS1: ! is the number of the next command, !! is an exclamation mark; $! stays. */
static void add_numbers(struct shell *sh, const char *text, struct buf *to)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '!' || (at > text && at[-1] == '$')) {
            buf_putc(to, *at);
        } else if (at[1] == '!') {
            buf_putc(to, *at++);
        } else {
            buf_addf(to, "%d", history_last(sh) + 1);
        }
    }
}

static void prompt(struct shell *sh, bool starts)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct buf numbered = {0};
    int status = sh->status;
    const char *value = variable_by_name(sh, starts ? "PS1" : "PS2");
    if (value != NULL && starts && strchr(value, '!') != NULL) {
        add_numbers(sh, value, &numbered);
        value = buf_text(&numbered);
    }
    if (value != NULL) {
        const char *text = expand_prompt(sh, value);
        out_write_all(2, text, strlen(text));
    }
    sh->status = status;
    buf_free(&numbered);
    arena_release(&sh->scratch, mark);
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

/* What came instead of input. False: the line being typed is abandoned. */
static bool attend(struct reader *reader, bool starts)
{
    struct shell *sh = reader->sh;
    bool interrupted = signal_is_pending(SIGINT);
    if (must_notify(sh)) {
        out_write_all(2, "\n", 1);
        jobs_notify(sh);
        prompt(sh, starts);
    }
    reader->flow = trap_run_pending(sh);
    if (reader->flow == FLOW_EXIT) {
        reader->status = sh->status;
    } else if (interrupted) {
        sh->status = 128 + SIGINT;
    }
    return reader->flow == FLOW_NEXT && !interrupted;
}

/* A read from the background stops us or fails; sleeping before it would hide that. */
static bool in_background(void)
{
    pid_t owner = terminal_owner(0);
    return owner >= 0 && owner != getpgrp();
}

/* Sleeps with the signals let in until there is input (0), something to attend to (EINTR), or, with
   a limit, too long (ETIMEDOUT). */
static int sleep_for_input(struct shell *sh, struct pollfd *input, const struct timespec *limit)
{
    sigset_t old;
    int error = EINTR;
    signals_block(&old);
    if (!signal_any_pending() && !must_notify(sh)) {
        int count = ppoll(input, input == NULL ? 0 : 1, limit, &old);
        error = count < 0 ? errno : count == 0 ? ETIMEDOUT : 0;
    }
    signals_unblock(&old);
    return error;
}

/* One read. -1 and errno, EINTR when the line is abandoned. */
static long read_piece(struct reader *reader, bool starts, char *room, size_t size)
{
    struct pollfd input = {.fd = 0, .events = POLLIN};
    for (;;) {
        int error = in_background() ? 0 : sleep_for_input(reader->sh, &input, NULL);
        if (error == 0) {
            ssize_t n = read(0, room, size);
            if (n >= 0 || errno != EINTR) {
                return n;
            }
        } else if (error != EINTR) {
            errno = error;
            return -1;
        }
        if (!attend(reader, starts)) {
            errno = EINTR;
            return -1;
        }
    }
}

/* A terminal gives one line at most; of anything else not a byte more than a line may be taken. */
static size_t read_size(void)
{
    struct termios modes;
    return terminal_get_modes(0, &modes) && (modes.c_lflag & ICANON) != 0 ? LINE_MOST : 1;
}

/* The end of what was a terminal: a hangup, whose signal comes a moment after it woke us. */
static bool is_hung_up(struct reader *reader, bool starts)
{
    const struct timespec moment = {.tv_sec = 1};
    struct termios modes;
    const char *action = reader->sh->exec->traps[SIGHUP];
    if (terminal_get_modes(0, &modes) || errno != EIO) {
        return false;
    }
    bool comes = action == NULL ? !signal_ignored_on_entry(SIGHUP) : *action != '\0';
    if (comes && sleep_for_input(reader->sh, NULL, &moment) == EINTR && !attend(reader, starts)) {
        errno = EINTR;
    } else {
        errno = EIO;
    }
    return true;
}

/* Up to a newline or the end of the input; false and errno on failure. */
static bool read_line(struct reader *reader, bool starts)
{
    struct buf *line = &reader->line;
    size_t size = read_size();
    line->length = 0;
    reader->cut = false;
    while (line->length == 0 || line->data[line->length - 1] != '\n') {
        char *room = buf_reserve(line, size);
        long n = read_piece(reader, starts, room, size);
        if (n < 0) {
            return false;
        }
        if (n == 0) {
            if (size > 1 && is_hung_up(reader, starts)) {
                return false;
            }
            reader->cut = line->length > 0;
            break;
        }
        line->length += (size_t)n;
    }
    reader->lines += line->length > 0;
    return true;
}

/* Before PS1: what happened in the background, and what is past. */
static void begin_command(struct reader *reader)
{
    struct exec *ex = reader->sh->exec;
    reader->command.length = 0;
    reader->status = reader->sh->status;
    jobs_reach_foreground(reader->sh);
    jobs_notify(reader->sh);
    /* The warning counts for the very next command only. */
    ex->warned_stopped = ex->warned_stopped && !reader->warned;
    reader->warned = ex->warned_stopped;
}

static bool next_line(struct source *source, bool starts)
{
    struct reader *reader = source->context;
    struct shell *sh = reader->sh;
    struct buf *line = &reader->line;
    if (starts) {
        begin_command(reader);
    } else if (reader->cut) {
        reader->cut = false;
        return false;
    }
    prompt(sh, starts);
    if (!read_line(reader, starts)) {
        source->error = errno;
        return false;
    }
    if ((sh->settings.options & OPT_VERBOSE) != 0) {
        out_write_all(2, line->data, line->length);
    }
    buf_add(&reader->command, line->data, line->length);
    source->at = line->data;
    source->end = line->data + line->length;
    reader->ends = line->length > 0 ? 0 : reader->ends;
    return line->length > 0;
}

/* ---- start-up files ---- */

static void run_if_there(struct shell *sh, const char *path)
{
    enum flow flow = FLOW_NEXT;
    if (access(path, R_OK) == 0 && run_file(sh, path, 0, &flow) && flow == FLOW_EXIT) {
        exec_exit(sh);
    }
}

static void run_profiles(struct shell *sh)
{
    run_if_there(sh, "/etc/profile");
    const char *home = variable_by_name(sh, "HOME");
    if (home != NULL) {
        struct buf path = {0};
        buf_addf(&path, "%s/.profile", home);
        run_if_there(sh, buf_text(&path));
        buf_free(&path);
    }
}

static const char default_env[] = "${XDG_CONFIG_HOME:-${HOME-}/.config}/swish/rc";

/* XCU sh, ENV: for an interactive shell whose real and effective ids are the same. */
static void run_env(struct shell *sh)
{
    if (process_is_setid()) {
        return;
    }
    const char *value = variable_by_name(sh, "ENV");
    struct arena_mark mark = arena_mark(&sh->scratch);
    const char *path = expand_prompt(sh, value != NULL ? value : default_env);
    if (*path != '\0') {
        run_if_there(sh, path);
    }
    arena_release(&sh->scratch, mark);
}

void interactive_start(struct shell *sh, bool login, unsigned off)
{
    if (sh->interactive) {
        trap_set_interactive(sh);
        if ((off & OPT_MONITOR) == 0 && isatty(2)) {
            option_set(sh, OPT_MONITOR, true);
            if (!jobs_monitor(sh, true)) {
                option_set(sh, OPT_MONITOR, false);
            }
        }
        if ((off & OPT_HISTORY) == 0) {
            option_set(sh, OPT_HISTORY, true);
        }
    }
    if (login) {
        run_profiles(sh);
    }
    if (sh->interactive) {
        run_env(sh);
    }
}

/* ---- the loop ---- */

/* At the end of the input: does the shell stay? */
static bool refuse_end(struct reader *reader)
{
    struct shell *sh = reader->sh;
    if ((sh->settings.options & OPT_IGNOREEOF) != 0 && ++reader->ends < EOF_MOST) {
        out_write_all(2, "\n", 1);
        error_print(sh, "use `exit' to leave the shell");
        return true;
    }
    out_write_all(2, "\n", 1);
    if (jobs_any_stopped(sh) && !sh->exec->warned_stopped) {
        sh->exec->warned_stopped = true;
        error_print(sh, "there are stopped jobs");
        return true;
    }
    return false;
}

static void after_interrupt(struct shell *sh)
{
    if (sh->status == 128 + SIGINT) {
        signal_forget(SIGINT);
        out_write_all(2, "\n", 1); /* behind the ^C */
    }
    sh->exec->unwinding = false;
    sh->exec->loop_depth = 0;
}

/* Commands until one leaves the loop, an error, an interrupt or the end of the input. True: on with
   the next prompt. */
static bool run_some(struct reader *reader)
{
    struct shell *sh = reader->sh;
    struct source source = {.line = reader->lines + 1,
                            .more = next_line,
                            .context = reader,
                            .record = &reader->command};
    reader->flow = FLOW_NEXT;
    enum flow flow = run_source(sh, &source, 0);
    if (reader->flow == FLOW_EXIT) {
        sh->status = reader->status;
        return false;
    }
    if (flow == FLOW_EXIT) {
        return false;
    }
    if (source.error != 0 && source.error != EINTR) {
        return false;
    }
    if (flow != FLOW_NEXT) {
        after_interrupt(sh);
        return true;
    }
    sh->status = reader->status;
    return refuse_end(reader);
}

void interactive_run(struct shell *sh)
{
    struct reader reader = {.sh = sh};
    while (run_some(&reader)) {
    }
    buf_free(&reader.line);
    buf_free(&reader.command);
}
