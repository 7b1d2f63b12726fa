/* complete.c -- finds the word before the cursor and what it is, and asks for candidates. */
#include "ui/complete.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/quote.h"
#include "base/symbol.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "os/process.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/spans.h"
#include "ui/candidates.h"
#include "ui/git.h"
#include "ui/word.h"

enum { LABEL_MOST = 1000 };

/* The word at the cursor, and where it stands. */
struct place {
    const char *line;
    size_t from; /* of the word; what lies before is kept */
    size_t point;
    enum span_kind kind;
    char command[64]; /* the command word before it, when that is a plain name */
    int number;       /* how many arguments stand between */
    char before[64];  /* the argument before it */
    char first[64];   /* the first argument */
};

/* ---- which word ---- */

static void copy_span(char room[64], const char *line, const struct span *span)
{
    size_t length = span->to - span->from;
    room[0] = '\0';
    if (length < 64) {
        memcpy(room, line + span->from, length);
        room[length] = '\0';
    }
}

static bool is_word(const struct span *span)
{
    return span->kind != SPAN_OPERATOR && span->kind != SPAN_COMMENT && span->kind != SPAN_HERE;
}

/* The command and its arguments before the word. */
static void look_back(struct place *place, const struct spans *spans, size_t count)
{
    for (size_t i = 0; spans->items != NULL && i < count; i++) {
        const struct span *span = &spans->items[i];
        if (span->kind == SPAN_COMMAND) {
            copy_span(place->command, place->line, span);
            place->number = 0;
            place->before[0] = '\0';
        } else if (span->kind == SPAN_ARGUMENT) {
            copy_span(place->before, place->line, span);
            if (place->number++ == 0) {
                copy_span(place->first, place->line, span);
            }
        }
    }
}

