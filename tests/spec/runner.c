/* runner.c -- the spec runner: does a shell do what tests/spec/NN-topic.spec say?
 *
 *   runner [--shell PATH] [--mode LIST] [--filter TEXT] [-j N] [-v] FILE...
 *       every case in every mode (c, noinline, script; also stdin, subshell, capture, door=K)
 *   runner --peers "dash,bash,..." [--mode c] FILE...
 *       every portable case under other shells; `## differs` explains, and has to stay true
 *
 * Other shells word their messages and choose their error statuses themselves: there a case with a
 * message of ours (stderr that begins with `swish: `) asks for some message and some status but 0.
 */
#include "spec.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct options {
    const char *shell;
    const char *modes;
    const char *peers;
    const char *filter;
    size_t jobs;
    bool list;
};

struct tally {
    const struct spec_case *current;
    bool failed; /* the current case, so far */
    size_t passed_count;
    size_t failed_count;
    size_t unexplained;
    size_t stale;
};

static const struct {
    const char *name;
    const char *command;
} peers[] = {
    {"dash", "dash"},
    {"bash", "bash --posix"},
    {"mksh", "mksh -o posix"},
    {"ksh", "ksh -o posix"},
    {"yash", "yash -o posixly-correct"},
    {"busybox", "busybox ash"},
};

/* ---- comparing ---- */

/* Messages name the script file when there is one; cases are written without it. */
static struct text without_script_name(const struct run *run)
{
    char name[5000];
    struct text result = {0};
    const char *at = run->err.length > 0 ? run->err.bytes : "";
    const char *end = at + run->err.length;
    const char *found;
    size_t length;

    if (strcmp(run->mode, "script") == 0) {
        snprintf(name, sizeof(name), "swish: %s/script: ", run->home);
    } else {
        snprintf(name, sizeof(name), "swish: swish: line ");
    }
    length = strlen(name) - (strcmp(run->mode, "script") == 0 ? 0 : 5);
    while ((found = memmem(at, (size_t)(end - at), name, strlen(name))) != NULL) {
        text_add(&result, at, (size_t)(found - at));
        text_add(&result, "swish: ", 7);
        at = found + length;
    }
    text_add(&result, at, (size_t)(end - at));
    return result;
}

static size_t line_length(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));

    return newline != NULL ? (size_t)(newline - at) + 1 : (size_t)(end - at);
}

static void print_lines(char sign, const char *at, const char *end)
{
    while (at < end) {
        size_t length = line_length(at, end);

        printf("    %c%.*s%s", sign, (int)length, at,
               at[length - 1] == '\n' ? "" : "\n    \\ no newline at the end\n");
        at += length;
    }
}

/* The common beginning, then what was expected and what came. */
static void print_diff(const char *what, const struct text *want, const struct text *got)
{
    const char *w = want->length > 0 ? want->bytes : "";
    const char *g = got->length > 0 ? got->bytes : "";
    const char *w_end = w + want->length;
    const char *g_end = g + got->length;
    const char *w_start = w;

    printf("    --- expected %s\n    +++ got\n", what);
    while (w < w_end && g < g_end) {
        size_t n = line_length(w, w_end);

        if (n != line_length(g, g_end) || memcmp(w, g, n) != 0) {
            break;
        }
        w += n;
        g += n;
    }
    print_lines(' ', w_start, w);
    print_lines('-', w, w_end);
    print_lines('+', g, g_end);
}

static bool same(const struct text *a, const struct text *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0);
}

/* A captured body has lost its trailing newlines. */
static bool same_output(const struct run *run)
{
    struct text want = run->spec->out;
    struct text got = run->out;

    if (strcmp(run->mode, "capture") == 0) {
        while (want.length > 0 && want.bytes[want.length - 1] == '\n') {
            want.length--;
        }
        while (got.length > 0 && got.bytes[got.length - 1] == '\n') {
            got.length--;
        }
    }
    return same(&want, &got);
}

static bool is_error_case(const struct spec_case *spec)
{
    return spec->err_has.count > 0 ||
           (spec->err.length >= 7 &&
            memmem(spec->err.bytes, spec->err.length, "swish: ", 7) != NULL);
}

