/* spec.c -- what the user said with `complete`, and what it finds for a word. */
#include "ui/spec.h"

#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/quote.h"
#include "base/symbol.h"
#include "exec/error.h"
#include "exec/exec.h"
#include "exec/run.h"
#include "exec/simple.h"
#include "expand/expand.h"
#include "expand/glob.h"
#include "expand/pattern.h"
#include "state/names.h"
#include "state/scope.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/place.h"
#include "ui/sources.h"
#include "ui/ui.h"
#include "ui/words.h"

enum { TRIES = 8, TRY_AGAIN = 124 };

/* ---- what was said ---- */

const char spec_default[] = "\nD";
const char spec_empty[] = "\nE";
const char spec_initial[] = "\nI";

void spec_free(struct spec *spec)
{
    mem_free(spec->name);
    for (size_t i = 0; i < SPEC_TEXTS; i++) {
        mem_free(spec->texts[i]);
    }
}

void spec_free_all(struct spec *specs)
{
    while (specs != NULL) {
        struct spec *next = specs->next;
        spec_free(specs);
        mem_free(specs);
        specs = next;
    }
}

/* The link that holds the one of that name, or where it belongs: they stand in order. */
static struct spec **find(struct shell *sh, const char *name)
{
    struct spec **link = &ui_of(sh)->specs;
    while (*link != NULL && strcmp((*link)->name, name) < 0) {
        link = &(*link)->next;
    }
    return link;
}

struct spec *spec_get(struct shell *sh, const char *name)
{
    struct spec *spec = *find(sh, name);
    return spec != NULL && strcmp(spec->name, name) == 0 ? spec : NULL;
}

/* As it was typed, else by the last part of a path. */
static const struct spec *get_typed(struct shell *sh, const char *command)
{
    const struct spec *spec = spec_get(sh, command);
    const char *slash = strrchr(command, '/');
    return spec == NULL && slash != NULL ? spec_get(sh, slash + 1) : spec;
}

bool spec_stands(struct shell *sh, const char *command)
{
    return get_typed(sh, command) != NULL;
}

static void copy(const struct spec *from, const char *name, struct spec *to)
{
    *to = (struct spec){.next = to->next, .actions = from->actions, .options = from->options};
    to->name = mem_text(name);
    for (size_t i = 0; i < SPEC_TEXTS; i++) {
        to->texts[i] = from->texts[i] == NULL ? NULL : mem_text(from->texts[i]);
    }
}

void spec_define(struct shell *sh, const char *name, const struct spec *model)
{
    struct spec *spec = spec_get(sh, name);
    if (spec == NULL) {
        struct spec **link = find(sh, name);
        spec = mem_zero(sizeof *spec);
        spec->next = *link;
        *link = spec;
    } else {
        spec_free(spec);
    }
    copy(model, name, spec);
}

bool spec_remove(struct shell *sh, const char *name)
{
    struct spec *spec = spec_get(sh, name);
    if (spec != NULL) {
        *find(sh, name) = spec->next;
        spec_free(spec);
        mem_free(spec);
    }
    return spec != NULL;
}

/* ---- functions and commands ---- */

static void set(struct shell *sh, const char *name, const char *value)
{
    struct diag d = {0};
    struct symbol *symbol = symbol_intern(&sh->symbols, name, strlen(name));
    if (variable_set(sh, symbol, value, strlen(value), &d)) {
        variable_flag(sh, symbol, VARIABLE_EXPORTED, 0);
    }
    diag_clear(&d);
    symbol_release(&sh->symbols, symbol);
}

static void set_number(struct shell *sh, const char *name, size_t value)
{
    struct buf text = {0};
    buf_addf(&text, "%zu", value);
    set(sh, name, buf_text(&text));
    buf_free(&text);
}

