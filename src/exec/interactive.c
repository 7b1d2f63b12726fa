/* interactive.c -- the loop at a terminal, over one reader of lines or another. */
#include "exec/interactive.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/out.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/front.h"
#include "exec/job.h"
#include "exec/line.h"
#include "exec/run.h"
#include "exec/trap.h"
#include "expand/expand.h"
#include "os/signals.h"
#include "state/history.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/source.h"

enum { EOF_MOST = 10 };

/* ---- the source of lines ---- */

struct reader {
    struct shell *sh;
    struct line line;
    struct buf command; /* all lines of the command being read, for the history */
    int lines;          /* read so far */
    int ends;           /* ends of file in a row that did not end the shell */
    bool timed_out;     /* TMOUT */
    bool warned;        /* about stopped jobs, at the last prompt */
    bool announced;     /* preexec was told of what was read */
    bool noted;         /* what was read is in the history */
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

/* The text of PS1 or PS2 appended; $? stays. */
static void add_prompt(struct shell *sh, const char *name, struct buf *to)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct buf numbered = {0};
    int status = sh->status;
    const char *value = variable_by_name(sh, name);
    if (value != NULL && sh->exec->front->prompt != NULL) {
        buf_puts(to, sh->exec->front->prompt(sh, name, value));
    } else if (value != NULL) {
        if (strcmp(name, "PS1") == 0 && strchr(value, '!') != NULL) {
            add_numbers(sh, value, &numbered);
            value = buf_text(&numbered);
        }
        buf_puts(to, expand_prompt(sh, value));
    }
    sh->status = status;
    buf_free(&numbered);
    arena_release(&sh->scratch, mark);
}

static void note_command(struct reader *reader)
{
    struct shell *sh = reader->sh;
    reader->noted = true;
    if ((sh->settings.options & OPT_HISTORY) != 0) {
        history_remember(sh, reader->command.data, reader->command.length);
    } else {
        history_mark_current(sh, false);
    }
}

/* Before PS1: what happened in the background, and what is past. */
static void begin_command(struct reader *reader)
{
    struct exec *ex = reader->sh->exec;
    if (!reader->noted && reader->command.length > 0) {
        note_command(reader); /* a syntax error, to be mended, or a comment */
    }
    reader->noted = false;
    reader->command.length = 0;
    reader->announced = false;
    reader->line.status = reader->sh->status;
    history_mark_current(reader->sh, false); /* for fc in hooks, and where a key runs it */
    jobs_reach_foreground(reader->sh);
    jobs_notify(reader->sh);
    /* The warning counts for the very next command only. */
    ex->warned_stopped = ex->warned_stopped && !reader->warned;
    reader->warned = ex->warned_stopped;
}

/* A hook came back. False: nothing more is read or run. */
static bool goes_on(struct reader *reader, enum flow flow)
{
    if (flow == FLOW_EXIT) {
        reader->line.flow = flow;
        reader->line.status = reader->sh->status;
    }
    return flow == FLOW_NEXT;
}

/* TMOUT in seconds; 0: none. */
static unsigned time_limit(struct shell *sh)
{
    enum { MOST = 0x7fffffff };
    const char *value = variable_by_name(sh, "TMOUT");
    unsigned long seconds = 0;
    return value != NULL && number_parse(value, MOST, &seconds) ? (unsigned)seconds : 0;
}

static bool next_line(struct source *source, bool starts)
{
    struct reader *reader = source->context;
    struct shell *sh = reader->sh;
    struct line *line = &reader->line;
    const struct front *own = sh->exec->front;
    if (starts) {
        begin_command(reader);
        if (own->precmd != NULL && !goes_on(reader, own->precmd(sh))) {
            source->error = EINTR;
            return false;
        }
    } else if (line->cut) {
        line->cut = false;
        return false;
    }
    line->starts = starts;
    line->limit = time_limit(sh);
    line->prompt.length = 0;
    add_prompt(sh, starts ? "PS1" : "PS2", &line->prompt);
    if (!(own->read != NULL ? own->read : line_read)(line)) {
        reader->timed_out = errno == ETIMEDOUT;
        source->error = reader->timed_out ? EINTR : errno; /* no message: what is read is dropped */
        reader->command.length = 0;
        return false;
    }
    const struct buf *text = &line->text;
    if ((sh->settings.options & OPT_VERBOSE) != 0) {
        out_write_all(2, text->data, text->length);
    }
    buf_add(&reader->command, text->data, text->length);
    source->at = text->data;
    source->end = text->data + text->length;
    for (size_t i = 0; i < text->length; i++) {
        reader->lines += text->data[i] == '\n';
    }
    reader->ends = text->length > 0 ? 0 : reader->ends;
    return text->length > 0;
}

/* The lines that were read may hold several commands. */
static bool announce(struct reader *reader)
{
    struct shell *sh = reader->sh;
    const struct buf *command = &reader->command;
    if (sh->exec->front->preexec == NULL || reader->announced) {
        return true;
    }
    size_t length = command->length;
    while (length > 0 && command->data[length - 1] == '\n') {
        length--;
    }
    char *text = mem_text_n(command->data, length);
    reader->announced = true;
    bool runs = goes_on(reader, sh->exec->front->preexec(sh, text));
    mem_free(text);
    return runs;
}

/* A command is whole: into the history, then the user's hook. */
static bool accept_command(struct source *source)
{
    struct reader *reader = source->context;
    struct shell *sh = reader->sh;
    note_command(reader);
    if (!announce(reader)) {
        return false;
    }
    if (sh->exec->front->accepted != NULL) {
        sh->exec->front->accepted(sh);
    }
    return true;
}

/* ---- the start ---- */

void interactive_start(struct shell *sh, unsigned off)
{
    if (sh->exec->front->start != NULL) {
        sh->exec->front->start(sh);
    }
    trap_set_interactive(sh);
    if ((off & OPT_MONITOR) == 0 && isatty(2)) {
        option_set(sh, OPT_MONITOR, true);
        if (!jobs_monitor(sh, true)) {
            option_set(sh, OPT_MONITOR, false);
        }
    }
    unsigned comfort = OPT_HISTORY | OPT_HIGHLIGHT | OPT_MARKS | OPT_SUGGEST | OPT_BASHCOMPLETION;
    comfort |= sh->called_sh ? 0 : (unsigned)OPT_HISTEXPAND;
    option_set(sh, comfort & ~off, true);
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
                            .accepted = accept_command};
    reader->line.flow = FLOW_NEXT;
    enum flow flow = run_source(sh, &source, 0);
    if (reader->line.flow == FLOW_EXIT) {
        sh->status = reader->line.status;
        return false;
    }
    if (reader->timed_out) {
        out_write_all(2, "\n", 1);
        error_print(sh, "timed out waiting for input: auto-logout");
        sh->status = reader->line.status;
        return false;
    }
    if (flow == FLOW_EXIT) {
        return false;
    }
    if (source.error != 0 && source.error != EINTR) {
        sh->status = reader->line.status; /* the end of the input, as good as any */
        return false;
    }
    if (flow != FLOW_NEXT) {
        after_interrupt(sh);
        return true;
    }
    sh->status = reader->line.status;
    return refuse_end(reader);
}

void interactive_run(struct shell *sh)
{
    struct reader reader = {.sh = sh, .line = {.sh = sh, .wake = -1}};
    while (run_some(&reader)) {
    }
    if (sh->exec->front->finish != NULL) {
        sh->exec->front->finish(sh);
    }
    buf_free(&reader.line.text);
    buf_free(&reader.line.prompt);
    buf_free(&reader.command);
}
