/* history.c -- fc: list, edit and run commands again (XCU fc); history. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/quote.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/front.h"
#include "exec/run.h"
#include "exec/script.h"
#include "exec/search.h"
#include "os/fd.h"
#include "state/history.h"
#include "state/shell.h"
#include "state/variable.h"

enum { LISTED = 16 };

struct fc {
    struct call *c;
    bool lists;
    bool numberless;
    bool reversed;
    bool runs;     /* -s */
    bool is_range; /* both ends are named, or it lists */
    const char *editor;
    int oldest;
    int newest; /* not counting the line that calls fc */
    int first;
    int last;
};

/* ---- which entries ---- */

static int clamp(const struct fc *f, long number)
{
    return number < f->oldest ? f->oldest : number > f->newest ? f->newest : (int)number;
}

/* The newest that begins so; 0: none. */
static int find_text(const struct fc *f, const char *start)
{
    size_t length = strlen(start);
    int number = f->newest;
    while (number >= f->oldest && strncmp(history_text(f->c->sh, number), start, length) != 0) {
        number--;
    }
    return number >= f->oldest ? number : 0;
}

/* A number, -number back from here, or the start of a command. The ends of a range may lie outside
   (XCU fc). False with a message. */
static bool find_entry(struct fc *f, const char *operand, int *number)
{
    unsigned long value = 0;
    bool back = *operand == '-';
    if (number_parse(operand + (back || *operand == '+'), 0x3fffffff, &value)) {
        long wanted = back ? f->newest + 1 - (long)value : (long)value;
        *number = clamp(f, wanted);
        *number = f->is_range || *number == wanted ? *number : 0;
    } else {
        *number = find_text(f, operand);
    }
    if (*number == 0) {
        call_fail(f->c, "%s: no such command in the history", operand);
    }
    return *number > 0;
}

static bool find_range(struct fc *f, char **operands)
{
    f->first = f->lists ? clamp(f, f->newest + 1L - LISTED) : f->newest;
    f->last = f->newest;
    f->is_range = f->lists || (operands[0] != NULL && operands[1] != NULL);
    if (operands[0] == NULL) {
        return true;
    }
    if (!find_entry(f, operands[0], &f->first)) {
        return false;
    }
    if (operands[1] != NULL) {
        return find_entry(f, operands[1], &f->last);
    }
    f->last = f->lists ? f->newest : f->first;
    return true;
}

/* Calls `visit` for each entry of the range in the order asked for. */
static void visit_range(const struct fc *f, void (*visit)(const struct fc *f, int number, void *to),
                        void *to)
{
    bool down = (f->first > f->last) != f->reversed;
    int low = f->first < f->last ? f->first : f->last;
    int high = f->first < f->last ? f->last : f->first;
    for (int i = 0; i <= high - low; i++) {
        visit(f, down ? high - i : low + i, to);
    }
}

/* ---- fc -l ---- */

static void list_entry(const struct fc *f, int number, void *to)
{
    struct out *out = to;
    const char *text = history_text(f->c->sh, number);
    if (!f->numberless) {
        out_addf(out, "%d", number);
    }
    while (text != NULL) {
        const char *end = strchr(text, '\n');
        out_putc(out, '\t');
        out_add(out, text, end == NULL ? strlen(text) : (size_t)(end - text));
        out_putc(out, '\n');
        text = end == NULL ? NULL : end + 1;
    }
}

/* history -z: as it is, for programs. */
static void give_entry(const struct fc *f, int number, void *to)
{
    struct out *out = to;
    out_puts(out, history_text(f->c->sh, number));
    out_putc(out, '\0');
}

/* ---- running again ---- */

/* The text takes the place of the fc command in the history, is shown, and runs. */
static int run_again(struct call *c, const char *text)
{
    struct shell *sh = c->sh;
    struct out out;
    history_drop_last(sh);
    history_remember(sh, text, strlen(text));
    error_out(sh, &out);
    out_puts(&out, text);
    if (*text == '\0' || text[strlen(text) - 1] != '\n') {
        out_putc(&out, '\n');
    }
    out_flush(&out);
    out_free(&out);
    c->flow = run_text(sh, text, sh->line, 0);
    return sh->status;
}

/* -s [old=new] [first] */
static int substitute(struct fc *f, char **operands)
{
    const char *equals = operands[0] == NULL ? NULL : strchr(operands[0], '=');
    const char *old = equals == NULL ? NULL : operands[0];
    int number = f->newest;
    operands += equals != NULL;
    if (operands[0] != NULL && !find_entry(f, operands[0], &number)) {
        return 1;
    }
    const char *text = history_text(f->c->sh, number);
    struct buf changed = {0};
    size_t length = equals == NULL ? 0 : (size_t)(equals - old);
    const char *at = length == 0 ? NULL : memmem(text, strlen(text), old, length);
    if (equals != NULL && at == NULL) {
        return call_fail(f->c, "%.*s: not in that command", (int)(length & 0xfff), old);
    }
    if (at != NULL) {
        buf_add(&changed, text, (size_t)(at - text));
        buf_puts(&changed, equals + 1);
        text = at + length;
    }
    buf_puts(&changed, text);
    int status = run_again(f->c, buf_text(&changed));
    buf_free(&changed);
    return status;
}

