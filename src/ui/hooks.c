/* hooks.c -- precmd, preexec, chpwd and PROMPT_COMMAND: the user's own commands around a prompt. */
#include "ui/hooks.h"

#include <signal.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/out.h"
#include "exec/exec.h"
#include "exec/run.h"
#include "exec/simple.h"
#include "os/signals.h"
#include "state/names.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/ui.h"

/* One hook came back; `status` is what $? was before. */
static enum flow settle(struct shell *sh, enum flow flow, int status)
{
    if (flow == FLOW_EXIT) {
        return flow;
    }
    bool interrupted = flow == FLOW_INTERRUPT && sh->status == 128 + SIGINT;
    sh->exec->unwinding = false;
    sh->status = interrupted ? sh->status : status;
    return interrupted ? FLOW_INTERRUPT : FLOW_NEXT;
}

/* Errexit is not for hooks: nobody typed what fails there. */
static enum flow call(struct shell *sh, const char *name, size_t length, const char *argument)
{
    const struct symbol *symbol = symbol_find(&sh->symbols, name, length);
    struct function *function = symbol == NULL ? NULL : function_get(symbol);
    if (function == NULL) {
        return FLOW_NEXT;
    }
    char *argv[] = {mem_text_n(name, length), argument == NULL ? NULL : mem_text(argument), NULL};
    int status = sh->status;
    int line = sh->line;
    enum flow flow = function_call(sh, function, argv, argument == NULL ? 1 : 2, EXEC_TESTED);
    sh->line = line;
    mem_free(argv[0]);
    mem_free(argv[1]);
    return settle(sh, flow, status);
}

/* The function NAME, then those that stand in the variable NAME_functions: so several users of one
   hook need not know of each other. */
static enum flow call_all(struct shell *sh, const char *name, const char *argument)
{
    static const char blanks[] = " \t\n";
    struct buf list = {0};
    buf_addf(&list, "%s_functions", name);
    const char *value = variable_by_name(sh, buf_text(&list));
    char *names = mem_text(value == NULL ? "" : value); /* a hook may change it */
    enum flow flow = call(sh, name, strlen(name), argument);
    const char *at = names + strspn(names, blanks);
    while (flow == FLOW_NEXT && *at != '\0') {
        size_t length = strcspn(at, blanks);
        flow = call(sh, at, length, argument);
        at += length;
        at += strspn(at, blanks);
    }
    mem_free(names);
    buf_free(&list);
    return flow;
}

static enum flow run_variable(struct shell *sh, const char *name)
{
    struct exec *ex = sh->exec;
    const char *value = variable_by_name(sh, name);
    if (value == NULL || *value == '\0') {
        return FLOW_NEXT;
    }
    char *text = mem_text(value);
    int status = sh->status;
    int line = sh->line;
    ex->dot_depth++; /* `return` ends the text, not the shell */
    enum flow flow = run_text(sh, text, 1, EXEC_TESTED);
    ex->dot_depth--;
    sh->line = line;
    mem_free(text);
    return settle(sh, flow, status);
}

enum flow hooks_precmd(struct shell *sh)
{
    int status = sh->status;
    enum flow flow = call_all(sh, "precmd", NULL);
    if (flow == FLOW_NEXT) {
        flow = run_variable(sh, "PROMPT_COMMAND");
    }
    if (flow == FLOW_INTERRUPT) {
        signal_forget(SIGINT);
        out_write_all(2, "\n", 1); /* behind the ^C */
        sh->status = status;
        flow = FLOW_NEXT;
    }
    return flow;
}

enum flow hooks_preexec(struct shell *sh, const char *text)
{
    return call_all(sh, "preexec", text);
}

enum flow hooks_chpwd(struct shell *sh)
{
    struct ui *ui = ui_of(sh);
    if (ui->moving) {
        return FLOW_NEXT;
    }
    ui->moving = true;
    enum flow flow = call_all(sh, "chpwd", NULL);
    ui->moving = false;
    return flow;
}
