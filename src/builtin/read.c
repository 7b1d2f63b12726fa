/* read.c -- read: a line from standard input into variables (XCU read). */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "builtin/fields.h"
#include "builtin/operand.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "exec/error.h"
#include "exec/input.h"
#include "expand/expand.h"
#include "os/signals.h"
#include "os/terminal.h"
#include "state/shell.h"
#include "state/variable.h"

enum { READ_FAILED = 2, READ_TIMED_OUT = 128 + SIGALRM };

struct reader {
    struct call *c;
    bool raw;    /* -r */
    bool silent; /* -s */
    char delimiter;
    size_t most;       /* -n: characters; 0: no limit */
    long milliseconds; /* -t; -1: no limit */
    const char *prompt;
    struct buf line;
    char *quoted; /* heap: which bytes a backslash protects; NULL: none */
};

/* ---- options ---- */

/* Seconds with an optional fraction. */
static bool parse_seconds(const char *text, long *milliseconds)
{
    unsigned long whole = 0;
    long scale = 100;
    size_t digits = strspn(text, "0123456789");
    char room[16];
    if (digits >= sizeof room || (text[digits] != '\0' && text[digits] != '.')) {
        return false;
    }
    memcpy(room, text, digits);
    room[digits] = '\0';
    if (digits > 0 && !number_parse(room, 1000000000, &whole)) {
        return false;
    }
    *milliseconds = (long)whole * 1000;
    const char *at = text + digits + (text[digits] == '.');
    bool any = digits > 0 || *at != '\0';
    for (; *at >= '0' && *at <= '9'; at++, scale /= 10) {
        *milliseconds += (*at - '0') * scale;
    }
    return any && *at == '\0';
}

/* False with a message. */
static bool take_option(struct reader *r, int letter, const char *value)
{
    unsigned long count = 0;
    switch (letter) {
    case 'r':
        r->raw = true;
        return true;
    case 's':
        r->silent = true;
        return true;
    case 'd':
        r->delimiter = *value;
        return true;
    case 'p':
        r->prompt = value;
        return true;
    case 'n':
        if (!number_parse(value, 0x7fffffff, &count) || count == 0) {
            call_usage(r->c, "%s: invalid count", value);
            return false;
        }
        r->most = count;
        return true;
    case 't':
        if (!parse_seconds(value, &r->milliseconds)) {
            call_usage(r->c, "%s: invalid time", value);
            return false;
        }
        return true;
    default:
        return false;
    }
}

/* ---- terminal ---- */

static void write_prompt(struct reader *r, const char *text)
{
    struct out out;
    error_out(r->c->sh, &out);
    out_puts(&out, text);
    out_flush(&out);
    out_free(&out);
}

/* -s and -n change the modes of a terminal; *before holds the old ones. */
static bool change_modes(const struct reader *r, struct termios *before)
{
    if ((!r->silent && r->most == 0 && r->delimiter == '\n') || !terminal_get_modes(0, before)) {
        return false;
    }
    struct termios modes = *before;
    if (r->silent) {
        modes.c_lflag &= (tcflag_t) ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    }
    if (r->most > 0 || r->delimiter != '\n') {
        modes.c_lflag &= (tcflag_t) ~(tcflag_t)ICANON;
        modes.c_cc[VMIN] = 1;
        modes.c_cc[VTIME] = 0;
    }
    return terminal_set_modes(0, &modes);
}

/* ---- reading ---- */

static void drop_nuls(struct buf *line, size_t from)
{
    if (line->length == from || memchr(line->data + from, '\0', line->length - from) == NULL) {
        return;
    }
    size_t to = from;
    for (size_t i = from; i < line->length; i++) {
        if (line->data[i] != '\0') {
            line->data[to++] = line->data[i];
        }
    }
    line->length = to;
}

/* Is the last byte behind `from` a backslash that no other one protects? */
static bool ends_in_backslash(const struct buf *line, size_t from)
{
    size_t at = line->length;
    while (at > from && line->data[at - 1] == '\\') {
        at--;
    }
    return (line->length - at) % 2 == 1;
}

/* Bytes to ask for when -n counts characters: at least one for each that is missing. */
static size_t missing(const struct reader *r)
{
    if (r->most == 0) {
        return SIZE_MAX;
    }
    bool utf8 = r->c->sh->utf8;
    size_t have = r->line.length == 0 ? 0 : utf8_count(r->line.data, r->line.length, utf8);
    if (have < r->most || !utf8) {
        return have < r->most ? r->most - have : 0;
    }
    /* The last character may be there in part. */
    size_t start = r->line.length;
    while (start > 0 && r->line.length - start < 3 && (r->line.data[start - 1] & 0xc0) == 0x80) {
        start--;
    }
    unsigned char lead = start > 0 ? (unsigned char)r->line.data[start - 1] : 0;
    size_t want = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    return r->line.length - start + 1 < want ? 1 : 0;
}

