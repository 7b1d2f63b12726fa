/* candidates.c -- where names come from: the shell's tables, the system's, folders. */
#include "ui/candidates.h"

#include <dirent.h>
#include <grp.h>
#include <netdb.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "exec/builtin.h"
#include "exec/exec.h"
#include "exec/job.h"
#include "expand/glob.h"
#include "os/signals.h"
#include "state/names.h"
#include "state/options.h"
#include "state/shell.h"
#include "state/variable.h"

/* ---- the list ---- */

char *candidates_text(struct candidates *to, const char *name, const char *tail, const char *note)
{
    size_t length = strlen(name);
    size_t behind = strlen(tail) + 1;
    size_t noted = strlen(note) + 1;
    char *text = arena_alloc(&to->memory, length + behind + noted);
    memcpy(text, name, length + 1);
    memcpy(text + length, tail, behind);
    memcpy(text + length + behind, note, noted);
    return text;
}

static void append(struct candidates *to, char *text)
{
    if (to->count == to->capacity) {
        to->capacity = to->capacity == 0 ? 32 : to->capacity * 2;
        to->names = mem_resize(to->names, to->capacity * sizeof *to->names);
    }
    to->names[to->count++] = text;
}

void candidates_add_noted(struct candidates *to, const char *name, const char *note)
{
    if (strncmp(name, to->prefix, to->prefix_length) == 0) {
        append(to, candidates_text(to, name, "", note));
    }
}

void candidates_add(struct candidates *to, const char *name)
{
    candidates_add_noted(to, name, "");
}

const char *candidates_note(const struct candidates *from, size_t number)
{
    return from->names[number] + strlen(from->names[number]) + 1;
}

void candidates_take(struct candidates *to, const struct candidates *from, bool all)
{
    size_t length = to->prefix_length;
    size_t fitting = 0;
    for (size_t i = 0; i < from->count; i++) {
        fitting += strncmp(from->names[i], to->prefix, length) == 0 ? 1 : 0;
    }
    bool any = all || (fitting == 0 && candidates_common(from) >= length);
    to->prefix_length = any ? 0 : length;
    for (size_t i = 0; i < from->count; i++) {
        candidates_add_noted(to, from->names[i], candidates_note(from, i));
    }
    to->prefix_length = length;
}

size_t candidates_common(const struct candidates *of)
{
    size_t length = of->count == 0 ? 0 : strlen(of->names[0]);
    for (size_t i = 1; i < of->count; i++) {
        size_t same = 0;
        while (same < length && of->names[i][same] == of->names[0][same]) {
            same++;
        }
        length = same;
    }
    return length;
}

void candidates_sort(struct candidates *to)
{
    size_t kept = 0;
    if (to->count > 1 && !to->ordered) {
        glob_sort(to->names, to->count, candidates_common(to));
    }
    for (size_t i = 0; i < to->count; i++) {
        if (kept == 0 || strcmp(to->names[kept - 1], to->names[i]) != 0) {
            to->names[kept++] = to->names[i];
        }
    }
    to->count = kept;
}

void candidates_free(struct candidates *to)
{
    arena_free(&to->memory);
    mem_free(to->names);
    to->names = NULL;
    to->count = 0;
    to->capacity = 0;
}

/* ---- folders ---- */

/* Is the entry what was asked for, and a folder? */
static bool look_at(int folder, const struct dirent *entry, enum file_choice choice,
                    bool *is_folder)
{
    struct stat info;
    bool unsure = entry->d_type == DT_UNKNOWN || entry->d_type == DT_LNK;
    *is_folder = entry->d_type == DT_DIR;
    if (unsure) {
        *is_folder = fstatat(folder, entry->d_name, &info, 0) == 0 && S_ISDIR(info.st_mode);
    }
    return *is_folder || choice == FILES_ALL ||
           (choice == FILES_PROGRAMS && faccessat(folder, entry->d_name, X_OK, 0) == 0);
}