/* What stands in the line; a Tab is what asks. As before a command: the shell keeps none of it. */
static void tell(struct asked *asked, struct scope *scope)
{
    static const char *const names[] = {"COMP_LINE", "COMP_POINT", "COMP_CWORD",
                                        "COMP_KEY",  "COMP_TYPE",  "COMPREPLY"};

    struct shell *sh = asked->sh;
    const struct place *place = asked->place;
    scope_enter(sh, scope, SCOPE_PREFIX);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct symbol *symbol = symbol_intern(&sh->symbols, names[i], strlen(names[i]));
        scope_shadow(sh, scope, symbol);
        symbol_release(&sh->symbols, symbol);
    }
    size_t start = place->count > 0 ? place->words[0].from : place->from;
    char *line = mem_text_n(place->line + start, place->point - start);
    set(sh, "COMP_LINE", line);
    set_number(sh, "COMP_POINT", strlen(line));
    set_number(sh, "COMP_CWORD", place->count);
    set_number(sh, "COMP_KEY", '\t');
    set_number(sh, "COMP_TYPE", '\t');
    set(sh, "COMPREPLY", "");
    mem_free(line);
}

/* The command, the word, the word before it. */
enum { TOLD = 3 };

static void told(const struct asked *asked, const char *texts[TOLD])
{
    const struct place *place = asked->place;
    texts[0] = asked->bare ? "compgen" : place_word(place, 0);
    texts[1] = place->whole.text.data;
    texts[2] = place->count == 1 ? texts[0] : place_previous(place);
}

/* True: what it defined meanwhile is to be asked in its place. */
static bool call_function(struct asked *asked, const char *name)
{
    struct shell *sh = asked->sh;
    const struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
    struct function *function = symbol == NULL ? NULL : function_get(symbol);
    if (function == NULL) {
        error_print(sh, "complete: %s: no such function", name);
        return false;
    }
    const char *texts[TOLD];
    char *argv[TOLD + 2] = {mem_text(name)};
    told(asked, texts);
    for (size_t i = 0; i < TOLD; i++) {
        argv[i + 1] = mem_text(texts[i]);
    }
    asked->flow = function_call(sh, function, argv, TOLD + 1, EXEC_TESTED);
    for (size_t i = 0; i <= TOLD; i++) {
        mem_free(argv[i]);
    }
    return asked->flow == FLOW_NEXT && sh->status == TRY_AGAIN;
}

static void run_command(struct asked *asked, const char *command)
{
    struct buf text = {0};
    const char *texts[TOLD];
    buf_addf(&text, "COMPREPLY=$(%s", command);
    told(asked, texts);
    for (size_t i = 0; i < TOLD; i++) {
        buf_putc(&text, ' ');
        quote_add_single(&text, texts[i], strlen(texts[i]));
    }
    buf_puts(&text, "\n)");
    asked->flow = run_text(asked->sh, buf_text(&text), 1, EXEC_TESTED);
    buf_free(&text);
}

/* One name a line. */
static void take_reply(struct shell *sh, struct candidates *to)
{
    const char *value = variable_by_name(sh, "COMPREPLY");
    char *reply = mem_text(value == NULL ? "" : value);
    char *rest = reply;
    for (char *name = strsep(&rest, "\n"); name != NULL; name = strsep(&rest, "\n")) {
        if (*name != '\0') {
            candidates_add(to, name);
        }
    }
    mem_free(reply);
}

/* ---- names ---- */

static void add_pathnames(struct shell *sh, const char *pattern, struct candidates *to)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct fields fields = {0};
    if (glob_expand(sh, pattern, strlen(pattern), &fields)) {
        for (size_t i = 0; i < fields.count; i++) {
            candidates_add(to, fields.items[i]);
        }
    }
    arena_release(&sh->scratch, mark);
}

