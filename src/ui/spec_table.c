/* spec_table.c -- names of actions and options of complete. */
#include "ui/spec_table.h"

#include "ui/candidates.h"

const char spec_letters[] = {'G', 'W', 'P', 'S', 'X', 'C', 'F', '\0'};

/* Of what this shell has not. */
static void add_none(struct shell *sh, struct candidates *to)
{
    (void)sh;
    (void)to;
}

const struct spec_action spec_actions[] = {
    {'a', "alias", candidates_aliases},
    {0, "arrayvar", add_none},
    {0, "binding", candidates_bindable},
    {'b', "builtin", candidates_builtins},
    {'c', "command", candidates_commands},
    {0, "disabled", add_none},
    {'d', "directory", NULL}, /* SPEC_DIRECTORY */
    {0, "enabled", candidates_builtins},
    {'e', "export", candidates_exported},
    {0, "function", candidates_functions},
    {'f', "file", NULL}, /* SPEC_FILE */
    {'g', "group", candidates_groups},
    {0, "helptopic", candidates_builtins},
    {0, "hostname", candidates_hosts},
    {'j', "job", candidates_job_names},
    {'k', "keyword", candidates_keywords},
    {0, "running", candidates_jobs_running},
    {'s', "service", candidates_services},
    {0, "setopt", candidates_options},
    {0, "shopt", add_none},
    {0, "signal", candidates_signals},
    {0, "stopped", candidates_jobs_stopped},
    {'u', "user", candidates_users},
    {'v', "variable", candidates_variables},
};

const struct spec_option_name spec_options[] = {
    {"bashdefault", SPEC_FILES}, {"default", SPEC_DEFAULT},    {"dirnames", SPEC_FOLDERS},
    {"filenames", SPEC_NAMES},   {"noquote", SPEC_NO_QUOTE},   {"nosort", SPEC_NO_SORT},
    {"nospace", SPEC_NO_SPACE},  {"plusdirs", SPEC_MORE_DIRS},
};

const size_t spec_action_count = sizeof spec_actions / sizeof *spec_actions;
const size_t spec_option_count = sizeof spec_options / sizeof *spec_options;

void candidates_actions(struct shell *sh, struct candidates *to)
{
    (void)sh;
    for (size_t i = 0; i < spec_action_count; i++) {
        candidates_add(to, spec_actions[i].name);
    }
}

void candidates_spec_options(struct shell *sh, struct candidates *to)
{
    (void)sh;
    for (size_t i = 0; i < spec_option_count; i++) {
        candidates_add(to, spec_options[i].name);
    }
}
