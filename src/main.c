/* main.c -- the sh utility: options and operands, then the commands (XCU sh). */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/errors.h"
#include "base/out.h"
#include "base/quote.h"
#include "builtin/table.h"
#include "exec/exec.h"
#include "exec/front.h"
#include "exec/interactive.h"
#include "exec/job.h"
#include "exec/level.h"
#include "exec/script.h"
#include "exec/search.h"
#include "exec/startup.h"
#include "os/fd.h"
#include "os/process.h"
#include "os/signals.h"
#include "state/params.h"
#include "state/shell.h"
#include "state/variable.h"

enum { OPTION_SHOWN = 200 };

/* What the command line asks for. */
struct invocation {
    unsigned on; /* enum option */
    unsigned off;
    char **operands;
    bool from_text;   /* -c */
    bool from_stdin;  /* neither that nor a script */
    bool at_terminal; /* interactive, commands come from a terminal */
    struct startup startup;
};

static void say(int fd, const char *text)
{
    out_write_all(fd, text, strlen(text));
}

static const char usage[] = "usage: swish [options] [file [argument...]]\n"
                            "       swish [options] -c commands [name [argument...]]\n"
                            "       swish [options] -s [argument...]\n"
                            "options: -abCcefHhilmnpsuvx, -o name, --login, --norc, --noprofile,\n"
                            "         --rcfile file, --help, --version\n";

static _Noreturn void refuse(const char *what, const char *why)
{
    struct buf text = {0};
    buf_puts(&text, "swish: ");
    quote_add_visible(&text, what, strlen(what), OPTION_SHOWN);
    buf_addf(&text, ": %s%s\n%s", why, error_line_end(what, strlen(what)), usage);
    say(2, buf_text(&text));
    _exit(2);
}

/* Returns how many words it took. */
static int long_option(char **argv, struct invocation *in)
{
    const char *text = argv[0];
    if (strcmp(text, "--version") == 0) {
        say(1, "swish " SWISH_VERSION "\n");
        _exit(0);
    }
    if (strcmp(text, "--help") == 0) {
        say(1, usage);
        say(1, "A POSIX shell. See swish(1), or type `help' at the prompt.\n");
        _exit(0);
    }
    if (strcmp(text, "--rcfile") == 0) {
        in->startup.rc = argv[1];
        if (argv[1] == NULL) {
            refuse(text, "option requires an argument");
        }
        return 2;
    }
    if (strcmp(text, "--login") == 0) {
        in->on |= OPT_LOGIN;
    } else if (strcmp(text, "--norc") == 0) {
        in->startup.no_rc = true;
    } else if (strcmp(text, "--noprofile") == 0) {
        in->startup.no_profile = true;
    } else {
        refuse(text, "unknown option");
    }
    return 1;
}

static void switch_option(struct invocation *in, const struct option_row *row, bool on)
{
    in->on = on ? in->on | row->bit : in->on & ~row->bit;
    in->off = on ? in->off & ~row->bit : in->off | row->bit;
}

/* One word of options; returns how many words it took. */
static int option_word(struct shell *sh, char **argv, struct invocation *in)
{
    bool on = argv[0][0] == '-';
    int used = 1;
    for (const char *letter = argv[0] + 1; *letter != '\0'; letter++) {
        const struct option_row *row = option_by_letter(*letter);
        if (*letter == 'o') {
            const char *name = argv[used++];
            if (name == NULL) {
                refuse("-o", "option requires an argument");
            }
            if (door_option(sh, name)) {
                continue;
            }
            row = option_by_name(name);
            if (row == NULL) {
                refuse(name, "unknown option");
            }
        }
        if (row == NULL) {
            char shown[3] = {argv[0][0], *letter, '\0'};
            refuse(shown, "unknown option");
        }
        switch_option(in, row, on);
    }
    return used;
}

static void parse_arguments(struct shell *sh, char **argv, struct invocation *in)
{
    int at = argv[0] == NULL ? 0 : 1;
    while (argv[at] != NULL && (argv[at][0] == '-' || argv[at][0] == '+') && argv[at][1] != '\0') {
        if (strcmp(argv[at], "--") == 0) {
            at++;
            break;
        }
        if (argv[at][0] == '-' && argv[at][1] == '-') {
            at += long_option(argv + at, in);
            continue;
        }
        at += option_word(sh, argv + at, in);
    }
    if (argv[at] != NULL && strcmp(argv[at], "-") == 0) {
        at++; /* a single - ends the options, too */
    }
    in->operands = argv + at;
}

/* Only one of the two programs may run with privileges that are not the caller's (hazards, Set-id).
 */
static void look_at_ids(unsigned on)
{
    if (process_is_setid() && (on & OPT_PRIVILEGED) == 0 && !process_drop_privileges()) {
        refuse("set-id", "cannot drop privileges");
    }
}