/* The whole word becomes these, as it becomes other names. */
static void add_whole_files(struct asked *asked, enum file_choice choice)
{
    const struct typed *typed = &asked->place->typed;
    struct buf folder = {0};
    struct asked part = *asked;
    part.found = (struct candidates){0};
    sources_last_part(&part, &folder);
    candidates_files(buf_text(&folder), choice, &part.found);
    for (size_t i = 0; i < part.found.count; i++) {
        const char *name = part.found.names[i];
        size_t length = strlen(name);
        struct buf text = {0};
        buf_add(&text, asked->found.prefix, asked->place->whole.text.length - typed->text.length);
        buf_add(&text, typed->text.data, typed->base);
        buf_add(&text, name, length - (asked->bare && name[length - 1] == '/' ? 1 : 0));
        candidates_add(&asked->found, buf_text(&text));
        buf_free(&text);
    }
    candidates_free(&part.found);
    buf_free(&folder);
}

/* Where there is nothing else only the end of the word is replaced. */
static void add_files(struct asked *asked, enum file_choice choice)
{
    struct buf folder = {0};
    if (asked->bare || asked->found.count > 0) {
        add_whole_files(asked, choice);
    } else {
        sources_last_part(asked, &folder);
        candidates_files(buf_text(&folder), choice, &asked->found);
    }
    buf_free(&folder);
}

static bool acts(const struct spec *spec, unsigned action)
{
    return (spec->actions & 1U << action) != 0;
}

/* What need not begin with the word. */
static bool add_replies(struct asked *asked, const struct spec *spec)
{
    bool again = false;
    struct scope scope;
    struct candidates said = {.prefix = ""};
    if (spec->texts[SPEC_GLOB] != NULL) {
        add_pathnames(asked->sh, spec->texts[SPEC_GLOB], &said);
    }
    tell(asked, &scope);
    if (spec->texts[SPEC_FUNCTION] != NULL) {
        again = call_function(asked, spec->texts[SPEC_FUNCTION]);
        take_reply(asked->sh, &said);
    }
    if (spec->texts[SPEC_COMMAND] != NULL && asked->flow == FLOW_NEXT) {
        run_command(asked, spec->texts[SPEC_COMMAND]);
        take_reply(asked->sh, &said);
    }
    scope_leave(asked->sh, &scope);
    candidates_take(&asked->found, &said, asked->bare);
    candidates_free(&said);
    return again;
}

static bool add_names(struct asked *asked, const struct spec *spec)
{
    for (unsigned i = 0; i < spec_action_count; i++) {
        if (acts(spec, i) && spec_actions[i].add != NULL) {
            spec_actions[i].add(asked->sh, &asked->found);
        }
    }
    if (spec->texts[SPEC_WORDS] != NULL) {
        asked->flow = words_add(asked->sh, spec->texts[SPEC_WORDS], &asked->found);
    }
    return asked->flow == FLOW_NEXT && add_replies(asked, spec);
}

/* ---- what becomes of them ---- */

/* & is the word, \& itself. */
static void put_pattern(const char *text, const char *word, struct buf *to)
{
    for (; *text != '\0'; text++) {
        if (*text == '\\' && text[1] != '\0') {
            buf_putc(to, *text++);
            buf_putc(to, *text);
        } else if (*text != '&') {
            buf_putc(to, *text);
        } else {
            for (const char *at = word; *at != '\0'; at++) {
                buf_putc(to, '\\');
                buf_putc(to, *at);
            }
        }
    }
}

/* -X: what matches the pattern goes (`!` in front: what does not), but for folders. */
static void filter(struct asked *asked, const char *text)
{
    struct shell *sh = asked->sh;
    struct candidates *found = &asked->found;
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct buf source = {0};
    bool negated = *text == '!';
    put_pattern(text + negated, asked->place->whole.text.data, &source);
    const struct pattern *pattern =
        pattern_compile(&sh->scratch, buf_text(&source), source.length, sh->utf8);
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        char *name = found->names[i];
        size_t length = strlen(name);
        bool folder = length > 0 && name[length - 1] == '/';
        if (folder || pattern_matches(pattern, name, length) == negated) {
            found->names[kept++] = name;
        }
    }
    found->count = kept;
    arena_release(&sh->scratch, mark);
    buf_free(&source);
}