static bool errors_agree(const struct run *run, const struct text *err, bool show)
{
    const struct spec_case *spec = run->spec;
    bool ok = true;

    if (run->peer) {
        bool expected = spec->has_err ? spec->err.length > 0 : spec->err_has.count > 0;

        ok = expected == (err->length > 0);
        if (!ok && show) {
            print_diff("stderr", &spec->err, err);
        }
        return ok;
    }
    if ((spec->has_err || spec->err_has.count == 0) && !same(&spec->err, err)) {
        ok = false;
        if (show) {
            print_diff("stderr", &spec->err, err);
        }
    }
    for (size_t i = 0; i < spec->err_has.count; i++) {
        const char *part = spec->err_has.items[i];

        if (err->length == 0 || memmem(err->bytes, err->length, part, strlen(part)) == NULL) {
            ok = false;
            if (show) {
                printf("    stderr lacks: %s\n", part);
                print_lines('+', err->bytes, err->bytes + err->length);
            }
        }
    }
    return ok;
}

static bool status_agrees(const struct run *run)
{
    if (run->peer && is_error_case(run->spec) && run->spec->status != 0) {
        return run->status != 0;
    }
    return run->status == run->spec->status;
}

bool verdict(const struct run *run, bool show)
{
    struct text err = without_script_name(run);
    bool ok = true;

    if (run->timed_out) {
        ok = false;
        if (show) {
            printf("    took longer than 10 s\n");
        }
    } else if (run->survivors > 0) {
        ok = false;
        if (show) {
            printf("    left %d processes behind\n", run->survivors);
        }
    }
    if (!same_output(run)) {
        ok = false;
        if (show) {
            print_diff("stdout", &run->spec->out, &run->out);
        }
    }
    ok = errors_agree(run, &err, show) && ok;
    if (!status_agrees(run)) {
        ok = false;
        if (show) {
            printf("    expected status %d, got %d\n", run->spec->status, run->status);
        }
    }
    free(err.bytes);
    return ok;
}

/* ---- reporting ---- */

static void end_of_case(struct tally *tally)
{
    if (tally->current != NULL) {
        *(tally->failed ? &tally->failed_count : &tally->passed_count) += 1;
    }
    tally->failed = false;
}

static void report_run(struct run *run, void *context)
{
    struct tally *tally = context;

    if (run->spec != tally->current) {
        end_of_case(tally);
        tally->current = run->spec;
    }
    if (!verdict(run, false)) {
        tally->failed = true;
        printf("FAIL %s:%d: %s [%s]\n", run->spec->file, run->spec->line, run->spec->title,
               run->mode);
        verdict(run, true);
    }
}

/* The reason why this shell differs, or NULL. */
static const char *difference(const struct spec_case *spec, const char *shell)
{
    for (size_t i = 0; i < spec->differs.count; i++) {
        const char *at = spec->differs.items[i];
        size_t names = strcspn(at, " ");
        const char *reason = at + names;

        while (at < reason) {
            size_t n = strcspn(at, ", ");

            if (strlen(shell) == n && memcmp(at, shell, n) == 0) {
                return reason;
            }
            at += n + 1;
        }
    }
    return NULL;
}

static void report_peer(struct run *run, void *context)
{
    struct tally *tally = context;
    const char *reason = difference(run->spec, run->name);
    bool agrees = verdict(run, false);

    if (agrees && reason != NULL) {
        tally->stale++;
        printf("STALE %s:%d: %s: %s no longer differs\n", run->spec->file, run->spec->line,
               run->spec->title, run->name);
    } else if (!agrees && reason == NULL) {
        tally->unexplained++;
        printf("DIFFERS %s:%d: %s: %s [%s]\n", run->spec->file, run->spec->line, run->spec->title,
               run->name, run->mode);
        verdict(run, true);
    }
}

/* ---- what to run ---- */

struct plan {
    struct run *runs;
    size_t count;
};

static void plan_add(struct plan *plan, struct run run)
{
    struct run *grown = realloc(plan->runs, (plan->count + 1) * sizeof(run));

    if (grown == NULL) {
        perror("spec");
        exit(2);
    }
    plan->runs = grown;
    plan->runs[plan->count++] = run;
}

static const char *peer_command(const char *name)
{
    for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++) {
        if (strcmp(peers[i].name, name) == 0) {
            return peers[i].command;
        }
    }
    return name;
}

static struct list split_list(const char *text)
{
    struct list list = {0};