static void run_command_text(struct shell *sh, struct invocation *in)
{
    char **operands = in->operands;
    if (operands[0] == NULL) {
        refuse("-c", "option requires an argument");
    }
    if (operands[1] != NULL) {
        sh->name = operands[1];
        sh->exec->script = operands[1];
        params_set(sh, operands + 2, params_count(operands + 2));
    }
    script_run_text(sh, operands[0], strlen(operands[0]));
}

static void run_script_file(struct shell *sh, struct invocation *in)
{
    const char *path = in->operands[0];
    int fd = fd_open_low(path, O_RDONLY, 0);
    if (fd < 0 && errno == ENOENT && strchr(path, '/') == NULL) {
        const char *found = command_search_readable(sh, path);
        fd = found == NULL ? -1 : fd_open_low(found, O_RDONLY, 0);
    }
    if (fd < 0) {
        int reason = errno;
        char room[24];
        say(2, "swish: ");
        say(2, path);
        say(2, ": ");
        say(2, error_text(reason, room));
        say(2, "\n");
        sh->status = reason == ENOENT ? 127 : 126;
        return;
    }
    sh->name = path;
    sh->exec->script = path;
    params_set(sh, in->operands + 1, params_count(in->operands + 1));
    script_run_fd(sh, fd, path);
}

/* $0 without its path is sh or -sh. */
static bool is_called_sh(const char *name)
{
    const char *slash = strrchr(name, '/');
    name = slash == NULL ? name : slash + 1;
    name += *name == '-';
    return strcmp(name, "sh") == 0;
}

static void start_shell(struct shell *sh, const char *name, const struct invocation *in)
{
    sh->called_sh = is_called_sh(name);
    shell_init(sh, name, process_environment());
    struct builtin_set sets[BUILTIN_SETS] = {{builtin_table, builtin_count}};
    if (front.builtins != NULL) {
        sets[1] = *front.builtins;
    }
    builtins_bind(sh, sets);
    struct diag d = {0};
    variable_set_by_name(sh, "SWISH_VERSION", SWISH_VERSION, &d);
    diag_clear(&d);
    sh->settings.options = in->on | OPT_HASHALL;
    if ((in->off & OPT_HASHALL) != 0) {
        sh->settings.options &= ~(unsigned)OPT_HASHALL;
    }
}

/* Where the commands come from, and whether somebody types them (XCU sh, -i). */
static void find_source(struct invocation *in)
{
    in->from_text = (in->on & OPT_COMMAND) != 0;
    in->from_stdin = !in->from_text && ((in->on & OPT_STDIN) != 0 || in->operands[0] == NULL);
    if (!in->from_stdin) {
        return;
    }
    in->on |= OPT_STDIN;
    bool given = (in->on & OPT_INTERACTIVE) != 0;
    bool may = (in->off & OPT_INTERACTIVE) == 0 && in->operands[0] == NULL;
    in->at_terminal = (given || may) && isatty(0) && isatty(2);
    if (in->at_terminal && !given) {
        in->on |= OPT_INTERACTIVE;
    }
}

int main(int argc, char **argv)
{
    char bottom = 0;
    struct shell sh = {0};
    struct invocation in = {0};
    char *none[] = {NULL};
    const char *name = argc > 0 && argv[0] != NULL ? argv[0] : "swish";
    process_depth_start(&sh.depth, &bottom);
    exec_init(&sh);
    sh.exec->front = &front;
    in.on = name[0] == '-' ? OPT_LOGIN : 0;
    parse_arguments(&sh, argc > 0 ? argv : none, &in);
    bool asked = (in.on & (OPT_INTERACTIVE | OPT_LOGIN)) != 0;
    find_source(&in);
    if (in.at_terminal && front.enter != NULL) {
        front.enter(argv, asked);
    }
    signals_reset();
    look_at_ids(in.on);
    sh.interactive = (in.on & OPT_INTERACTIVE) != 0;
    start_shell(&sh, name, &in);
    if (sh.interactive) {
        interactive_start(&sh, in.off);
    } else if ((in.on & OPT_MONITOR) != 0) {
        jobs_monitor(&sh, true);
    }
    in.startup.login = (in.on & OPT_LOGIN) != 0;
    if (sh.interactive || in.startup.login) {
        startup_run(&sh, &in.startup);
    }
    if (in.from_text) {
        run_command_text(&sh, &in);
    } else if (!in.from_stdin) {
        run_script_file(&sh, &in);
    } else {
        params_set(&sh, in.operands, params_count(in.operands));
        if (sh.interactive) {
            interactive_run(&sh);
        } else {
            script_run_stdin(&sh);
        }
    }
    exec_exit(&sh);
}
