/* readline_vi.c -- what POSIX asks of the command mode of vi, where readline does otherwise. */
#include "ui/readline.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/depth.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/quote.h"
#include "base/symbol.h"
#include "expand/expand.h"
#include "state/names.h"
#include "state/shell.h"
#include "syntax/parse.h"
#include "syntax/tree.h"
#include "ui/readline_vi.h"
#include "ui/ui.h"
#include "ui/word.h"

enum { ESCAPE = 27 };

/* ---- moving ---- */

int vi_end_word(int count, int key)
{
    if (rl_point >= rl_end - 1 && !RL_ISSTATE(RL_STATE_VIMOTION)) {
        return rl_ding();
    }
    return rl_vi_end_word(count, key);
}

/* Readline never comes past a null byte. */
int vi_char_search(int count, int key)
{
    return memchr(rl_line_buffer, '\0', (size_t)rl_end) != NULL ? rl_ding()
                                                                : rl_vi_char_search(count, key);
}

int vi_redo(int count, int key)
{
    struct session *session = session_active();
    if (session->redoing || RL_ISSTATE(RL_STATE_VIMOTION)) { /* it would repeat itself */
        return rl_ding();
    }
    session->redoing = true;
    session->changed = false;
    int result = rl_vi_redo(count, key);
    session->redoing = false;
    if (session->changed && rl_point > 0) {
        rl_backward_char(1, key); /* as Esc would have done */
    }
    return result;
}

/* Readline reads these keys next, and frees them. */
static void type_keys(const char *keys)
{
    rl_push_macro_input(mem_text(keys));
}

/* Would f, F, t or T find the byte? One of several bytes readline looks for itself. */
static bool can_find(int motion, int target)
{
    bool back = motion == 'F' || motion == 'T';
    size_t from = back || rl_point >= rl_end ? 0 : (size_t)rl_point + 1;
    size_t to = (size_t)(back ? rl_point : rl_end);
    enum { ASCII = 0x80 };
    return target >= ASCII || memchr(rl_line_buffer + from, target, to - from) != NULL;
}

/* A key for the operator. Readline takes no motion for one that moves nowhere, and changes a
   character when there is nothing to find. */
static int with_motion(int count, int key, rl_command_func_t *theirs)
{
    static const char motions[] = " hl^$0ftFT;,%wbeWBE|`";
    char keys[12] = "";
    size_t count_length = 0;
    if (session_active()->redoing || strchr("cdy", key) == NULL) {
        return theirs(count, key);
    }
    int motion = rl_read_key();
    while (motion >= (count_length == 0 ? '1' : '0') && motion <= '9' && count_length < 8) {
        keys[count_length++] = (char)motion;
        motion = rl_read_key();
    }
    if (motion == CTRL('C')) {
        return rl_execute_next(motion);
    }
    if (motion <= 0) {
        return 0;
    }
    if (motion != key && strchr(motions, motion) == NULL) {
        return motion == ESCAPE ? 0 : rl_ding();
    }
    keys[count_length] = (char)motion;
    if (key == 'c' && strchr("fFtT", motion) != NULL) {
        int target = rl_read_key();
        if (target <= 0 || target == ESCAPE || !can_find(motion, target)) {
            return rl_ding();
        }
        keys[count_length + 1] = (char)target;
    }
    type_keys(keys);
    return theirs(count, key);
}

/* Readline does not know what C inserted when it is to do that again: that of c it does. */
int vi_change_to(int count, int key)
{
    session_active()->changed = true;
    if (key == 'C') {
        if (!session_active()->redoing) {
            type_keys("$");
        }
        return rl_vi_change_to(count, 'c');
    }
    return with_motion(count, key, rl_vi_change_to);
}

int vi_delete_to(int count, int key)
{
    return with_motion(count, key, rl_vi_delete_to);
}

int vi_yank_to(int count, int key)
{
    return with_motion(count, key, rl_vi_yank_to);
}

/* ---- history ---- */

int vi_previous(int count, int key)
{
    return count > where_history() ? rl_ding() : rl_get_previous_history(count, key);
}

