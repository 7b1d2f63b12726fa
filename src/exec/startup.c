/* startup.c -- start-up files: /etc/profile and ~/.profile at login, then $ENV or the rc file. */
#include "exec/startup.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/errors.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/run.h"
#include "exec/script.h"
#include "expand/expand.h"
#include "os/process.h"
#include "os/signals.h"
#include "state/shell.h"
#include "state/variable.h"

/* NULL, or why the text cannot be meant as commands. Of a DOS text every line would fail with a
   message of its own, or do what nobody wants. */
static const char *objection(const struct buf *text)
{
    const char *newline = memchr(text->data, '\n', text->length);
    if (script_is_binary(text)) {
        return "cannot execute binary file";
    }
    return newline != NULL && newline > text->data && newline[-1] == '\r'
               ? "not run, its lines end in CR LF: is it a DOS text file?"
               : NULL;
}

static void run(struct shell *sh, const char *path, struct buf *text)
{
    const char *why = objection(text);
    if (why != NULL) {
        error_print(sh, "%s: %s", path, why);
        return;
    }
    if (run_loaded(sh, path, text, 0) == FLOW_EXIT) {
        buf_free(text);
        exec_exit(sh);
    }
    /* An error or an interrupt ends the file, no more. */
    sh->exec->unwinding = false;
    sh->exec->loop_depth = 0;
    signal_forget(SIGINT);
}

/* `asked`: it was named, and must be there. */
static void run_if_there(struct shell *sh, const char *path, bool asked)
{
    struct buf text = {0};
    if (!asked && access(path, F_OK) != 0) {
        return;
    }
    if (script_load(path, &text)) {
        run(sh, path, &text);
    } else {
        char room[24];
        error_print(sh, "%s: %s", path, error_text(errno, room));
    }
    buf_free(&text);
}

/* With privileges that the caller does not have, files that the caller names are not trusted. */
static bool is_elevated(const struct shell *sh)
{
    return process_is_setid() && (sh->settings.options & OPT_PRIVILEGED) != 0;
}

static void run_profiles(struct shell *sh)
{
    run_if_there(sh, "/etc/profile", false);
    const char *home = variable_by_name(sh, "HOME");
    if (home != NULL && *home != '\0' && !is_elevated(sh)) {
        struct buf path = {0};
        buf_addf(&path, "%s/.profile", home);
        run_if_there(sh, buf_text(&path), false);
        buf_free(&path);
    }
}

/* The rc file; false: there is no home to look in. */
static bool default_path(struct shell *sh, struct buf *path)
{
    const char *config = variable_by_name(sh, "XDG_CONFIG_HOME");
    const char *home = variable_by_name(sh, "HOME");
    if (config != NULL && *config != '\0') {
        buf_puts(path, config);
    } else if (home != NULL && *home != '\0') {
        buf_addf(path, "%s/.config", home);
    } else {
        return false;
    }
    buf_puts(path, "/swish/rc");
    return true;
}

/* XCU sh, ENV: parameters are expanded in it; what would run a command is text. */
static const char *expand_env(struct shell *sh, const char *value)
{
    bool runs = strstr(value, "$(") != NULL || strchr(value, '`') != NULL;
    return runs ? value : expand_prompt(sh, value);
}

/* For an interactive shell whose real and effective ids are the same. */
static void run_rc(struct shell *sh)
{
    struct buf path = {0};
    const char *value = variable_by_name(sh, "ENV");
    if (process_is_setid()) {
        return;
    }
    if (value != NULL) {
        struct arena_mark mark = arena_mark(&sh->scratch);
        buf_puts(&path, expand_env(sh, value));
        arena_release(&sh->scratch, mark);
    } else if (!default_path(sh, &path)) {
        return;
    }
    if (path.length > 0) {
        run_if_there(sh, buf_text(&path), false);
    }
    buf_free(&path);
}

void startup_run(struct shell *sh, const struct startup *startup)
{
    if (startup->login && !startup->no_profile) {
        run_profiles(sh);
    }
    if (!sh->interactive || startup->no_rc) {
        return;
    }
    if (startup->rc != NULL) {
        run_if_there(sh, startup->rc, true);
    } else {
        run_rc(sh);
    }
}
