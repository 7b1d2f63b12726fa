/* spec.c -- complete and compgen: completions that the user defines. */
#include "ui/spec.h"

#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/quote.h"
#include "base/symbol.h"
#include "exec/builtin.h"
#include "exec/error.h"
#include "exec/simple.h"
#include "expand/pattern.h"
#include "state/names.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/place.h"
#include "ui/sources.h"
#include "ui/ui.h"

enum spec_option {
    SPEC_FILES = 1 << 0,   /* when nothing else is found */
    SPEC_FOLDERS = 1 << 1, /* the same */
    SPEC_NAMES = 1 << 2,   /* what is found are files */
    SPEC_NO_SPACE = 1 << 3,
    SPEC_PLUS_FOLDERS = 1 << 4, /* folders beside what is found */
};

static const struct option_name {
    const char *name;
    unsigned bit;
} option_names[] = {
    {"bashdefault", SPEC_FILES}, {"default", SPEC_FILES},    {"dirnames", SPEC_FOLDERS},
    {"filenames", SPEC_NAMES},   {"nospace", SPEC_NO_SPACE}, {"plusdirs", SPEC_PLUS_FOLDERS},
};

/* NULL: files or folders, which the end of the word decides about. */
static const struct action {
    char letter;
    const char *name;
    void (*add)(struct shell *sh, struct candidates *to);
} actions[] = {
    {'a', "alias", candidates_aliases},      {'b', "builtin", candidates_builtins},
    {'c', "command", candidates_commands},   {'d', "directory", NULL},
    {'e', "export", candidates_exported},    {'f', "file", NULL},
    {0, "function", candidates_functions},   {'g', "group", candidates_groups},
    {0, "hostname", candidates_hosts},       {'j', "job", candidates_jobs},
    {'k', "keyword", candidates_keywords},   {0, "setopt", candidates_options},
    {0, "signal", candidates_signals},       {'u', "user", candidates_users},
    {'v', "variable", candidates_variables},
};
enum { ACTIONS = sizeof actions / sizeof *actions, DIRECTORY = 3, FILE_NAME = 5 };

struct spec {
    struct spec *next;
    char *command;
    char *words;      /* -W; NULL: none */
    char *function;   /* -F; NULL: none */
    char *filter;     /* -X; NULL: none */
    unsigned actions; /* bits by place in the table */
    unsigned options;
};

static void spec_clear(struct spec *spec)
{
    mem_free(spec->command);
    mem_free(spec->words);
    mem_free(spec->function);
    mem_free(spec->filter);
}

void spec_free_all(struct spec *specs)
{
    while (specs != NULL) {
        struct spec *next = specs->next;
        spec_clear(specs);
        mem_free(specs);
        specs = next;
    }
}

/* The link that holds the command's, or where it belongs: they stand in order. */
static struct spec **find(struct shell *sh, const char *command)
{
    struct spec **link = &ui_of(sh)->specs;
    while (*link != NULL && strcmp((*link)->command, command) < 0) {
        link = &(*link)->next;
    }
    return link;
}

static struct spec *get(struct shell *sh, const char *command)
{
    struct spec *spec = *find(sh, command);
    return spec != NULL && strcmp(spec->command, command) == 0 ? spec : NULL;
}

/* As it was typed, else by the last part of a path. */
static const struct spec *get_typed(struct shell *sh, const char *command)
{
    const struct spec *spec = get(sh, command);
    const char *slash = strrchr(command, '/');
    return spec == NULL && slash != NULL ? get(sh, slash + 1) : spec;
}

bool spec_stands(struct shell *sh, const char *command)
{
    return get_typed(sh, command) != NULL;
}

void spec_actions(struct shell *sh, struct candidates *to)
{
    (void)sh;
    for (size_t i = 0; i < ACTIONS; i++) {
        candidates_add(to, actions[i].name);
    }
}

/* ---- what it finds ---- */

