/* bash.c -- one bash that knows bash-completion: it is given the line as data, and a time limit. */
#include "ui/bash.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"
#include "exec/private.h"
#include "os/children.h"
#include "os/fd.h"
#include "os/launch.h"
#include "os/signals.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/aside.h"
#include "ui/place.h"
#include "ui/sources.h"
#include "ui/ui.h"

enum { LIMIT = 300, START_LIMIT = 5000, PIECE = 65536, ANSWER_MOST = 4 << 20 };
enum { QUESTION_MOST = 32768, ANSWERS = 3 };

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

struct bash {
    pid_t pid;
    int fd;
    bool ready;
    long long started;
    struct buf heard; /* of the answer that comes */
};

/* Questions and answers are texts ended by NUL. A question: folder, PATH, line, word, word before
   it, number of words, words. An answer: number of names, what was said of them, names. */
static const char script[] =
    "shopt -s extglob progcomp; set +o history; exec >/dev/null 2>&1\n"
    "COMP_WORDBREAKS=$' \\t\\n\"\\'><=;|&(:'\n"
    "for __swish_file in /usr/share /usr/local/share /etc; do\n"
    "  [[ -r $__swish_file/bash-completion/bash_completion ]] || continue\n"
    "  . \"$__swish_file/bash-completion/bash_completion\"; break\n"
    "done\n"
    "compopt() {\n" /* the answer tells it */
    "  while (($#)); do case $1 in\n"
    "  -o) __swish_said+=\" $2\"; shift ;;\n"
    "  +o) __swish_said=${__swish_said// $2/}; shift ;;\n"
    "  esac; shift; done\n"
    "}\n"
    "__swish_find() {\n"
    "  local spec; spec=$(complete -p -- \"$1\") || return\n"
    "  [[ $spec =~ ' -F '([^ ]+)' ' ]] || return\n"
    "  __swish_function=${BASH_REMATCH[1]}; __swish_said=\n"
    "  while [[ $spec =~ ' -o '([a-z]+)(.*) ]]; do\n"
    "    __swish_said+=\" ${BASH_REMATCH[1]}\"; spec=${BASH_REMATCH[2]}\n"
    "  done\n"
    "}\n"
    "__swish_load() {\n"
    "  local spec; spec=$(complete -p -D) || return\n"
    "  [[ $spec =~ ' -F '([^ ]+)' ' ]] || return\n"
    "  \"${BASH_REMATCH[1]}\" \"$1\" \"$1\" ''; [[ $? == 124 ]] && __swish_find \"$1\"\n"
    "}\n"
    "__swish_complete() {\n"
    "  local COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMP_KEY=9 COMP_CWORD COMP_WORDS\n"
    "  local __swish_word=$2 __swish_before=$3 __swish_function __swish_said; shift 3\n"
    "  COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=()\n"
    "  if __swish_find \"${1##*/}\" || __swish_load \"${1##*/}\"; then\n"
    "    case $__swish_function in *_minimal | *_longopt) ;; *)\n"
    "    \"$__swish_function\" \"$1\" \"$__swish_word\" \"$__swish_before\"\n"
    "    [[ $? == 124 ]] && __swish_find \"$1\" &&\n"
    "      \"$__swish_function\" \"$1\" \"$__swish_word\" \"$__swish_before\" ;;\n"
    "    esac\n"
    "  fi </dev/null\n"
    "  printf '%s\\0' \"${#COMPREPLY[@]}\" \"$__swish_said\" \"${COMPREPLY[@]}\" >&3\n"
    "}\n"
    "__swish_get() { IFS= read -r -d '' \"$1\"; }\n"
    "printf 'ready\\0' >&3\n"
    "while __swish_get __swish_folder && __swish_get PATH && __swish_get __swish_line &&\n"
    "  __swish_get __swish_word && __swish_get __swish_before && __swish_get __swish_count; do\n"
    "  __swish_words=()\n"
    "  while ((__swish_count-- > 0)) && __swish_get __swish_one; do\n"
    "    __swish_words+=(\"$__swish_one\")\n"
    "  done\n"
    "  cd -- \"$__swish_folder\"\n"
    "  __swish_complete \"$__swish_line\" \"$__swish_word\" \"$__swish_before\" "
    "\"${__swish_words[@]}\"\n"
    "done\n";

/* ---- the process ---- */

static const char *find_bash(void)
{
    static const char *const places[] = {"/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (access(places[i], X_OK) == 0) {
            return places[i];
        }
    }
    return NULL;
}

static bool has_completions(void)
{
    return access("/usr/share/bash-completion/bash_completion", R_OK) == 0 ||
           access("/usr/local/share/bash-completion/bash_completion", R_OK) == 0;
}