/* -P and -S */
static void surround(struct candidates *found, const char *prefix, const char *suffix)
{
    for (size_t i = 0; i < found->count; i++) {
        struct buf name = {0};
        buf_addf(&name, "%s%s", prefix == NULL ? "" : prefix, found->names[i]);
        found->names[i] = candidates_text(found, buf_text(&name), suffix == NULL ? "" : suffix,
                                          candidates_note(found, i));
        buf_free(&name);
    }
}

static void change(struct asked *asked, const struct spec *spec)
{
    if (spec->texts[SPEC_FILTER] != NULL) {
        filter(asked, spec->texts[SPEC_FILTER]);
    }
    if (spec->texts[SPEC_PREFIX] != NULL || spec->texts[SPEC_SUFFIX] != NULL) {
        surround(&asked->found, spec->texts[SPEC_PREFIX], spec->texts[SPEC_SUFFIX]);
    }
}

/* The options may have been changed by compopt. */
static void finish(struct asked *asked, const struct spec *spec, unsigned options)
{
    bool folders = acts(spec, SPEC_DIRECTORY);
    bool files = acts(spec, SPEC_FILE);
    if ((options & SPEC_NAMES) != 0 && !asked->bare) {
        sources_mark_folders(&asked->found);
    }
    if (files || folders) {
        add_files(asked, files ? FILES_ALL : FILES_FOLDERS);
    }
    change(asked, spec);
    if ((options & SPEC_MORE_DIRS) != 0 && (asked->bare || !(files || folders))) {
        add_files(asked, FILES_FOLDERS);
    }
    if (asked->found.count == 0 && (options & (SPEC_FILES | SPEC_DEFAULT | SPEC_FOLDERS)) != 0) {
        add_files(asked, (options & (SPEC_FILES | SPEC_DEFAULT)) != 0 ? FILES_ALL : FILES_FOLDERS);
    }
    asked->found.suffix = (options & SPEC_NO_SPACE) != 0 ? "" : " ";
    asked->found.ordered = (options & SPEC_NO_SORT) != 0;
    asked->plain = (options & SPEC_NO_QUOTE) != 0;
}

bool spec_generate(struct asked *asked, const struct spec *spec)
{
    struct ui *ui = ui_of(asked->sh);
    unsigned *outer = ui->completing;
    unsigned options = spec->options;
    sources_whole_word(asked);
    ui->completing = &options;
    bool again = add_names(asked, spec);
    ui->completing = outer;
    if (asked->flow == FLOW_NEXT) {
        finish(asked, spec, options);
    }
    return again;
}

/* A function may define what it is asked by: of a copy. */
static bool ask(struct asked *asked, const struct spec *spec)
{
    struct spec mine = {0};
    copy(spec, spec->name, &mine);
    candidates_free(&asked->found);
    bool again = spec_generate(asked, &mine);
    spec_free(&mine);
    return again;
}

bool spec_ask(struct asked *asked)
{
    const char *command = place_word(asked->place, 0);
    const struct spec *spec = get_typed(asked->sh, command);
    if (spec == NULL) {
        return false;
    }
    for (int tries = 0; tries < TRIES && spec != NULL && ask(asked, spec); tries++) {
        spec = get_typed(asked->sh, command);
    }
    return true;
}

bool spec_ask_default(struct asked *asked)
{
    const struct spec *spec = spec_get(asked->sh, spec_default);
    bool again = spec != NULL && ask(asked, spec);
    return (again && spec_ask(asked)) || asked->found.count > 0;
}

bool spec_ask_name(struct asked *asked)
{
    const struct place *place = asked->place;
    if (place->kind != SPAN_COMMAND || place->count > 0) {
        return false;
    }
    bool empty = place->line[strspn(place->line, " \t\n")] == '\0';
    const struct spec *spec = spec_get(asked->sh, empty ? spec_empty : spec_initial);
    if (spec != NULL && (empty || place->whole.text.length > 0)) {
        ask(asked, spec);
    }
    return asked->found.count > 0;
}
