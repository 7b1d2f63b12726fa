/* sources.c -- the sources of candidates, and what the arguments of some commands are. */
#include "ui/sources.h"

#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/symbol.h"
#include "exec/builtin.h"
#include "os/process.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/bash.h"
#include "ui/git.h"
#include "ui/manual.h"
#include "ui/place.h"
#include "ui/spec.h"

/* ---- what is replaced ---- */

void sources_whole_word(struct asked *asked)
{
    const struct typed *typed = &asked->place->whole;
    asked->from = asked->place->from;
    asked->quote = typed->quote;
    asked->opens = typed->quote != 0;
    asked->tilde = asked->from < asked->place->point && asked->place->line[asked->from] == '~';
    asked->found.prefix = typed->text.data;
    asked->found.prefix_length = typed->text.length;
}

/* ~ at its beginning is somebody's home. */
static void add_folder(struct shell *sh, const struct place *place, struct buf *to)
{
    const struct typed *typed = &place->typed;
    const char *text = typed->text.data;
    bool tilde =
        place->value < place->point && place->line[place->value] == '~' && place->open == 0;
    size_t user = tilde && typed->base > 0 ? strcspn(text, "/") : 0;
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

void sources_last_part(struct asked *asked, struct buf *folder)
{
    const struct typed *typed = &asked->place->typed;
    add_folder(asked->sh, asked->place, folder);
    asked->from = asked->place->value + typed->raw_base;
    asked->quote = typed->base_quote != 0 ? typed->base_quote : typed->quote;
    asked->opens = typed->base_quote == 0 && typed->quote != 0;
    asked->tilde = false;
    asked->found.prefix = typed->text.data + typed->base;
    asked->found.prefix_length = typed->text.length - typed->base;
}

void sources_mark_folders(struct candidates *found)
{
    struct stat info;
    for (size_t i = 0; i < found->count; i++) {
        size_t length = strlen(found->names[i]);
        if (length > 0 && found->names[i][length - 1] != '/' && stat(found->names[i], &info) == 0 &&
            S_ISDIR(info.st_mode)) {
            found->names[i] =
                candidates_text(found, found->names[i], "/", candidates_note(found, i));
        }
    }
}

/* ---- parameters, users, commands ---- */

static bool from_parameters(struct asked *asked)
{
    const struct place *place = asked->place;
    if (place->typed.variable == 0) {
        return false;
    }
    asked->from = place->value + place->typed.variable;
    asked->plain = true;
    asked->found.prefix = place->line + asked->from;
    asked->found.prefix_length = place->point - asked->from;
    asked->found.suffix = place->typed.brace ? "}" : "";
    candidates_variables(asked->sh, &asked->found);
    return true;
}

static bool from_homes(struct asked *asked)
{
    const struct place *place = asked->place;
    if (place->value == place->point || place->line[place->value] != '~' || place->open != 0 ||
        place->typed.base > 0) {
        return false;
    }
    asked->from = place->value;
    asked->plain = true;
    asked->found.prefix = place->typed.text.data;
    asked->found.prefix_length = place->typed.text.length;
    candidates_homes(asked->sh, &asked->found);
    return asked->found.count > 0;
}

static bool from_commands(struct asked *asked)
{
    const struct place *place = asked->place;
    if (place->kind != SPAN_COMMAND || place->typed.base > 0 || place->whole.text.length == 0) {
        return false;
    }
    sources_whole_word(asked);
    candidates_commands(asked->sh, &asked->found);
    if ((asked->sh->settings.options & OPT_AUTOCD) != 0) {
        candidates_files("", FILES_FOLDERS, &asked->found);
    }
    return asked->found.count > 0;
}

/* ---- arguments ---- */

static const struct builtin *builtin_of(const struct shell *sh, const char *name)
{
    const struct symbol *symbol = symbol_find(&sh->symbols, name, strlen(name));
    return symbol == NULL ? NULL : symbol->builtin;
}

bool sources_own(struct shell *sh, const struct place *place)
{
    const char *command = place_word(place, 0);
    return builtin_of(sh, command) != NULL || spec_stands(sh, command);
}

/* -x for each letter of a built-in's; of other commands what their manual says. */
static bool from_options(struct asked *asked)
{
    const struct place *place = asked->place;
    const char *command = place_word(place, 0);
    const struct builtin *builtin = builtin_of(asked->sh, command);
    bool over = false; /* behind -- */
    for (size_t i = 1; i < place->count; i++) {
        over = over || strcmp(place_word(place, i), "--") == 0;
    }
    if (over || place->value != place->from || place->whole.text.data[0] != '-') {
        return false;
    }
    sources_whole_word(asked);
    if (builtin == NULL) {
        manual_options(asked->sh, command, place_word(place, 1), &asked->found);
    } else {
        candidates_letters(builtin->usage, &asked->found);
    }
    if (strcmp(command, "kill") == 0 && place->count == 1) {
        candidates_signals_dashed(asked->sh, &asked->found);
    }
    return asked->found.count > 0;
}

/* git: its commands, then what most of them take besides files. */
static bool from_git(struct asked *asked)
{
    static const char *const takers[] = {"branch", "checkout", "cherry-pick", "diff",   "log",
                                         "merge",  "rebase",   "reset",       "show",   "switch",
                                         "tag",    "describe", "push",        "revert", "worktree"};
    const struct place *place = asked->place;
    if (strcmp(place_word(place, 0), "git") != 0) {
        return false;
    }
    sources_whole_word(asked);
    if (place->count == 1) {
        git_commands(asked->sh, &asked->found);
    }
    for (size_t i = 0; i < sizeof takers / sizeof takers[0] && place->count > 1; i++) {
        if (strcmp(place_word(place, 1), takers[i]) == 0) {
            git_references(asked->sh, &asked->found);
        }
    }
    return asked->found.count > 0;
}

static const struct rule {
    const char *command;
    const char *previous; /* the argument before it; NULL: any */
    const char *first;    /* the word begins with this; NULL: with anything */
    void (*add)(struct shell *sh, struct candidates *to); /* NULL: only files */
} rules[] = {
    {"abbr", NULL, NULL, candidates_abbreviations},
    {"alias", NULL, NULL, candidates_aliases},
    {"bg", NULL, NULL, candidates_jobs},
    {"bind", "-f", NULL, NULL},
    {"bind", "-m", NULL, candidates_keymaps},
    {"bind", NULL, NULL, candidates_bindable},
    {"compgen", "-A", NULL, candidates_actions},
    {"compgen", "-F", NULL, candidates_functions},
    {"compgen", "-o", NULL, candidates_spec_options},
    {"complete", "-A", NULL, candidates_actions},
    {"complete", "-F", NULL, candidates_functions},
    {"complete", "-o", NULL, candidates_spec_options},
    {"complete", NULL, NULL, candidates_commands},
    {"compopt", "-o", NULL, candidates_spec_options},
    {"compopt", "+o", NULL, candidates_spec_options},
    {"compopt", NULL, NULL, candidates_commands},
    {"disown", NULL, NULL, candidates_jobs},
    {"export", NULL, NULL, candidates_variables},
    {"fg", NULL, NULL, candidates_jobs},
    {"hash", NULL, NULL, candidates_commands},
    {"help", NULL, NULL, candidates_builtins},
    {"host", NULL, NULL, candidates_hosts},
    {"jobs", NULL, NULL, candidates_jobs},
    {"kill", "-s", NULL, candidates_signals},
    {"kill", "-n", NULL, candidates_signals},
    {"kill", NULL, "%", candidates_jobs},
    {"local", NULL, NULL, candidates_variables},
    {"ping", NULL, NULL, candidates_hosts},
    {"read", NULL, NULL, candidates_variables},
    {"readonly", NULL, NULL, candidates_variables},
    {"set", "+o", NULL, candidates_options},
    {"set", "-o", NULL, candidates_options},
    {"sftp", NULL, NULL, candidates_hosts},
    {"ssh", NULL, NULL, candidates_hosts},
    {"trap", NULL, NULL, candidates_signals},
    {"type", NULL, NULL, candidates_commands},
    {"unalias", NULL, NULL, candidates_aliases},
    {"unset", "-f", NULL, candidates_functions},
    {"unset", NULL, NULL, candidates_variables},
    {"wait", NULL, "%", candidates_jobs},
    {"which", NULL, NULL, candidates_commands},
};

static bool rule_fits(const struct rule *rule, const struct place *place)
{
    return strcmp(rule->command, place_word(place, 0)) == 0 &&
           (rule->previous == NULL || strcmp(rule->previous, place_previous(place)) == 0) &&
           (rule->first == NULL || place->whole.text.data[0] == rule->first[0]);
}

/* The place behind the last of the signs, 0 without one. */
static size_t behind_sign(const char *text, size_t length, const char *signs)
{
    while (length > 0 && strchr(signs, text[length - 1]) == NULL) {
        length--;
    }
    return length;
}

/* Only the end is completed of user@host and of "keys": function. */
static void skip_begin(struct asked *asked, const char *signs)
{
    const struct place *place = asked->place;
    size_t typed = behind_sign(place->line + asked->from, place->point - asked->from, signs);
    size_t read = behind_sign(asked->found.prefix, asked->found.prefix_length, signs);
    if (typed > 0 && read > 0) {
        asked->from += typed;
        asked->opens = false;
        asked->found.prefix += read;
        asked->found.prefix_length -= read;
    }
}

static bool from_rules(struct asked *asked)
{
    sources_whole_word(asked);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (!rule_fits(&rules[i], asked->place)) {
            continue;
        }
        if (rules[i].add == candidates_hosts || rules[i].add == candidates_bindable) {
            skip_begin(asked, rules[i].add == candidates_hosts ? "@" : ": ");
        }
        if (rules[i].add != NULL) {
            rules[i].add(asked->sh, &asked->found);
        }
        return asked->found.count > 0;
    }
    return false;
}

