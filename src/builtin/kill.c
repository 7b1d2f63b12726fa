/* kill.c -- kill: signals to processes, groups and jobs (XCU kill). */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/number.h"
#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/input.h"
#include "exec/job.h"
#include "os/signals.h"
#include "state/mark.h"
#include "state/shell.h"

/* ---- kill -l ---- */

static int list_all(struct call *c)
{
    char room[16];
    for (int i = 1; i < SIGNALS_MAX; i++) {
        const char *name = signal_name(i, room);
        if (name != NULL) {
            out_addf(c->out, "%s\n", name);
        }
    }
    return 0;
}

/* A signal that the C library keeps for itself has only a number, but may end a process. */
static const char *name_of(unsigned long number, char *room)
{
    if (number == 0) {
        return "EXIT";
    }
    if (number >= SIGNALS_MAX) {
        return NULL;
    }
    const char *name = signal_name((int)number, room);
    return name != NULL ? name : number_text((int64_t)number, room, NULL);
}

/* A status above 128 tells the signal that ended a process; a name gives its number. */
static int list_some(struct call *c, char **operands)
{
    int status = 0;
    for (; *operands != NULL; operands++) {
        unsigned long number = 0;
        char room[24];
        const char *name = NULL;
        if (number_parse(*operands, 0xffff, &number)) {
            name = name_of(number > 128 ? number & 0x7f : number, room);
        } else if (signal_number(*operands) >= 0) {
            name = number_text(signal_number(*operands), room, NULL);
        }
        if (name == NULL) {
            status = call_warn(c, "%s: no such signal", *operands);
        } else {
            out_addf(c->out, "%s\n", name);
        }
    }
    return status;
}

/* ---- sending ---- */

/* In an inline subshell a signal for the subshell needs a process that it can hit. */
static bool hits_us(const struct shell *sh, pid_t pid)
{
    return pid == 0 || pid == -1 || pid == sh->pid || pid == getpid() || pid == -getpgrp();
}

static int send_to_job(struct call *c, const char *spec, int number)
{
    jobs_update(c->sh);
    struct job *job = operand_job(c, spec);
    if (job == NULL) {
        return 1;
    }
    bool stopped = job_state(job) == JOB_STOPPED;
    int error = job_signal(c->sh, job, number);
    if (error == 0 && stopped && (number == SIGTERM || number == SIGHUP)) {
        error = job_signal(c->sh, job, SIGCONT); /* else it could not act on the signal */
    }
    return error == 0 ? 0 : call_errno(c, spec, error);
}

static bool parse_pid(const char *text, pid_t *pid)
{
    unsigned long number = 0;
    bool negative = *text == '-';
    if (!number_parse(text + negative, 0x7fffffff, &number)) {
        return false;
    }
    *pid = negative ? -(pid_t)number : (pid_t)number;
    return true;
}

static int send_to(struct call *c, const char *operand, int number)
{
    pid_t pid = 0;
    if (*operand == '%') {
        return send_to_job(c, operand, number);
    }
    if (!parse_pid(operand, &pid)) {
        return call_warn(c, "%s: neither a process nor a job", operand);
    }
    if (number != 0 && c->sh->mark != NULL && hits_us(c->sh, pid) && !call_door(c)) {
        return 0;
    }
    if (c->out->memory == NULL) {
        out_flush(c->out);
    }
    jobs_sent(c->sh, pid, number);
    return kill(pid, number) == 0 ? 0 : call_errno(c, operand, errno);
}

static int send_to_all(struct call *c, char **operands, int number)
{
    int status = 0;
    input_give_back(c->sh);
    for (; *operands != NULL && c->flow == FLOW_NEXT; operands++) {
        status |= send_to(c, *operands, number);
    }
    return status;
}

/* ---- options: -s NAME, -n NUMBER, -NAME, -NUMBER ---- */

/* The signal of the options; -1 with a message. *at becomes the first operand. */
static int take_signal(struct call *c, int *at)
{
    const char *word = c->argv[1];
    const char *name = word + 1;
    *at = 2;
    if ((word[1] == 's' || word[1] == 'n') && word[2] == '\0') {
        name = c->argv[2];
        *at = 3;
        if (name == NULL) {
            call_usage(c, "%s: option requires an argument", word);
            return -1;
        }
    } else if (signal_number(name) < 0 && (word[1] == 's' || word[1] == 'n')) {
        name = word + 2;
    }
    int number = signal_number(name);
    if (number < 0) {
        call_usage(c, "%s: no such signal", name);
    }
    return number;
}

int builtin_kill(struct call *c)
{
    const char *word = c->argv[1];
    int at = 1;
    int number = SIGTERM;
    if (word == NULL) {
        return call_usage(c, "a process or job is required");
    }
    if (strcmp(word, "-l") == 0) {
        at = c->argc > 2 && strcmp(c->argv[2], "--") == 0 ? 3 : 2;
        return at < c->argc ? list_some(c, c->argv + at) : list_all(c);
    }
    if (word[0] == '-' && word[1] != '\0' && strcmp(word, "--") != 0) {
        number = take_signal(c, &at);
        if (number < 0) {
            return 2;
        }
    }
    if (at < c->argc && strcmp(c->argv[at], "--") == 0) {
        at++;
    }
    if (at >= c->argc) {
        return call_usage(c, "a process or job is required");
    }
    return send_to_all(c, c->argv + at, number);
}
