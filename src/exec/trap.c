/* trap.c -- trap actions, and what signals do to the shell itself (XCU 2.12). */
#include "exec/trap.h"

#include <sys/wait.h>

#include "base/mem.h"
#include "exec/exec.h"
#include "exec/run.h"
#include "os/children.h"
#include "os/signals.h"
#include "state/mark.h"
#include "state/shell.h"

/* What an interactive shell does with signals that have no trap. */
static enum signal_action usual_action(const struct shell *sh, int number)
{
    const struct exec *ex = sh->exec;
    bool prompt = sh->interactive && !sh->is_subshell;
    switch (number) {
    case SIGINT:
        return prompt || ex->catches_int ? SIGNAL_CATCH : SIGNAL_DEFAULT;
    case SIGHUP:
        return prompt ? SIGNAL_CATCH : SIGNAL_DEFAULT;
    case SIGQUIT:
    case SIGTERM:
        return prompt ? SIGNAL_IGNORE : SIGNAL_DEFAULT;
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
        return ex->monitor && ex->terminal >= 0 ? SIGNAL_IGNORE : SIGNAL_DEFAULT;
    case SIGPIPE:
        return ex->catches_pipe ? SIGNAL_SWALLOW : SIGNAL_DEFAULT;
    default:
        return SIGNAL_DEFAULT;
    }
}

static void apply(struct shell *sh, int number)
{
    const char *action = sh->exec->traps[number];
    if (action == NULL) {
        signal_set(number, usual_action(sh, number));
    } else {
        signal_set(number, *action == '\0' ? SIGNAL_IGNORE : SIGNAL_CATCH);
    }
}

static void store(struct exec *ex, int condition, const char *action)
{
    char *copy = action == NULL ? NULL : mem_text(action);
    mem_free(ex->traps[condition]);
    ex->traps[condition] = copy;
}

/* The first change in a subshell: what was only listed of the parent's goes away. */
static void drop_inherited(struct exec *ex)
{
    if (ex->traps_inherited) {
        ex->traps_inherited = false;
        for (int i = 0; i < TRAPS; i++) {
            if (ex->traps[i] != NULL && *ex->traps[i] != '\0') {
                store(ex, i, NULL);
            }
        }
    }
}

bool trap_set(struct shell *sh, int condition, const char *action)
{
    struct exec *ex = sh->exec;
    if (sh->mark != NULL) { /* only EXIT comes here: the others took the door */
        char *copy = action == NULL ? NULL : mem_text(action);
        mem_free(sh->mark->exit_action);
        sh->mark->exit_action = copy;
        sh->mark->traps_shown = false;
        return true;
    }
    drop_inherited(ex);
    if (condition == 0) {
        store(ex, 0, action);
        return true;
    }
    if (condition == SIGKILL || condition == SIGSTOP) {
        return true; /* undefined by XCU trap; nothing can be caught */
    }
    if (!sh->interactive && signal_ignored_on_entry(condition)) {
        return false;
    }
    store(ex, condition, action);
    if (condition == SIGCHLD && action != NULL && *action != '\0') {
        children_watch(ex->monitor);
        ex->deaths_told = children_deaths();
    }
    apply(sh, condition);
    return true;
}

const char *trap_get(struct shell *sh, int condition)
{
    const struct mark *mark = sh->mark;
    while (mark != NULL && mark->traps_shown) {
        mark = mark->outer;
    }
    const char *action = sh->exec->traps[condition];
    if (mark == NULL) {
        return action;
    }
    if (condition == 0) {
        return mark->exit_action;
    }
    return action != NULL && *action == '\0' ? action : NULL;
}

bool trap_is_caught(const struct shell *sh, int condition)
{
    const struct exec *ex = sh->exec;
    const char *action = ex->traps[condition];
    return !ex->traps_inherited && action != NULL && *action != '\0';
}

bool trap_hangs_up(const struct shell *sh)
{
    return signal_any_pending() && sh->interactive && !sh->is_subshell &&
           signal_is_pending(SIGHUP) && !trap_is_caught(sh, SIGHUP);
}

/* ---- running actions ---- */

enum flow trap_run_text(struct shell *sh, const char *action)
{
    struct exec *ex = sh->exec;
    int outer = ex->trap_status;
    ex->trap_status = sh->status;
    ex->trap_depth++;
    enum flow flow = run_text(sh, action, sh->line, 0);
    ex->trap_depth--;
    ex->trap_status = outer;
    return flow;
}

static enum flow run_action(struct shell *sh, int condition)
{
    char *action = mem_text(sh->exec->traps[condition]); /* it may change itself */
    int status = sh->status;
    int line = sh->line;
    enum flow flow = trap_run_text(sh, action);
    sh->line = line;
    if (flow == FLOW_NEXT) {
        sh->status = status;
    }
    mem_free(action);
    return flow;
}

/* A signal without a trap that this shell catches for reasons of its own. */
static enum flow untrapped(struct shell *sh, int number)
{
    if (number == SIGINT) {
        sh->status = 128 + SIGINT;
        if (sh->interactive && !sh->is_subshell) {
            return FLOW_INTERRUPT;
        }
        sh->exec->death = SIGINT;
        return FLOW_EXIT;
    }
    if (number == SIGHUP && sh->interactive) { /* the jobs are told after the EXIT action */
        sh->status = 128 + SIGHUP;
        sh->exec->death = SIGHUP;
        return FLOW_EXIT;
    }
    return FLOW_NEXT;
}