/* ---- editing ---- */

static void edit_entry(const struct fc *f, int number, void *to)
{
    struct buf *text = to;
    buf_puts(text, history_text(f->c->sh, number));
    buf_putc(text, '\n');
}

/* XCU fc knows -e, FCEDIT and ed; EDITOR is what people set. */
static const char *editor(struct call *c, const char *given)
{
    static const char *const names[] = {"FCEDIT", "EDITOR"};
    for (size_t i = 0; given == NULL && i < sizeof names / sizeof names[0]; i++) {
        const char *value = variable_by_name(c->sh, names[i]);
        given = value == NULL || *value == '\0' ? NULL : value;
    }
    if (given != NULL && *given != '\0') {
        return given;
    }
    return command_search(c->sh, "ed", variable_by_name(c->sh, "PATH")) != NULL ? "ed" : "vi";
}

/* Runs the editor on the file; its status. */
static int run_editor(struct call *c, const char *name, const char *path)
{
    struct buf command = {0};
    buf_puts(&command, name);
    buf_putc(&command, ' ');
    quote_add(&command, path, strlen(path));
    c->flow = run_text(c->sh, buf_text(&command), c->sh->line, 0);
    buf_free(&command);
    return c->sh->status;
}

static int edit(struct fc *f)
{
    struct call *c = f->c;
    struct buf text = {0};
    struct buf path = {0};
    visit_range(f, edit_entry, &text);
    int status = 1;
    if (!script_store(c->sh, &text, &path)) {
        call_errno(c, buf_text(&path), errno);
    } else {
        text.length = 0;
        status = run_editor(c, editor(c, f->editor), buf_text(&path));
        if (status == 0 && c->flow == FLOW_NEXT) {
            bool got = script_load(buf_text(&path), &text);
            unlink(buf_text(&path));
            status = got ? run_again(c, buf_text(&text)) : call_errno(c, buf_text(&path), errno);
        } else {
            unlink(buf_text(&path));
        }
    }
    buf_free(&text);
    buf_free(&path);
    return status;
}

/* -5 is an operand, no option. */
static bool at_operand(const struct call *c, const struct call_scan *scan)
{
    const char *word = c->argv[scan->index == 0 ? 1 : scan->index];
    return scan->offset == 0 && word != NULL && word[0] == '-' && word[1] >= '0' && word[1] <= '9';
}

static bool take_options(struct fc *f, struct call_scan *scan)
{
    scan->index = 1;
    while (!at_operand(f->c, scan)) {
        switch (call_option(f->c, scan, "lnrse:")) {
        case -1:
            return true;
        case 'l':
            f->lists = true;
            break;
        case 'n':
            f->numberless = true;
            break;
        case 'r':
            f->reversed = true;
            break;
        case 's':
            f->runs = true;
            break;
        case 'e':
            f->editor = scan->value;
            break;
        default:
            return false;
        }
    }
    return true;
}

int builtin_fc(struct call *c)
{
    struct call_scan scan = {0};
    struct fc f = {.c = c};
    if (!take_options(&f, &scan)) {
        return 2;
    }
    f.oldest = history_first(c->sh);
    f.newest = history_before(c->sh);
    if (f.newest == 0) {
        return call_fail(c, "the history is empty");
    }
    char **operands = c->argv + scan.index;
    if (f.runs || (f.editor != NULL && strcmp(f.editor, "-") == 0)) {
        return substitute(&f, operands);
    }
    if (!find_range(&f, operands)) {
        return 1;
    }
    if (!f.lists) {
        return edit(&f);
    }
    visit_range(&f, list_entry, c->out);
    return 0;
}

static int import(struct call *c, const char *path)
{
    const struct front *own = c->sh->exec->front;
    if (own == NULL || own->import == NULL) {
        return call_warn(c, "there is no history file");
    }
    return own->import(c->sh, path) ? 0 : call_errno(c, path, errno);
}

/* The last ones, or all. */
static int list(struct call *c, const char *operand, bool for_programs)
{
    unsigned long count = 0;
    if (operand != NULL && !number_parse(operand, 0x3fffffff, &count)) {
        return call_usage(c, "%s: not a number of entries", operand);
    }
    struct fc f = {.c = c, .oldest = history_first(c->sh), .newest = history_last(c->sh)};
    f.last = f.newest;
    f.first = operand == NULL ? f.oldest : clamp(&f, f.newest + 1L - (long)count);
    if (f.newest > 0 && (operand == NULL || count > 0)) {
        visit_range(&f, for_programs ? give_entry : list_entry, c->out);
    }
    return 0;
}

int builtin_history(struct call *c)
{
    struct call_scan scan = {0};
    bool for_programs = false;
    for (;;) {
        switch (call_option(c, &scan, "ci:z")) {
        case -1:
            return list(c, c->argv[scan.index], for_programs);
        case 'i':
            return import(c, scan.value);
        case 'c':
            history_free(c->sh);
            return 0;
        case 'z':
            for_programs = true;
            break;
        default:
            return 2;
        }
    }
}