/* Without what would make it run something else first. The texts stay the shell's. */
static char **clean_environment(struct shell *sh)
{
    static const char *const unwanted[] = {"BASH_ENV=", "BASHOPTS=", "SHELLOPTS="};
    char **environment = variable_environment(sh);
    size_t count = 0;
    while (environment[count] != NULL) {
        count++;
    }
    char **copy = mem_zero((count + 1) * sizeof *copy);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool wanted = true;
        for (size_t j = 0; j < sizeof unwanted / sizeof *unwanted; j++) {
            wanted = wanted && strncmp(environment[i], unwanted[j], strlen(unwanted[j])) != 0;
        }
        copy[kept] = environment[i];
        kept += wanted ? 1 : 0;
    }
    copy[kept] = NULL;
    return copy;
}

/* A session of its own: Ctrl-C and the terminal's hangup are not for it, and it cannot read from
   the terminal. It ends with this shell. */
static _Noreturn void become_bash(const char *path, char **environment)
{
    char *argv[] = {mem_text("bash"), mem_text("--noprofile"), mem_text("--norc"),
                    mem_text("-c"),   mem_text(script),        NULL};
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int number = 1; number < SIGNALS_MAX; number++) {
        signal(number, SIG_DFL);
    }
    syscall(SYS_close_range, (unsigned)ANSWERS + 1, ~0U, 0U);
    execve(path, argv, environment);
    _exit(127);
}

static void start(struct ui *ui)
{
    const char *path = find_bash();
    int ends[2];
    if (path == NULL || !has_completions() ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return;
    }
    char **environment = clean_environment(ui->sh);
    /* What it says too early is heard, too, and means nothing. */
    struct launch_move moves[] = {{ends[1], ANSWERS}, {ANSWERS, 0}, {0, 1}, {0, 2}};
    struct launch launch;
    launch_init(&launch);
    launch.moves = moves;
    launch.move_count = sizeof moves / sizeof *moves;
    ends[0] = fd_raise(ends[0]);
    ends[1] = fd_raise(ends[1]);
    moves[0].from = ends[1];
    pid_t pid = aside_fork(NULL, &launch);
    if (pid == 0) {
        become_bash(path, environment);
    }
    mem_free(environment);
    fd_close(ends[1]);
    ui->bash = mem_zero(sizeof *ui->bash);
    *ui->bash = (struct bash){.pid = pid, .fd = ends[0], .started = aside_now()};
    private_add(ui->sh, &ui->bash->fd);
    if (pid < 0) {
        bash_end(ui);
    }
}

void bash_end(struct ui *ui)
{
    struct bash *bash = ui->bash;
    if (bash == NULL) {
        return;
    }
    private_close(ui->sh, &bash->fd);
    children_kill_aside(bash->pid); /* one that has no session yet reads the end of its questions */
    buf_free(&bash->heard);
    mem_free(bash);
    ui->bash = NULL;
}

/* ---- questions ---- */

/* The end of the Nth text in what was heard, behind its NUL; 0: it has not come yet. */
static size_t end_of_text(const struct buf *heard, size_t number)
{
    size_t at = 0;
    for (size_t i = 0; i <= number; i++) {
        const char *nul =
            at < heard->length ? memchr(heard->data + at, '\0', heard->length - at) : NULL;
        if (nul == NULL) {
            return 0;
        }
        at = (size_t)(nul + 1 - heard->data);
    }
    return at;
}

/* Reads until that many texts have come. */
static bool hear(struct bash *bash, size_t texts, long long until)
{
    while (end_of_text(&bash->heard, texts - 1) == 0) {
        char *room = buf_reserve(&bash->heard, PIECE);
        long count =
            bash->heard.length > ANSWER_MOST ? -1 : aside_read(bash->fd, room, PIECE, until);
        if (count <= 0) {
            errno = count == 0 ? EPIPE : errno;
            return false;
        }
        bash->heard.length += (size_t)count;
    }
    return true;
}

/* True: it reads questions. One that needs too long to start is given up. */
static bool is_ready(struct ui *ui)
{
    for (int tries = 0; tries < 2; tries++) {
        if (ui->bash == NULL) {
            start(ui);
        }
        struct bash *bash = ui->bash;
        if (bash == NULL || bash->ready) {
            return bash != NULL;
        }
        bash->ready = hear(bash, 1, aside_now() + LIMIT);
        if (bash->ready) {
            bash->heard.length = 0;
            return true;
        }
        if (errno == EINTR || (errno == ETIMEDOUT && aside_now() - bash->started < START_LIMIT)) {
            return false;
        }
        bash_end(ui);
    }
    return false;
}

static void add_text(struct buf *to, const char *text, size_t length)
{
    buf_add(to, text, length);
    buf_putc(to, '\0');
}

static bool is_sign(char c)
{
    return c == '=' || c == ':';
}