/* Commands that run the command behind them. */
static bool runs_commands(const char *command)
{
    static const char *const names[] = {"command", "doas",   "env",  "exec",    "nice", "nohup",
                                        "setsid",  "stdbuf", "sudo", "timeout", "xargs"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(command, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The word that ends at the cursor; inside an open substitution, the word in there. */
static bool find_place(struct shell *sh, struct place *place)
{
    struct spans spans = {0};
    size_t start = place->from;
    const char *text = place->line + start;
    spans_find(&sh->programs, &sh->depth, text, place->point - start, &spans);
    const struct span *last = spans.count == 0 ? NULL : &spans.items[spans.count - 1];
    bool at_word = last != NULL && last->to == place->point - start && is_word(last);
    bool hopeless = last != NULL && last->to == place->point - start &&
                    (last->kind == SPAN_COMMENT || last->kind == SPAN_HERE);
    place->line += start;
    look_back(place, &spans, spans.count - (at_word ? 1 : 0));
    place->line -= start;
    place->kind = at_word ? last->kind : spans.next;
    place->from = at_word ? start + last->from : place->point;
    if (place->kind == SPAN_KEYWORD) {
        place->kind = SPAN_COMMAND;
    }
    spans_free(&spans);
    return !hopeless;
}

/* ---- which candidates ---- */

typedef void source(struct shell *sh, struct candidates *to);

/* What the arguments of some commands are. */
static const struct rule {
    const char *command;
    source *add;
    const char *first; /* the word begins with this; NULL: any */
} rules[] = {
    {"kill", candidates_jobs, "%"},
    {"fg", candidates_jobs, NULL},
    {"bg", candidates_jobs, NULL},
    {"jobs", candidates_jobs, "%"},
    {"wait", candidates_jobs, "%"},
    {"trap", candidates_signals, NULL},
    {"unset", candidates_variables, NULL},
    {"export", candidates_variables, NULL},
    {"readonly", candidates_variables, NULL},
    {"local", candidates_variables, NULL},
    {"read", candidates_variables, NULL},
    {"unalias", candidates_aliases, NULL},
    {"alias", candidates_aliases, NULL},
    {"type", candidates_commands, NULL},
    {"which", candidates_commands, NULL},
    {"hash", candidates_commands, NULL},
    {"ssh", candidates_hosts, NULL},
    {"ping", candidates_hosts, NULL},
    {"host", candidates_hosts, NULL},
    {"sftp", candidates_hosts, NULL},
};

static const struct builtin *builtin_of(const struct shell *sh, const char *name)
{
    const struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
    return symbol == NULL ? NULL : symbol->builtin;
}

/* Options of kill and of built-ins. True: there is nothing else. */
static bool add_options(struct shell *sh, const struct place *place, const char *word,
                        struct candidates *to)
{
    const struct builtin *builtin = builtin_of(sh, place->command);
    bool names_signal = strcmp(place->command, "kill") == 0;
    if (strcmp(place->command, "set") == 0 && strcmp(place->before + 1, "o") == 0) {
        candidates_options(sh, to);
        return true;
    }
    if (names_signal && strcmp(place->before, "-s") == 0) {
        candidates_signals(sh, to);
        return true;
    }
    if (*word != '-' || builtin == NULL) {
        return false;
    }
    candidates_letters(builtin->usage, to);
    return true;
}

/* git: its commands, then what most of them take besides files. True: no files. */
static bool add_git(struct shell *sh, const struct place *place, struct candidates *to)
{
    static const char *const takers[] = {"branch", "checkout", "cherry-pick", "diff",   "log",
                                         "merge",  "rebase",   "reset",       "show",   "switch",
                                         "tag",    "describe", "push",        "revert", "worktree"};
    if (strcmp(place->command, "git") != 0) {
        return false;
    }
    if (place->number == 0) {
        git_commands(sh, to);
        return true;
    }
    for (size_t i = 0; i < sizeof takers / sizeof takers[0]; i++) {
        if (strcmp(place->first, takers[i]) == 0) {
            git_references(sh, to);
        }
    }
    return to->count > 0;
}

static bool add_by_rule(struct shell *sh, const struct place *place, const char *word,
                        struct candidates *to)
{
    bool found = false;
    if (add_options(sh, place, word, to) || add_git(sh, place, to)) {
        return true;
    }
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const struct rule *rule = &rules[i];
        if (strcmp(rule->command, place->command) == 0 &&
            (rule->first == NULL || *word == *rule->first)) {
            rule->add(sh, to);
            found = true;
        }
    }
    return found && to->count > 0;
}

/* The folder before the last slash; ~ at its beginning is somebody's home. */
static void folder_of(struct shell *sh, const struct typed *typed, bool tilde, struct buf *to)
{
    const char *text = typed->text.data;
    size_t user = tilde ? strcspn(text, "/") : 0;
    if (user == 1) {
        const char *home = variable_by_name(sh, "HOME");
        buf_puts(to, home == NULL ? "~" : home);
    } else if (user > 1) {
        char *name = mem_text_n(text + 1, user - 1);
        if (!process_home(name, to)) {
            buf_add(to, text, user);
        }
        mem_free(name);
    }
    buf_add(to, text + user, typed->base - user);
}

static void add_files(struct shell *sh, const struct place *place, struct typed *typed, bool tilde,
                      struct candidates *to)
{
    struct buf folder = {0};
    bool folders = strcmp(place->command, "cd") == 0 || strcmp(place->command, "rmdir") == 0;
    enum file_choice choice = place->kind == SPAN_COMMAND               ? FILES_PROGRAMS
                              : folders && place->kind == SPAN_ARGUMENT ? FILES_FOLDERS
                                                                        : FILES_ALL;
    folder_of(sh, typed, tilde, &folder);
    to->prefix = buf_text(&typed->text) + typed->base;
    to->prefix_length = strlen(to->prefix);
    candidates_files(buf_text(&folder), choice, to);
    buf_free(&folder);
}

/* ---- what is put there ---- */

static size_t common_length(const struct candidates *found)
{
    const char *first = found->names[0];
    size_t length = strlen(first);
    for (size_t i = 1; i < found->count; i++) {
        size_t same = 0;
        while (same < length && found->names[i][same] == first[same]) {
            same++;
        }
        length = same;
    }
    while (length > 0 && ((unsigned char)first[length] & 0xc0) == 0x80) {
        length--; /* no half of a character */
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)first[i] < ' ' || first[i] == '\177') {
            return i;
        }
    }
    return length;
}

/* How names go into the line. */
struct style {
    char quote; /* inside which they stand, or 0 */
    bool opens; /* which they open */
    bool plain; /* no quoting at all: names of variables, ~user */
};

static void put(const char *name, size_t length, const struct style *style, bool ends,
                struct buf *to)
{
    if (style->plain) {
        buf_add(to, name, length);
        return;
    }
    if (style->opens) {
        buf_putc(to, style->quote);
    }
    typed_quote(name, length, style->quote, ends, to);
}

static char *name_text(const char *name, const struct style *style, const char *suffix)
{
    struct buf text = {0};
    size_t length = strlen(name);
    bool folder = length > 0 && name[length - 1] == '/';
    put(name, length, style, !folder, &text);
    buf_puts(&text, folder ? "" : suffix);
    return buf_take(&text);
}