static void set(struct shell *sh, const char *name, const char *value)
{
    struct diag d = {0};
    variable_set_by_name(sh, name, value, &d);
    diag_clear(&d);
}

static void set_number(struct shell *sh, const char *name, size_t value)
{
    struct buf text = {0};
    buf_addf(&text, "%zu", value);
    set(sh, name, buf_text(&text));
    buf_free(&text);
}

/* Each piece between the separators. */
static void add_pieces(const char *text, const char *separators, struct candidates *to)
{
    while (*text != '\0') {
        size_t length = strcspn(text, separators);
        if (length > 0) {
            char *piece = mem_text_n(text, length);
            candidates_add(to, piece);
            mem_free(piece);
        }
        text += length + (text[length] != '\0');
    }
}

/* The function is told what stands in the line, and leaves what it finds in COMPREPLY. */
static void call_function(struct asked *asked, const char *name)
{
    struct shell *sh = asked->sh;
    const struct place *place = asked->place;
    const struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
    struct function *function = symbol == NULL ? NULL : function_get(symbol);
    if (function == NULL) {
        error_print(sh, "complete: %s: no such function", name);
        return;
    }
    size_t start = place->words[0].from;
    char *line = mem_text_n(place->line + start, place->point - start);
    char *argv[] = {mem_text(name), mem_text(place_word(place, 0)),
                    mem_text(place->whole.text.data), mem_text(place_previous(place)), NULL};
    if (place->count == 1) {
        mem_free(argv[3]);
        argv[3] = mem_text(argv[1]);
    }
    set(sh, "COMP_LINE", line);
    set_number(sh, "COMP_POINT", strlen(line));
    set_number(sh, "COMP_CWORD", place->count);
    set(sh, "COMPREPLY", "");
    function_call(sh, function, argv, 4, 0);
    const char *reply = variable_by_name(sh, "COMPREPLY");
    add_pieces(reply == NULL ? "" : reply, "\n", &asked->found);
    mem_free(line);
    for (size_t i = 0; i < 4; i++) {
        mem_free(argv[i]);
    }
}

static void add_names(struct shell *sh, const struct spec *spec, struct candidates *to)
{
    for (size_t i = 0; i < ACTIONS; i++) {
        if ((spec->actions & 1U << i) != 0 && actions[i].add != NULL) {
            actions[i].add(sh, to);
        }
    }
    if (spec->words != NULL) {
        add_pieces(spec->words, " \t\n", to);
    }
}

/* -X: what matches the pattern goes (`!` in front: what does not), but for folders. */
static void filter(struct shell *sh, const struct spec *spec, struct candidates *found)
{
    if (spec->filter == NULL) {
        return;
    }
    struct arena_mark mark = arena_mark(&sh->scratch);
    bool negated = *spec->filter == '!';
    const char *text = spec->filter + negated;
    const struct pattern *pattern = pattern_compile(&sh->scratch, text, strlen(text), sh->utf8);
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
}

static void add_files(struct asked *asked, enum file_choice choice)
{
    struct buf folder = {0};
    sources_last_part(asked, &folder);
    candidates_files(buf_text(&folder), choice, &asked->found);
    buf_free(&folder);
}

/* Files are found by the end of the word, the rest by the whole of it: where these are not the same
   the rest goes first. */
static void add_choices(struct asked *asked, const struct spec *spec)
{
    bool together = asked->place->typed.base == 0 || asked->found.count == 0;
    if (together && (spec->actions & 1U << FILE_NAME) != 0) {
        add_files(asked, FILES_ALL);
    } else if (together && ((spec->actions & 1U << DIRECTORY) != 0 ||
                            (spec->options & SPEC_PLUS_FOLDERS) != 0)) {
        add_files(asked, FILES_FOLDERS);
    }
}