static enum flow run_child_action(struct shell *sh)
{
    struct exec *ex = sh->exec;
    enum flow flow = FLOW_NEXT;
    while (flow == FLOW_NEXT && trap_is_caught(sh, SIGCHLD) &&
           ex->deaths_told < children_deaths()) {
        ex->deaths_told++;
        flow = run_action(sh, SIGCHLD);
    }
    return flow;
}

/* Inside an inline body the parent's traps wait until it ends, but not when the terminal or the
   death of a child says that the whole body is meant (semantics 1). */
static enum flow pending_in_mark(struct shell *sh)
{
    struct exec *ex = sh->exec;
    bool from_terminal = false;
    int number = signal_take(&from_terminal);
    if (number == 0) {
        return FLOW_NEXT;
    }
    if (number == SIGINT && !trap_is_caught(sh, SIGINT)) {
        return untrapped(sh, SIGINT);
    }
    signal_note(number);
    if (from_terminal || ex->child_signal == number) {
        ex->unwinding = true;
        sh->status = 128 + number;
        return FLOW_EXIT;
    }
    return FLOW_NEXT;
}

enum flow trap_run_pending(struct shell *sh)
{
    if (sh->mark != NULL) {
        return pending_in_mark(sh);
    }
    enum flow flow = FLOW_NEXT;
    int number = 0;
    while (flow == FLOW_NEXT && (number = signal_take(NULL)) != 0) {
        if (number == SIGCHLD) {
            flow = run_child_action(sh);
        } else if (trap_is_caught(sh, number)) {
            flow = run_action(sh, number);
        } else {
            flow = untrapped(sh, number);
        }
    }
    return flow;
}

void trap_run_exit(struct shell *sh)
{
    struct exec *ex = sh->exec;
    if (ex->running_exit || !trap_is_caught(sh, 0)) {
        return;
    }
    char *action = ex->traps[0];
    ex->traps[0] = NULL;
    ex->running_exit = true;
    int status = sh->status;
    if (trap_run_text(sh, action) != FLOW_EXIT) {
        sh->status = status;
    }
    mem_free(action);
}

/* ---- children ---- */

static bool ignored_now(int number)
{
    struct sigaction now;
    return sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

void trap_enter_subshell(struct shell *sh)
{
    struct exec *ex = sh->exec;
    bool prompt = sh->interactive;
    bool stops = ex->terminal >= 0;
    ex->catches_int = false;
    ex->catches_pipe = false;
    for (int i = 1; i < TRAPS; i++) {
        const char *action = ex->traps[i];
        bool caught = action != NULL && *action != '\0' && !ex->traps_inherited;
        bool usual = action == NULL &&
                     ((i == SIGINT) || (prompt && (i == SIGHUP || i == SIGQUIT || i == SIGTERM)) ||
                      (stops && (i == SIGTSTP || i == SIGTTIN || i == SIGTTOU)));
        /* What an asynchronous list ignores stays ignored. */
        bool keeps = (i == SIGINT || i == SIGQUIT) && ignored_now(i) && !prompt;
        if ((caught || usual) && !keeps) {
            signal_set(i, SIGNAL_DEFAULT);
        }
    }
    ex->traps_inherited = true;
    ex->running_exit = false;
}

void trap_before_child(struct shell *sh)
{
    struct exec *ex = sh->exec;
    if (!ex->catches_int && !sh->interactive && ex->traps[SIGINT] == NULL &&
        !signal_ignored_on_entry(SIGINT) && !sh->is_subshell) {
        ex->catches_int = true;
        signal_set(SIGINT, SIGNAL_CATCH);
    }
}

bool trap_pass_interrupt(const struct shell *sh, pid_t pid)
{
    if (!signal_any_pending() || !signal_is_pending(SIGINT) || sh->exec->traps[SIGINT] != NULL) {
        return false;
    }
    return kill(pid, SIGINT) == 0;
}

void trap_after_child(struct shell *sh, int status)
{
    struct exec *ex = sh->exec;
    ex->child_signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal_any_pending() && signal_is_pending(SIGINT) && ex->traps[SIGINT] == NULL &&
        ex->child_signal != SIGINT) {
        signal_forget(SIGINT); /* the child dealt with it */
    }
}

void trap_fill_revert(const struct shell *sh, sigset_t *revert)
{
    const struct exec *ex = sh->exec;
    static const int prompt[] = {SIGINT, SIGQUIT, SIGTERM};
    static const int stops[] = {SIGTSTP, SIGTTIN, SIGTTOU};
    for (size_t i = 0; i < sizeof prompt / sizeof *prompt; i++) {
        if (sh->interactive && !sh->is_subshell && ex->traps[prompt[i]] == NULL &&
            !signal_ignored_on_entry(prompt[i])) {
            sigaddset(revert, prompt[i]);
        }
    }
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        if (ex->monitor && ex->terminal >= 0 && ex->traps[stops[i]] == NULL) {
            sigaddset(revert, stops[i]);
        }
    }
}

void trap_set_interactive(struct shell *sh)
{
    static const int watched[] = {SIGINT, SIGHUP, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU};
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) {
        if (sh->exec->traps[watched[i]] == NULL) {
            apply(sh, watched[i]);
        }
    }
}