    while (*text != '\0') {
        size_t length = strcspn(text, ", ");

        if (length > 0) {
            list_add(&list, text, length);
        }
        text += length;
        text += *text != '\0';
    }
    return list;
}

static void plan_modes(struct plan *plan, struct run run, const struct list *modes)
{
    for (size_t i = 0; i < modes->count; i++) {
        run.mode = modes->items[i];
        if (run.spec->file_only && run.peer && strcmp(run.mode, "c") == 0) {
            run.mode = "script";
        }
        if (run_mode_fits(run.spec, run.mode) || (run.peer && strcmp(run.mode, "c") == 0)) {
            plan_add(plan, run);
        }
    }
}

static void plan_case(struct plan *plan, const struct spec_case *spec, const struct options *o,
                      const struct list *names)
{
    struct list modes = split_list(o->modes);
    struct run run = {.spec = spec, .shell = o->shell, .name = o->shell};

    if (o->peers == NULL) {
        plan_modes(plan, run, &modes);
    }
    for (size_t i = 0; o->peers != NULL && !spec->own && i < names->count; i++) {
        run.name = names->items[i];
        run.shell = peer_command(run.name);
        run.peer = true;
        plan_modes(plan, run, &modes);
    }
}

static void parse_options(int argc, char **argv, struct options *o)
{
    static const struct option longs[] = {
        {"shell", required_argument, NULL, 's'},
        {"peers", required_argument, NULL, 'p'},
        {"filter", required_argument, NULL, 'f'},
        {"mode", required_argument, NULL, 'm'},
        {0},
    };
    int c;

    while ((c = getopt_long(argc, argv, "s:p:f:m:j:v", longs, NULL)) != -1) {
        switch (c) {
        case 's':
            o->shell = optarg;
            break;
        case 'p':
            o->peers = optarg;
            break;
        case 'f':
            o->filter = optarg;
            break;
        case 'm':
            o->modes = optarg;
            break;
        case 'j':
            o->jobs = strtoul(optarg, NULL, 10);
            break;
        case 'v':
            o->list = true;
            break;
        default:
            fprintf(stderr, "usage: runner [--shell PATH] [--mode LIST] [--peers LIST] "
                            "[--filter TEXT] [-j N] [-v] FILE...\n");
            exit(2);
        }
    }
}

/* Cases run in other directories: the path of the shell must not depend on ours. */
static const char *absolute(const char *shell)
{
    char *full = strchr(shell, ' ') == NULL && strchr(shell, '/') ? realpath(shell, NULL) : NULL;

    return full != NULL ? full : shell;
}

int main(int argc, char **argv)
{
    const char *shell = getenv("SWISH");
    struct options o = {
        .shell = shell != NULL ? shell : "build/swish",
        .jobs = (size_t)sysconf(_SC_NPROCESSORS_ONLN),
    };
    struct spec_cases cases = {0};
    struct plan plan = {0};
    struct tally tally = {0};
    struct list names;

    parse_options(argc, argv, &o);
    o.shell = absolute(o.shell);
    for (int i = optind; i < argc; i++) {
        if (!spec_load(argv[i], &cases)) {
            return 2;
        }
    }
    if (o.modes == NULL) {
        o.modes = o.peers != NULL ? "c" : "c,noinline,script";
    }
    names = split_list(o.peers != NULL ? o.peers : "");
    for (size_t i = 0; i < cases.count; i++) {
        const struct spec_case *spec = &cases.items[i];

        if (o.filter != NULL && strstr(spec->title, o.filter) == NULL) {
            continue;
        }
        if (o.list) {
            printf("%s:%d: %s\n", spec->file, spec->line, spec->title);
        }
        plan_case(&plan, spec, &o, &names);
    }
    run_all(plan.runs, plan.count, o.jobs > 0 ? o.jobs : 1,
            o.peers != NULL ? report_peer : report_run, &tally);
    if (o.peers != NULL) {
        printf("compare: %zu runs, %zu unexplained, %zu stale\n", plan.count, tally.unexplained,
               tally.stale);
        return tally.unexplained + tally.stale > 0;
    }
    end_of_case(&tally);
    printf("spec: %zu passed, %zu failed\n", tally.passed_count, tally.failed_count);
    return tally.failed_count > 0;
}
