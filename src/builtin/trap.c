/* trap.c -- trap: actions for signals and for the end of the shell (XCU trap). */
#include <signal.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "exec/trap.h"
#include "os/signals.h"
#include "state/shell.h"

static const char *condition_name(int condition, char *room)
{
    return condition == 0 ? "EXIT" : signal_name(condition, room);
}

/* What is set, or "" for a signal that this shell was born to ignore. */
static const char *action_of(struct shell *sh, int condition)
{
    const char *action = trap_get(sh, condition);
    bool born_ignored =
        action == NULL && condition > 0 && !sh->interactive && signal_ignored_on_entry(condition);
    return born_ignored ? "" : action;
}

static void list_one(struct call *c, int condition, const char *action)
{
    char room[16];
    const char *name = condition_name(condition, room);
    if (name == NULL) {
        return;
    }
    struct buf line = {0};
    buf_puts(&line, "trap -- ");
    if (action == NULL) {
        buf_putc(&line, '-');
    } else {
        operand_quote(&line, action);
    }
    buf_addf(&line, " %s\n", name);
    out_add(c->out, line.data, line.length);
    buf_free(&line);
}

/* `trap`: what is not at its default. `trap -p`: everything, so that reading it back restores all.
 */
static void list_all(struct call *c, bool defaults)
{
    for (int i = 0; i < TRAPS; i++) {
        if (i == SIGKILL || i == SIGSTOP) {
            continue;
        }
        const char *action = defaults ? action_of(c->sh, i) : trap_get(c->sh, i);
        if (action != NULL || defaults) {
            list_one(c, i, action);
        }
    }
}

static int bad_condition(struct call *c, const char *text)
{
    return call_warn(c, "%s: invalid condition", text);
}

static int list_some(struct call *c, char **conditions)
{
    int status = 0;
    for (; *conditions != NULL; conditions++) {
        int condition = signal_number(*conditions);
        if (condition < 0) {
            status = bad_condition(c, *conditions);
        } else {
            list_one(c, condition, action_of(c->sh, condition));
        }
    }
    return status;
}

/* The parent of an inline subshell shares its signals: changing those takes a process. */
static bool take_door(struct call *c, char **conditions)
{
    for (; *conditions != NULL; conditions++) {
        if (signal_number(*conditions) > 0) {
            return call_door(c);
        }
    }
    return true;
}

static int set_all(struct call *c, const char *action, char **conditions)
{
    int status = 0;
    if (!take_door(c, conditions)) {
        return 0;
    }
    for (; *conditions != NULL; conditions++) {
        int condition = signal_number(*conditions);
        if (condition < 0) {
            status = bad_condition(c, *conditions);
        } else {
            trap_set(c->sh, condition, action);
        }
    }
    return status;
}

int builtin_trap(struct call *c)
{
    int print = 0;
    char **operands = operand_first(c, "p", &print);
    if (operands == NULL) {
        return 2;
    }
    if (operands[0] == NULL) {
        list_all(c, print != 0);
        return 0;
    }
    if (print) {
        return list_some(c, operands);
    }
    unsigned long number = 0;
    bool resets = number_parse(operands[0], 0xffffffff, &number);
    if (!resets && operands[1] == NULL) {
        /* One operand that is a condition resets it, as in the other shells. */
        resets = signal_number(operands[0]) >= 0;
        if (!resets) {
            return call_usage(c, "a condition is required");
        }
    }
    if (resets) {
        return set_all(c, NULL, operands);
    }
    bool is_default = strcmp(operands[0], "-") == 0;
    return set_all(c, is_default ? NULL : operands[0], operands + 1);
}
