/* manual_text.c -- reads options out of a manual page's source (man or mdoc) or of a --help text.
 */
#include "ui/manual.h"

#include <string.h>

#include "base/mem.h"

enum { NOTE_MOST = 60, OPTIONS_MOST = 8, LINE_MOST = 4096 };

struct reading {
    struct buf *to;
    struct buf line;    /* without macros and escapes */
    struct buf pending; /* options that wait for their note, each ended by a NUL */
    struct buf note;
    bool begins; /* a paragraph does: the line may be a list of options */
};

/* ---- a line of a page ---- */

/* Behind a two- or many-letter name: \fB, \f(CW, \f[R]. */
static const char *skip_name(const char *at)
{
    if (*at == '(') {
        return at[1] != '\0' && at[2] != '\0' ? at + 3 : at + strlen(at);
    }
    if (*at == '[') {
        const char *end = strchr(at, ']');
        return end == NULL ? at + strlen(at) : end + 1;
    }
    return at + (*at != '\0');
}

/* What stands for one character, by the name in \(xx or \[xx]. */
static void put_special(const char *at, struct buf *to)
{
    static const struct {
        const char *name;
        const char *text;
    } specials[] = {{"hy", "-"},  {"en", "-"},  {"em", "-"},  {"aq", "'"}, {"cq", "'"}, {"oq", "'"},
                    {"dq", "\""}, {"lq", "\""}, {"rq", "\""}, {"ti", "~"}, {"ha", "^"}};
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
        if (strncmp(at, specials[i].name, 2) == 0) {
            buf_puts(to, specials[i].text);
        }
    }
}

/* Stands behind a backslash. */
static const char *escape(const char *at, struct buf *to)
{
    switch (*at) {
    case '\0':
        return at;
    case '-':
    case '\'':
    case '`':
    case '.':
    case ' ':
        buf_putc(to, *at);
        return at + 1;
    case '~':
    case '0':
        buf_putc(to, ' ');
        return at + 1;
    case 'e':
    case '\\':
        buf_putc(to, '\\');
        return at + 1;
    case '"':
        return at + strlen(at);
    case '(':
    case '[':
        put_special(at + 1, to);
        return skip_name(at);
    case 'f':
    case '*':
    case 'm':
    case 'F':
        return skip_name(at + 1);
    case 's':
        at += 1 + (at[1] == '+' || at[1] == '-');
        return at + strspn(at, "0123456789");
    default: /* \& and its like: nothing */
        return at + 1;
    }
}

static void put_text(const char *at, bool arguments, struct buf *to)
{
    while (*at != '\0') {
        if (*at == '\\') {
            at = escape(at + 1, to);
        } else if (arguments && *at == '"') {
            at++;
        } else {
            buf_putc(to, *at++);
        }
    }
}

static bool is_one_of(const char *word, size_t length, const char *names)
{
    for (const char *name = names; *name != '\0'; name += strcspn(name, " ")) {
        name += *name == ' ';
        if (strncmp(name, word, length) == 0 && (name[length] == ' ' || name[length] == '\0')) {
            return length > 0;
        }
    }
    return false;
}

/* mdoc: `Fl a Ar file , Fl -all` is -a file , --all. */
static void put_item(const char *at, struct buf *to)
{
    bool flag = false;
    while (*at != '\0') {
        size_t length = strcspn(at, " \t");
        if (is_one_of(at, length, "Fl")) {
            flag = true;
        } else if (is_one_of(at, length, "Ns")) { /* no space */
            to->length -= to->length > 0 && to->data[to->length - 1] == ' ';
        } else if (is_one_of(at, length, "Ar Cm Op Oo Oc Xo Xc Pa Li Ic Sm")) {
            flag = false;
        } else if (length > 0) {
            buf_puts(to, flag && strchr(",|", *at) == NULL ? "-" : "");
            char *word = mem_text_n(at, length);
            put_text(word, true, to);
            mem_free(word);
            buf_putc(to, ' ');
            flag = false;
        }
        at += length;
        at += strspn(at, " \t");
    }
}

/* False: a request that says nothing to us. *tag: what stands there is the head of a paragraph. */
static bool clean_line(const char *at, struct buf *to, bool *tag)
{
    to->length = 0;
    *tag = false;
    if (*at != '.' && *at != '\'') {
        put_text(at, false, to);
        return true;
    }
    at += 1 + strspn(at + 1, " \t");
    size_t length = strcspn(at, " \t");
    const char *rest = at + length + strspn(at + length, " \t");
    *tag = is_one_of(at, length, "It IP HP");
    if (is_one_of(at, length, "It")) {
        put_item(rest, to);
    } else if (is_one_of(at, length, "B BR BI IB RB IR RI I IP HP Nm Li")) {
        put_text(rest, true, to);
    } else {
        return false;
    }
    return true;
}