bool spec_ask(struct asked *asked)
{
    const struct spec *spec = get_typed(asked->sh, place_word(asked->place, 0));
    if (spec == NULL) {
        return false;
    }
    sources_whole_word(asked);
    add_names(asked->sh, spec, &asked->found);
    if (spec->function != NULL) {
        call_function(asked, spec->function);
    }
    if ((spec->options & SPEC_NAMES) != 0) {
        sources_mark_folders(&asked->found);
    }
    add_choices(asked, spec);
    filter(asked->sh, spec, &asked->found);
    if (asked->found.count == 0 && (spec->options & (SPEC_FILES | SPEC_FOLDERS)) != 0) {
        add_files(asked, (spec->options & SPEC_FILES) != 0 ? FILES_ALL : FILES_FOLDERS);
    }
    if ((spec->options & SPEC_NO_SPACE) != 0) {
        asked->found.suffix = "";
    }
    return true;
}

/* ---- the built-ins ---- */

static void replace(char **place, const char *text)
{
    mem_free(*place);
    *place = mem_text(text);
}

static int bit_of_action(const char *name, int letter)
{
    for (int i = 0; i < ACTIONS; i++) {
        if (name == NULL ? actions[i].letter == letter : strcmp(actions[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static unsigned bit_of_option(const char *name)
{
    for (size_t i = 0; i < sizeof option_names / sizeof *option_names; i++) {
        if (strcmp(option_names[i].name, name) == 0) {
            return option_names[i].bit;
        }
    }
    return 0;
}

/* One option of complete or compgen. False: a message was printed. */
static bool take_option(struct call *c, struct spec *spec, int letter, const char *value)
{
    if (letter == 'W' || letter == 'F' || letter == 'X') {
        replace(letter == 'W'   ? &spec->words
                : letter == 'F' ? &spec->function
                                : &spec->filter,
                value);
        return true;
    }
    if (letter == 'o') {
        unsigned bit = bit_of_option(value);
        spec->options |= bit;
        return bit != 0 || (call_usage(c, "%s: invalid option name", value), false);
    }
    int action = bit_of_action(letter == 'A' ? value : NULL, letter);
    if (action < 0) {
        call_usage(c, "%s: invalid action name", value);
        return false;
    }
    spec->actions |= 1U << action;
    return true;
}

static void print_text(struct out *out, const char *option, const char *text)
{
    struct buf quoted = {0};
    if (text != NULL) {
        quote_add(&quoted, text, strlen(text));
        out_addf(out, " %s %s", option, buf_text(&quoted));
    }
    buf_free(&quoted);
}

static void print_spec(struct out *out, const struct spec *spec)
{
    out_puts(out, "complete");
    for (size_t i = 0; i < sizeof option_names / sizeof *option_names; i++) {
        if ((spec->options & option_names[i].bit) != 0 && i > 0) { /* default, not bashdefault */
            out_addf(out, " -o %s", option_names[i].name);
        }
    }
    for (size_t i = 0; i < ACTIONS; i++) {
        if ((spec->actions & 1U << i) != 0) {
            out_addf(out, " -A %s", actions[i].name);
        }
    }
    print_text(out, "-W", spec->words);
    print_text(out, "-F", spec->function);
    print_text(out, "-X", spec->filter);
    print_text(out, "--", spec->command);
    out_putc(out, '\n');
}

static int print_specs(struct call *c, char **names)
{
    int status = 0;
    for (const struct spec *spec = ui_of(c->sh)->specs; spec != NULL && *names == NULL;
         spec = spec->next) {
        print_spec(c->out, spec);
    }
    for (; *names != NULL; names++) {
        const struct spec *spec = get(c->sh, *names);
        if (spec == NULL) {
            status = call_warn(c, "%s: no completion", *names);
        } else {
            print_spec(c->out, spec);
        }
    }
    return status;
}

static int remove_specs(struct call *c, char **names)
{
    struct ui *ui = ui_of(c->sh);
    int status = 0;
    if (*names == NULL) {
        spec_free_all(ui->specs);
        ui->specs = NULL;
    }
    for (; *names != NULL; names++) {
        struct spec *spec = get(c->sh, *names);
        if (spec == NULL) {
            status = call_warn(c, "%s: no completion", *names);
        } else {
            *find(c->sh, *names) = spec->next;
            spec_clear(spec);
            mem_free(spec);
        }
    }
    return status;
}

static char *copy(const char *text)
{
    return text == NULL ? NULL : mem_text(text);
}

static int define(struct call *c, const struct spec *model, char **names)
{
    if (*names == NULL) {
        return call_usage(c, "a name is required");
    }
    for (; *names != NULL; names++) {
        struct spec *spec = get(c->sh, *names);
        if (spec == NULL) {
            struct spec **link = find(c->sh, *names);
            spec = mem_zero(sizeof *spec);
            spec->next = *link;
            *link = spec;
        } else {
            spec_clear(spec);
        }
        *spec = (struct spec){.next = spec->next,
                              .command = mem_text(*names),
                              .words = copy(model->words),
                              .function = copy(model->function),
                              .filter = copy(model->filter),
                              .actions = model->actions,
                              .options = model->options};
    }
    return 0;
}

static int run_complete(struct call *c, struct spec *model)
{
    struct call_scan scan = {0};
    int letter = 0;
    int order = 'p';
    bool defines = false;
    while ((letter = call_option(c, &scan, "abcdefgjkpruvA:F:W:X:o:")) != -1) {
        if (letter == 'p' || letter == 'r') {
            order = letter;
        } else if (letter == '?' || !take_option(c, model, letter, scan.value)) {
            return 2;
        } else {
            defines = true;
        }
    }
    char **names = c->argv + scan.index;
    if (!defines && order == 'p') {
        return print_specs(c, names);
    }
    if (!call_door(c)) { /* a subshell keeps what it defines to itself */
        return 0;
    }
    return defines ? define(c, model, names) : remove_specs(c, names);
}

int builtin_complete(struct call *c)
{
    struct spec model = {0};
    if (ui_of(c->sh) == NULL) {
        return call_warn(c, "there is no terminal to complete at");
    }
    int status = run_complete(c, &model);
    spec_clear(&model);
    return status;
}

/* Completes a word as a spec without a function would. False: there was nothing. */
static bool generate(struct call *c, const struct spec *spec, const char *word)
{
    struct typed typed = {0};
    buf_puts(&typed.text, word);
    typed.base = strrchr(word, '/') == NULL ? 0 : (size_t)(strrchr(word, '/') + 1 - word);
    struct place place = {.line = buf_text(&typed.text), .point = typed.text.length};
    place.whole = typed;
    place.typed = typed;
    struct asked asked = {.sh = c->sh, .place = &place};
    sources_whole_word(&asked);
    add_names(c->sh, spec, &asked.found);
    filter(c->sh, spec, &asked.found);
    size_t names = asked.found.count;
    add_choices(&asked, spec);
    filter(c->sh, spec, &asked.found);
    bool found = asked.found.count > 0;
    for (size_t i = 0; i < asked.found.count; i++) {
        out_add(c->out, word, i < names ? 0 : typed.base);
        out_puts(c->out, asked.found.names[i]);
        out_putc(c->out, '\n');
    }
    candidates_free(&asked.found);
    buf_free(&typed.text);
    return found;
}

int builtin_compgen(struct call *c)
{
    struct spec spec = {0};
    struct call_scan scan = {0};
    int letter = 0;
    while ((letter = call_option(c, &scan, "abcdefgjkuvA:W:X:")) != -1) {
        if (letter == '?' || !take_option(c, &spec, letter, scan.value)) {
            spec_clear(&spec);
            return 2;
        }
    }
    const char *word = c->argv[scan.index];
    bool found = generate(c, &spec, word == NULL ? "" : word);
    spec_clear(&spec);
    return found ? 0 : 1;
}