/* What a completion of bash's said; it has begun with the word as it is. */
static bool from_bash(struct asked *asked)
{
    const struct bash_answer *bash = asked->bash;
    if (bash == NULL || bash->names.length == 0) {
        return false;
    }
    bool blank = false;
    sources_whole_word(asked);
    asked->from += bash->cut;
    asked->found.prefix += bash->cut;
    asked->found.prefix_length -= bash->cut;
    const char *end = bash->names.data + bash->names.length;
    for (const char *name = bash->names.data; name < end; name += strlen(name) + 1) {
        size_t length = strlen(name);
        bool ends = length > 0 && name[length - 1] == ' ';
        char *text = mem_text_n(name, length - ends);
        size_t before = asked->found.count;
        candidates_add(&asked->found, text);
        blank = blank || (ends && asked->found.count > before);
        mem_free(text);
    }
    asked->found.suffix = bash->no_space && !blank ? "" : " ";
    if (bash->file_names) {
        sources_mark_folders(&asked->found);
    }
    return asked->found.count > 0;
}

/* ---- files ---- */

static bool wants_folders(const struct place *place)
{
    static const char *const names[] = {"cd", "pushd", "rmdir"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (place->kind == SPAN_ARGUMENT && strcmp(place_word(place, 0), names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* CDPATH, for names that are looked up there (XCU cd). */
static void add_far_folders(struct asked *asked, const char *folder)
{
    const char *path = variable_by_name(asked->sh, "CDPATH");
    const char *word = asked->place->typed.text.data;
    bool dots = *word == '.' && (word[1] == '\0' || strchr("./", word[1]) != NULL);
    if (*folder == '/' || dots || strcmp(place_word(asked->place, 0), "cd") != 0) {
        return;
    }
    while (path != NULL && *path != '\0') {
        struct buf far = {0};
        size_t length = strcspn(path, ":");
        buf_add(&far, path, length);
        buf_addf(&far, "/%s", folder);
        if (length > 0) {
            candidates_files(buf_text(&far), FILES_FOLDERS, &asked->found);
        }
        buf_free(&far);
        path += length + (path[length] == ':');
    }
}

static bool from_files(struct asked *asked)
{
    const struct place *place = asked->place;
    struct buf folder = {0};
    bool folders = wants_folders(place);
    enum file_choice choice = place->kind == SPAN_COMMAND ? FILES_PROGRAMS
                              : folders                   ? FILES_FOLDERS
                                                          : FILES_ALL;
    sources_last_part(asked, &folder);
    candidates_files(buf_text(&folder), choice, &asked->found);
    if (folders) {
        add_far_folders(asked, buf_text(&folder));
    }
    buf_free(&folder);
    return true;
}

/* ---- all of them ---- */

/* The first that answers is the last asked. */
static const struct source {
    bool arguments; /* only of commands */
    bool (*ask)(struct asked *asked);
} sources[] = {
    {false, from_parameters}, {false, spec_ask_name},   {false, from_homes}, {false, from_commands},
    {true, spec_ask},         {true, spec_ask_default}, {true, from_bash},   {true, from_options},
    {true, from_git},         {true, from_rules},       {false, from_files},
};

void sources_ask(struct asked *asked)
{
    const struct place *place = asked->place;
    bool argument = place->kind == SPAN_ARGUMENT && place->count > 0 && !place->whole.unknown;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        asked->found.suffix = " ";
        asked->found.ordered = false;
        asked->plain = false;
        if ((argument || !sources[i].arguments) && sources[i].ask(asked)) {
            break;
        }
    }
    candidates_sort(&asked->found);
}