/* A backslash before the end of the line: it goes on. */
static void continue_line(struct reader *r)
{
    struct shell *sh = r->c->sh;
    if (r->delimiter != '\n') {
        buf_putc(&r->line, r->delimiter);
        return;
    }
    r->line.length--;
    if (sh->interactive && isatty(0)) {
        const char *ps2 = variable_by_name(sh, "PS2");
        write_prompt(r, ps2 == NULL ? "" : expand_prompt(sh, ps2));
    }
}

static enum input_result read_line(struct reader *r)
{
    size_t from = 0;
    for (;;) {
        size_t before = r->line.length;
        struct input_limits limits = {
            .delimiter = r->delimiter, .most = missing(r), .milliseconds = r->milliseconds};
        if (limits.most == 0) {
            return INPUT_LINE;
        }
        enum input_result result = input_line(r->c->sh, 0, &limits, &r->line);
        bool limited = r->line.length - before == limits.most;
        drop_nuls(&r->line, before);
        if (result != INPUT_LINE) {
            return result;
        }
        if (!r->raw && !limited && ends_in_backslash(&r->line, from)) {
            continue_line(r);
            from = r->line.length;
        } else if (!limited) {
            return result;
        }
    }
}

/* Takes the backslashes out, and notes what they protect. */
static void unescape(struct reader *r)
{
    struct buf *line = &r->line;
    if (r->raw || line->length == 0 || memchr(line->data, '\\', line->length) == NULL) {
        return;
    }
    r->quoted = mem_zero(line->length);
    size_t to = 0;
    for (size_t i = 0; i < line->length; i++) {
        bool is_quoted = line->data[i] == '\\';
        if (is_quoted && (++i == line->length || line->data[i] == '\n')) {
            continue; /* at the end of the file, or before a newline under -d */
        }
        size_t size = utf8_first(line->data + i, line->length - i, r->c->sh->utf8);
        for (; size > 0; size--, i++) {
            r->quoted[to] = is_quoted;
            line->data[to++] = line->data[i];
        }
        i--;
    }
    line->length = to;
}

/* ---- assigning ---- */

static bool assign(struct reader *r, const char *name, const char *text, size_t length)
{
    return operand_set(r->c, name, length == 0 ? "" : text, length);
}

static bool assign_all(struct reader *r, char **names)
{
    if (names[0] == NULL) {
        return assign(r, "REPLY", r->line.data, r->line.length);
    }
    struct splitter s = {
        .ifs = &r->c->sh->ifs, .text = r->line.data, .length = r->line.length, .quoted = r->quoted};
    splitter_start(&s);
    for (; names[0] != NULL; names++) {
        size_t start = 0;
        size_t length = 0;
        if (names[1] != NULL) {
            splitter_field(&s, &start, &length);
        } else {
            splitter_rest(&s, &start, &length);
        }
        if (!assign(r, names[0], s.text + start, length)) {
            return false;
        }
    }
    return true;
}

static int pending_signal(void)
{
    for (int i = 1; i < SIGNALS_MAX; i++) {
        if (i != SIGCHLD && signal_is_pending(i)) {
            return i;
        }
    }
    return SIGCHLD;
}

static int run(struct reader *r, char **names)
{
    struct termios before;
    bool changed = change_modes(r, &before);
    if (r->prompt != NULL && isatty(0)) {
        write_prompt(r, r->prompt);
    }
    enum input_result result = read_line(r);
    int number = errno;
    if (changed) {
        terminal_set_modes(0, &before);
    }
    switch (result) {
    case INPUT_ERROR:
        call_errno(r->c, "read error", number);
        return READ_FAILED;
    case INPUT_TRAP:
        return 128 + pending_signal();
    case INPUT_LINE:
    case INPUT_END:
    case INPUT_TIME:
        break;
    }
    unescape(r);
    if (!assign_all(r, names)) {
        return READ_FAILED;
    }
    return result == INPUT_LINE ? 0 : result == INPUT_END ? 1 : READ_TIMED_OUT;
}

int builtin_read(struct call *c)
{
    struct reader r = {.c = c, .delimiter = '\n', .milliseconds = -1};
    struct call_scan scan = {0};
    int letter = 0;
    while ((letter = call_option(c, &scan, "rsd:n:p:t:")) != -1) {
        if (!take_option(&r, letter, scan.value)) {
            return READ_FAILED;
        }
    }
    char **names = c->argv + scan.index;
    for (int i = 0; names[i] != NULL; i++) {
        if (!symbol_is_name(names[i], strlen(names[i]))) {
            return call_usage(c, "%s: invalid name", names[i]);
        }
    }
    int status = run(&r, names);
    buf_free(&r.line);
    mem_free(r.quoted);
    return status;
}