/* Beyond the newest is the line that was typed. */
int vi_next(int count, int key)
{
    if (count > history_length - where_history()) {
        rl_ding();
    }
    return rl_get_next_history(count, key);
}

/* G: the oldest, or the one with the number. */
int vi_fetch(int count, int key)
{
    int place = rl_explicit_arg ? count - history_base : 0;
    int now = where_history();
    if (place < 0 || place >= history_length) {
        return rl_ding();
    }
    if (place < now) {
        return rl_get_previous_history(now - place, key);
    }
    return place > now ? rl_get_next_history(place - now, key) : 0;
}

/* Where nothing was found, nothing changes. */
static int searched(int count, int key, rl_command_func_t *theirs)
{
    int place = where_history();
    int point = rl_point;
    char *line = mem_text_n(rl_line_buffer, (size_t)rl_end);
    int result = theirs(count, key);
    bool stays = where_history() == place && !rl_done;
    if (stays && place == history_length) {
        rl_maybe_unsave_line();
    }
    if (stays && strlen(line) != (size_t)rl_end) {
        rl_replace_line(line, 0);
    }
    mem_free(line);
    if (stays) {
        rl_point = point < rl_end ? point : rl_end;
    }
    return result;
}

int vi_search(int count, int key)
{
    session_active()->forwards = key == '?';
    return searched(count, key, rl_vi_search);
}

/* To readline n is always backwards. */
int vi_search_again(int count, int key)
{
    bool same = key == 'n';
    return searched(count, same == session_active()->forwards ? 'N' : 'n', rl_vi_search_again);
}

/* ---- @ ---- */

/* The value of the alias _LETTER is typed. It may name others, but not without end. */
int vi_alias(int count, int key)
{
    enum { MOST = 16 };
    struct session *session = session_active();
    struct shell *sh = session->ui->sh;
    int letter = rl_read_key();
    char name[] = {'_', (char)letter, '\0'};
    (void)count;
    (void)key;
    if (letter == CTRL('C')) {
        return rl_execute_next(letter);
    }
    const struct symbol *symbol = letter > 0 ? symbol_find(&sh->symbols, name, strlen(name)) : NULL;
    const char *value = symbol == NULL ? NULL : alias_get(symbol);
    if (value == NULL || *value == '\0') {
        return 0;
    }
    if (++session->aliases > MOST) {
        return rl_ding();
    }
    type_keys(value);
    return 0;
}

/* ---- = \ * ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* The bigword under the cursor, or that begins behind it. A blank behind a backslash is part of it.
 */
static void find_bigword(int *start, int *end)
{
    int at = 0;
    int point = rl_point < rl_end && is_blank(rl_line_buffer[rl_point]) ? rl_point + 1 : rl_point;
    do {
        while (at < point && is_blank(rl_line_buffer[at])) {
            at++;
        }
        *start = at;
        while (at < rl_end && !is_blank(rl_line_buffer[at])) {
            at += rl_line_buffer[at] == '\\' && at + 1 < rl_end ? 2 : 1;
        }
        *end = at;
    } while (at < point);
}

/* May it be expanded? Not where a substitution would run, or it is only part of a word. */
static bool is_harmless(struct shell *sh, const char *raw, size_t length)
{
    struct typed typed = {0};
    typed_read(sh, raw, length, &typed);
    bool harmless = !typed.unknown && typed.command == 0 && typed.quote == 0;
    buf_free(&typed.text);
    return harmless;
}

static bool exists(const char *path, bool *folder)
{
    struct stat file;
    if (lstat(path, &file) != 0) {
        return false;
    }
    *folder = S_ISDIR(file.st_mode) || (stat(path, &file) == 0 && S_ISDIR(file.st_mode));
    return true;
}