static void add_entry(int folder, const struct dirent *entry, enum file_choice choice,
                      struct candidates *to)
{
    const char *name = entry->d_name;
    bool is_folder = false;
    bool dots = name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
    if (dots || (name[0] == '.' && to->prefix[0] != '.') ||
        strncmp(name, to->prefix, to->prefix_length) != 0 ||
        !look_at(folder, entry, choice, &is_folder)) {
        return;
    }
    append(to, candidates_text(to, name, is_folder ? "/" : "", ""));
}

void candidates_files(const char *folder, enum file_choice choice, struct candidates *to)
{
    DIR *open = opendir(*folder == '\0' ? "." : folder);
    if (open == NULL) {
        return;
    }
    for (const struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        add_entry(dirfd(open), entry, choice, to);
    }
    closedir(open);
}

/* ---- the shell's tables ---- */

static void add_names(struct shell *sh, enum name_kind kind, struct candidates *to)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    size_t count = 0;
    struct symbol **list = name_list(sh, kind, &count);
    for (size_t i = 0; i < count; i++) {
        candidates_add(to, list[i]->text);
    }
    arena_release(&sh->scratch, mark);
}

void candidates_aliases(struct shell *sh, struct candidates *to)
{
    add_names(sh, NAME_ALIAS, to);
}

void candidates_functions(struct shell *sh, struct candidates *to)
{
    add_names(sh, NAME_FUNCTION, to);
}

void candidates_variables(struct shell *sh, struct candidates *to)
{
    add_names(sh, NAME_VARIABLE, to);
}

void candidates_exported(struct shell *sh, struct candidates *to)
{
    struct arena_mark mark = arena_mark(&sh->scratch);
    size_t count = 0;
    struct symbol **list = name_list(sh, NAME_VARIABLE, &count);
    for (size_t i = 0; i < count; i++) {
        if ((variable_flags(list[i]) & VARIABLE_EXPORTED) != 0) {
            candidates_add(to, list[i]->text);
        }
    }
    arena_release(&sh->scratch, mark);
}

/* The programs in one folder of PATH; folders in it are none. */
static void add_programs(const char *folder, struct candidates *to)
{
    struct candidates found = {.prefix = to->prefix, .prefix_length = to->prefix_length};
    candidates_files(folder, FILES_PROGRAMS, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (strchr(found.names[i], '/') == NULL) {
            candidates_add(to, found.names[i]);
        }
    }
    candidates_free(&found);
}

void candidates_keywords(struct shell *sh, struct candidates *to)
{
    static const char *const reserved[] = {"!",    "case",  "do",    "done", "elif", "else",
                                           "esac", "fi",    "for",   "if",   "in",   "then",
                                           "time", "until", "while", "{",    "}"};
    (void)sh;
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        candidates_add(to, reserved[i]);
    }
}

void candidates_builtins(struct shell *sh, struct candidates *to)
{
    for (int s = 0; s < BUILTIN_SETS; s++) {
        const struct builtin_set *set = &sh->exec->builtins[s];
        for (size_t i = 0; i < set->count; i++) {
            candidates_add(to, set->rows[i].name);
        }
    }
}

void candidates_commands(struct shell *sh, struct candidates *to)
{
    candidates_keywords(sh, to);
    candidates_builtins(sh, to);
    candidates_aliases(sh, to);
    candidates_functions(sh, to);
    const char *path = variable_by_name(sh, "PATH");
    while (path != NULL && *path != '\0') {
        size_t length = strcspn(path, ":");
        char *folder = mem_text_n(path, length);
        if (*folder == '/') { /* the working directory, whatever PATH says, is full of surprises */
            add_programs(folder, to);
        }
        mem_free(folder);
        path += length + (path[length] == ':');
    }
}

void candidates_jobs(struct shell *sh, struct candidates *to)
{
    for (const struct job *job = jobs_first(sh); job != NULL; job = job->next) {
        struct buf name = {0};
        struct buf command = {0};
        buf_addf(&name, "%%%d", job->number);
        job_command_text(job, &command);
        candidates_add_noted(to, buf_text(&name), buf_text(&command));
        buf_free(&name);
        buf_free(&command);
    }
}