/* ---- options ---- */

static size_t option_length(const char *at)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t dashes = strspn(at, "-");
    if (dashes == 0 || dashes > 2 || strcspn(at + dashes, letters) > (at[dashes] == '?') ||
        at[dashes] == '\0') {
        return 0;
    }
    size_t length = dashes + strspn(at + dashes, "?");
    while (at[length] != '\0' && (strchr(letters, at[length]) != NULL ||
                                  (length > dashes && strchr("-_+.", at[length]) != NULL))) {
        length++;
    }
    if (at[length - 1] == '.') { /* that of a sentence */
        length--;
    }
    return length + (dashes == 2 && at[length] == '=' ? 1 : 0);
}

/* The next option of the same kind: behind a comma, a bar or `or`. */
static const char *next_option(const char *at)
{
    for (int words = 0; words < 3 && *at != '\0'; words++) {
        at += strcspn(at, " \t,|/");
        size_t between = strspn(at, " \t,|/");
        at += between;
        at += strncmp(at, "or ", 3) == 0 ? 3 : 0;
        if (*at == '-') {
            return at;
        }
    }
    return NULL;
}

/* Whole words of the note, as many as fit. */
static size_t note_length(const struct buf *note)
{
    size_t length = note->length;
    if (length > NOTE_MOST) {
        length = NOTE_MOST;
        while (length > 0 && note->data[length] != ' ') {
            length--;
        }
    }
    return length;
}

/* Was it told of before? The first that is said of an option counts. */
static bool stands(const struct buf *lines, const char *option)
{
    struct buf key = {0};
    buf_addf(&key, "\n%s\t", option);
    bool found =
        lines->length > 0 && (memmem(lines->data, lines->length, key.data, key.length) != NULL ||
                              (lines->length >= key.length - 1 &&
                               memcmp(lines->data, key.data + 1, key.length - 1) == 0));
    buf_free(&key);
    return found;
}

static void settle(struct reading *r)
{
    const char *at = buf_text(&r->pending);
    const char *end = at + r->pending.length;
    size_t length = note_length(&r->note);
    for (; at < end; at += strlen(at) + 1) {
        if (stands(r->to, at)) {
            continue;
        }
        buf_puts(r->to, at);
        buf_putc(r->to, '\t');
        buf_add(r->to, r->note.data, length);
        buf_putc(r->to, '\n');
    }
    r->pending.length = 0;
    r->note.length = 0;
}

static void add_note(struct reading *r, const char *text)
{
    if (r->pending.length > 0 && r->note.length <= NOTE_MOST) {
        buf_puts(&r->note, r->note.length > 0 ? " " : "");
        for (; *text != '\0'; text++) {
            buf_putc(&r->note, *text == '\t' ? ' ' : *text);
        }
    }
}

/* The text begins with an option. */
static void take_options(struct reading *r, char *text, bool page)
{
    char *wide = page ? NULL : strstr(text, "  ");
    settle(r);
    if (wide != NULL) {
        *wide = '\0';
    }
    int count = 0;
    for (const char *at = text; at != NULL && count < OPTIONS_MOST; at = next_option(at)) {
        size_t length = option_length(at);
        if (length > 0) {
            buf_add(&r->pending, at, length);
            buf_putc(&r->pending, '\0');
            count++;
        }
    }
    add_note(r, wide == NULL ? "" : wide + 2 + strspn(wide + 2, " \t"));
}

static void take_line(struct reading *r, const char *line, bool page)
{
    bool tag = !page;
    if (!page) {
        r->line.length = 0;
        buf_puts(&r->line, line);
    } else if (!clean_line(line, &r->line, &tag)) {
        /* A heading or a paragraph; what comes before a note is said is its layout. */
        if (r->note.length > 0) {
            settle(r);
        }
        r->begins = true;
        return;
    }
    char *text = buf_text(&r->line);
    text += strspn(text, " \t");
    if (*text == '-' && (tag || r->begins)) {
        take_options(r, text, page);
    } else {
        add_note(r, text);
    }
    r->begins = false;
}

void manual_parse(const char *text, bool page, struct buf *to)
{
    struct reading r = {.to = to};
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char *line = mem_text_n(text, length < LINE_MOST ? length : LINE_MOST);
        take_line(&r, line, page);
        mem_free(line);
        text += length + (text[length] != '\0');
    }
    settle(&r);
    buf_free(&r.line);
    buf_free(&r.pending);
    buf_free(&r.note);
}