static void fill(struct candidates *found, const struct style *style, struct completion *to)
{
    struct buf common = {0};
    put(found->names[0], common_length(found), style, false, &common);
    to->common = buf_take(&common);
    to->count = found->count;
    to->texts = mem_alloc(found->count * sizeof *to->texts);
    to->labels = mem_alloc(found->count * sizeof *to->labels);
    for (size_t i = 0; i < found->count; i++) {
        struct buf label = {0};
        quote_add_visible(&label, found->names[i], strlen(found->names[i]), LABEL_MOST);
        to->texts[i] = name_text(found->names[i], style, found->suffix);
        to->labels[i] = buf_take(&label);
    }
}

/* NAME=value and --option=value: only what follows the sign (and a colon) is a file. */
static size_t value_of(const struct place *place)
{
    const char *word = place->line + place->from;
    const char *end = place->line + place->point;
    const char *equals = memchr(word, '=', (size_t)(end - word));
    if (equals == NULL || (place->kind != SPAN_ASSIGNMENT && *word != '-')) {
        return place->from;
    }
    const char *colon = memrchr(equals, ':', (size_t)(end - equals));
    return (size_t)((colon == NULL || place->kind != SPAN_ASSIGNMENT ? equals : colon) + 1 -
                    place->line);
}

static void find_names(struct shell *sh, const struct place *place, struct typed *typed,
                       struct candidates *found)
{
    const char *word = buf_text(&typed->text);
    found->prefix = word;
    found->prefix_length = typed->text.length;
    bool whole = typed->base == 0;
    if (!whole && strcmp(place->command, "git") == 0) {
        add_git(sh, place, found); /* names of branches have slashes */
        typed->raw_base = found->count > 0 ? 0 : typed->raw_base;
        typed->base_quote = found->count > 0 ? 0 : typed->base_quote;
    } else if (whole && place->kind == SPAN_COMMAND && *word != '\0') {
        candidates_commands(sh, found);
    } else if (whole && place->kind == SPAN_ARGUMENT) {
        if (runs_commands(place->command) && place->number == 0 && *word != '-') {
            candidates_commands(sh, found);
        } else if (add_by_rule(sh, place, word, found)) {
            return;
        }
    }
}

/* A word whose text is known. */
static void complete_word(struct shell *sh, struct place *place, struct typed *typed,
                          struct completion *to)
{
    struct candidates found = {.suffix = " "};
    struct style style = {0};
    bool tilde = place->line[place->from] == '~' && place->from < place->point;
    to->from = place->from;
    if (typed->variable > 0) {
        found.prefix = place->line + place->from + typed->variable;
        found.prefix_length = place->point - place->from - typed->variable;
        found.suffix = typed->brace ? "}" : "";
        style.plain = true;
        to->from += typed->variable;
        candidates_variables(sh, &found);
    } else if (tilde && typed->base == 0) {
        found.prefix = buf_text(&typed->text);
        found.prefix_length = typed->text.length;
        style.plain = true;
        candidates_users(sh, &found);
    } else {
        style.quote = typed->base_quote != 0 ? typed->base_quote : typed->quote;
        style.opens = typed->base_quote == 0 && typed->quote != 0;
        find_names(sh, place, typed, &found);
        if (found.count == 0) {
            add_files(sh, place, typed, tilde, &found);
        }
        to->from += typed->raw_base;
    }
    candidates_sort(&found);
    if (found.count > 0) {
        fill(&found, &style, to);
    }
    candidates_free(&found);
}

bool complete_line(struct shell *sh, const char *line, size_t point, struct completion *to)
{
    struct place place = {.line = line, .point = point};
    struct typed typed = {0};
    *to = (struct completion){0};
    while (find_place(sh, &place)) {
        place.from = value_of(&place);
        typed_read(sh, line + place.from, point - place.from, &typed);
        if (typed.command == 0) {
            if (!typed.unknown || typed.variable > 0) {
                complete_word(sh, &place, &typed, to);
            }
            break;
        }
        place = (struct place){.line = line, .from = place.from + typed.command, .point = point};
        buf_free(&typed.text);
        typed = (struct typed){0};
    }
    buf_free(&typed.text);
    return to->count > 0;
}

void completion_free(struct completion *completion)
{
    for (size_t i = 0; i < completion->count; i++) {
        mem_free(completion->texts[i]);
        mem_free(completion->labels[i]);
    }
    mem_free(completion->texts);
    mem_free(completion->labels);
    mem_free(completion->common);
    *completion = (struct completion){0};
}