/* The pathnames that the text matches as the one argument of a command, in the scratch arena. */
static bool expand_pathnames(struct shell *sh, struct buf *command, struct fields *fields)
{
    struct program *program = NULL;
    struct source source;
    struct parse_input input = {
        .source = &source, .programs = &sh->programs, .depth = &sh->depth, .alias = NULL};
    struct diag d = {0};
    unsigned options = sh->settings.options;
    bool folder = false;
    source_text(&source, buf_text(command), command->length, sh->line);
    bool parsed = parse_command(&input, &program, &d) == PARSE_OK && program->root != NULL &&
                  program->root->kind == NODE_SIMPLE && program->root->simple.word_count == 2;
    sh->settings.options &= ~(unsigned)OPT_NOGLOB;
    bool done = parsed && expand_word(sh, program->root->simple.words[1], fields, &d);
    sh->settings.options = options;
    for (size_t i = 0; done && i < fields->count; i++) {
        fields->items[i] = arena_text(&sh->scratch, fields->items[i], strlen(fields->items[i]));
    }
    diag_clear(&d);
    program_release(program);
    return done && fields->count > 0 && exists(fields->items[0], &folder);
}

static bool match_bigword(struct shell *sh, int start, int end, struct fields *fields)
{
    const char *raw = rl_line_buffer + start;
    size_t length = (size_t)(end - start);
    struct buf command = {0};
    if (!is_harmless(sh, raw, length)) {
        return false;
    }
    buf_puts(&command, ": ");
    buf_add(&command, raw, length);
    buf_puts(&command, strpbrk(buf_text(&command), "?*[") == NULL ? "*\n" : "\n");
    bool found = expand_pathnames(sh, &command, fields);
    buf_free(&command);
    return found;
}

/* = */
static void show(const struct fields *fields)
{
    char **labels = mem_alloc((fields->count + 1) * sizeof *labels);
    labels[0] = mem_text("");
    for (size_t i = 0; i < fields->count; i++) {
        enum { MOST = 500 };
        struct buf label = {0};
        bool folder = false;
        quote_add_visible(&label, fields->items[i], strlen(fields->items[i]), MOST);
        buf_puts(&label, exists(fields->items[i], &folder) && folder ? "/" : "");
        labels[i + 1] = mem_text(buf_text(&label));
        buf_free(&label);
    }
    session_show_list(labels, fields->count);
    for (size_t i = 0; i <= fields->count; i++) {
        mem_free(labels[i]);
    }
    mem_free(labels);
}

/* \ */
static void put_common(const struct fields *fields, struct buf *to)
{
    const char *first = fields->items[0];
    size_t common = strlen(first);
    bool folder = false;
    for (size_t i = 1; i < fields->count; i++) {
        size_t same = 0;
        while (same < common && fields->items[i][same] == first[same]) {
            same++;
        }
        common = same;
    }
    while (common > 0 && (first[common] & 0xC0) == 0x80) { /* no half of a character */
        common--;
    }
    typed_quote(first, common, 0, fields->count == 1, to);
    if (fields->count == 1) {
        buf_puts(to, exists(first, &folder) && folder ? "/" : " ");
    }
}

/* * */
static void put_all(const struct fields *fields, struct buf *to)
{
    for (size_t i = 0; i < fields->count; i++) {
        buf_puts(to, i == 0 ? "" : " ");
        typed_quote(fields->items[i], strlen(fields->items[i]), 0, true, to);
    }
}

static void replace(int start, int end, struct buf *text)
{
    rl_begin_undo_group();
    rl_delete_text(start, end);
    rl_point = start;
    rl_insert_text(buf_text(text));
    rl_end_undo_group();
}

int vi_expand(int count, int key)
{
    struct shell *sh = session_active()->ui->sh;
    struct arena_mark mark = arena_mark(&sh->scratch);
    struct fields fields = {0};
    struct buf text = {0};
    int start = 0;
    int end = 0;
    (void)count;
    find_bigword(&start, &end);
    if (!match_bigword(sh, start, end, &fields)) {
        rl_ding();
    } else if (key == '=') {
        show(&fields);
    } else {
        if (key == '*') {
            put_all(&fields, &text);
        } else {
            put_common(&fields, &text);
        }
        if (text.length == 0) {
            rl_ding();
        } else {
            replace(start, end, &text);
            rl_vi_start_inserting(key, 1, 1);
        }
    }
    buf_free(&text);
    arena_release(&sh->scratch, mark);
    return 0;
}