/* The first word of each. */
static void add_programs_of_jobs(struct shell *sh, bool (*fits)(const struct job *job),
                                 struct candidates *to)
{
    for (const struct job *job = jobs_first(sh); job != NULL; job = job->next) {
        struct buf command = {0};
        job_command_text(job, &command);
        char *name = mem_text_n(buf_text(&command), strcspn(buf_text(&command), " \t\n"));
        if (fits(job)) {
            candidates_add_noted(to, name, buf_text(&command));
        }
        mem_free(name);
        buf_free(&command);
    }
}

static bool is_alive(const struct job *job)
{
    return job_state(job) != JOB_DONE;
}

static bool is_running(const struct job *job)
{
    return job_state(job) == JOB_RUNNING;
}

static bool is_stopped(const struct job *job)
{
    return job_state(job) == JOB_STOPPED;
}

void candidates_job_names(struct shell *sh, struct candidates *to)
{
    add_programs_of_jobs(sh, is_alive, to);
}

void candidates_jobs_running(struct shell *sh, struct candidates *to)
{
    add_programs_of_jobs(sh, is_running, to);
}

void candidates_jobs_stopped(struct shell *sh, struct candidates *to)
{
    add_programs_of_jobs(sh, is_stopped, to);
}

static void add_signals(struct candidates *to, const char *before)
{
    char room[16];
    for (int i = 1; i < SIGNALS_MAX; i++) {
        const char *name = signal_name(i, room);
        struct buf text = {0};
        if (name != NULL) {
            buf_addf(&text, "%s%s", before, name);
            candidates_add(to, buf_text(&text));
        }
        buf_free(&text);
    }
}

void candidates_signals(struct shell *sh, struct candidates *to)
{
    (void)sh;
    add_signals(to, "");
}

void candidates_signals_dashed(struct shell *sh, struct candidates *to)
{
    (void)sh;
    add_signals(to, "-");
}

void candidates_options(struct shell *sh, struct candidates *to)
{
    (void)sh;
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].name != NULL && option_table[i].settable && !option_table[i].hidden) {
            candidates_add(to, option_table[i].name);
        }
    }
}

void candidates_letters(const char *usage, struct candidates *to)
{
    for (const char *at = strstr(usage, "[-"); at != NULL; at = strstr(at + 1, "[-")) {
        for (const char *letter = at + 2; *letter != '\0' && strchr("] ", *letter) == NULL;
             letter++) {
            char option[3] = {'-', *letter, '\0'};
            if (strchr("|-", *letter) == NULL) {
                candidates_add(to, option);
            }
        }
    }
}

/* ---- the system's ---- */

enum { DATABASE_MOST = 10000 };

static void add_users(struct candidates *to, const char *before, const char *behind)
{
    const struct passwd *entry = NULL;
    setpwent();
    for (int i = 0; i < DATABASE_MOST && (entry = getpwent()) != NULL; i++) {
        struct buf name = {0};
        buf_addf(&name, "%s%s%s", before, entry->pw_name, behind);
        candidates_add(to, buf_text(&name));
        buf_free(&name);
    }
    endpwent();
}

void candidates_users(struct shell *sh, struct candidates *to)
{
    (void)sh;
    add_users(to, "", "");
}

void candidates_homes(struct shell *sh, struct candidates *to)
{
    (void)sh;
    add_users(to, "~", "/");
}

void candidates_groups(struct shell *sh, struct candidates *to)
{
    const struct group *entry = NULL;
    (void)sh;
    setgrent();
    for (int i = 0; i < DATABASE_MOST && (entry = getgrent()) != NULL; i++) {
        candidates_add(to, entry->gr_name);
    }
    endgrent();
}

void candidates_services(struct shell *sh, struct candidates *to)
{
    const struct servent *entry = NULL;
    (void)sh;
    setservent(0);
    for (int i = 0; i < DATABASE_MOST && (entry = getservent()) != NULL; i++) {
        candidates_add(to, entry->s_name);
        for (char **alias = entry->s_aliases; alias != NULL && *alias != NULL; alias++) {
            candidates_add(to, *alias);
        }
    }
    endservent();
}