/* The end of the word, or of the signs, that begins there. */
static size_t end_of_word(const char *line, size_t at, size_t length)
{
    bool sign = is_sign(line[at]);
    char quote = 0;
    for (; at < length; at++) {
        char c = line[at];
        if (quote == 0 && (strchr(" \t\n", c) != NULL || is_sign(c) != sign)) {
            break;
        }
        if (c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
        }
        at += c == '\\' && quote != '\'' && at + 1 < length;
    }
    return at;
}

/* Words as readline would cut them for bash: = and : stand apart, unless they are quoted. *last:
   where what is completed begins. */
static size_t add_words(struct buf *to, const char *line, size_t length, size_t *last)
{
    size_t count = 0;
    size_t at = 0;
    bool blank = true;
    *last = length;
    while (at < length) {
        size_t from = at + strspn(line + at, " \t\n");
        blank = from == length;
        if (blank) {
            break;
        }
        at = end_of_word(line, from, length);
        add_text(to, line + from, at - from);
        count++;
        *last = is_sign(line[from]) ? at : from;
    }
    if (blank) {
        add_text(to, "", 0);
        *last = length;
        count++;
    }
    return count;
}

static void put_question(struct ui *ui, const struct place *place, struct buf *question,
                         size_t *last)
{
    struct shell *sh = ui->sh;
    const char *path = variable_by_name(sh, "PATH");
    size_t start = place->words[0].from;
    struct buf words = {0};
    /* The name may stand for another: an alias. */
    struct buf line = {0};
    size_t name = place->count > 1 ? place->words[1].from : place->from;
    while (name > start && strchr(" \t\n", place->line[name - 1]) != NULL) {
        name--;
    }
    buf_puts(&line, place->words[0].text);
    size_t shift = line.length;
    buf_add(&line, place->line + name, place->point - name);
    size_t count = add_words(&words, buf_text(&line), line.length, last);
    add_text(question, sh->directory == NULL ? "/" : sh->directory,
             sh->directory == NULL ? 1 : strlen(sh->directory));
    add_text(question, path == NULL ? "" : path, path == NULL ? 0 : strlen(path));
    add_text(question, line.data, line.length);
    add_text(question, line.data + *last, line.length - *last);
    add_text(question, place_previous(place), strlen(place_previous(place)));
    buf_addf(question, "%zu", count);
    buf_putc(question, '\0');
    buf_add(question, words.data, words.length);
    *last = name + *last - shift; /* in the line that was typed */
    buf_free(&words);
    buf_free(&line);
}

/* Quotes and parameters would have to be read as bash reads them; names of commands as plain as
   they come. */
static bool is_plain(const struct place *place)
{
    const char *typed = place_word(place, 0);
    const char *command = strrchr(typed, '/') == NULL ? typed : strrchr(typed, '/') + 1;
    size_t length = place->point - place->from;
    bool named = *command != '\0' && *command != '-' && strchr("-~", *typed) == NULL &&
                 strspn(command, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789_.+-") == strlen(command);
    for (size_t i = 0; i < length; i++) {
        if (strchr("'\"\\$`*?[~\n", place->line[place->from + i]) != NULL) {
            return false;
        }
    }
    return named && place->kind == SPAN_ARGUMENT && place->count > 0;
}

static void take_answer(struct bash *bash, size_t names, struct bash_answer *answer)
{
    size_t head = end_of_text(&bash->heard, 0);
    size_t said = end_of_text(&bash->heard, 1);
    const char *options = bash->heard.data + head;
    answer->no_space = strstr(options, " nospace") != NULL;
    answer->file_names = strstr(options, " filenames") != NULL;
    if (names > 0) {
        buf_add(&answer->names, bash->heard.data + said,
                end_of_text(&bash->heard, 1 + names) - said);
    }
}

void bash_ask(struct ui *ui, const struct place *place, struct bash_answer *answer)
{
    struct buf question = {0};
    unsigned long names = 0;
    size_t last = 0;
    if ((ui->sh->settings.options & OPT_BASHCOMPLETION) == 0 || place->point > QUESTION_MOST ||
        !is_plain(place) || sources_own(ui->sh, place) || !is_ready(ui)) {
        return;
    }
    struct bash *bash = ui->bash;
    long long until = aside_now() + LIMIT;
    put_question(ui, place, &question, &last);
    bash->heard.length = 0;
    bool done = send(bash->fd, question.data, question.length, MSG_NOSIGNAL | MSG_DONTWAIT) ==
                    (ssize_t)question.length &&
                hear(bash, 2, until) && number_parse(bash->heard.data, ANSWER_MOST, &names) &&
                hear(bash, 2 + names, until);
    if (done) {
        take_answer(bash, names, answer);
        answer->cut = last > place->from ? last - place->from : 0;
    } else {
        bash_end(ui);
    }
    buf_free(&question);
}
