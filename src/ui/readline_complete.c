/* readline_complete.c -- completion as readline asks for it and shows it. */
#include "ui/readline.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>

#include "base/mem.h"
#include "base/out.h"
#include "base/quote.h"
#include "os/signals.h"
#include "os/terminal.h"
#include "ui/ui.h"

enum { LINE_MOST = 500 };

/* Readline takes the whole line up to the cursor for the word: what is quoted how is ours to say.
 */
static char *whole_line(size_t from, const char *text)
{
    struct buf line = {0};
    buf_add(&line, rl_line_buffer, from);
    buf_puts(&line, text);
    char *copy = strdup(buf_text(&line));
    buf_free(&line);
    return copy;
}

/* Meanwhile Ctrl-C is a signal: it ends the completion, the line stays. */
static void let_interrupt(bool on)
{
    struct termios modes;
    if (terminal_get_modes(0, &modes)) {
        modes.c_lflag = on ? modes.c_lflag | (tcflag_t)ISIG : modes.c_lflag & ~(tcflag_t)ISIG;
        terminal_set_modes(0, &modes);
    }
    if (!on && signal_is_pending(SIGINT)) {
        signal_forget(SIGINT);
    }
}

/* Below the line, which is drawn again. */
static void show_said(const struct buf *said)
{
    struct buf shown = {0};
    for (size_t at = 0; at < said->length;) {
        const char *line = said->data + at;
        const char *end = memchr(line, '\n', said->length - at);
        size_t length = end == NULL ? said->length - at : (size_t)(end - line);
        quote_add_visible(&shown, line, length, LINE_MOST);
        buf_puts(&shown, "\r\n");
        at += length + 1;
    }
    if (shown.length > 0) {
        session_go_to_end();
        rl_crlf();
        fflush(rl_outstream);
        out_write_all(2, shown.data, shown.length);
        session_screen_is_new();
        rl_forced_update_display();
    }
    buf_free(&shown);
}

/* Without the texts, two that are empty say that there are several. */
static char **matches_of(const struct completion *found)
{
    size_t several = found->count == 1 ? 0 : found->texts == NULL ? 2 : found->count;
    char **matches = calloc(several + 2, sizeof *matches);
    if (matches == NULL) {
        return NULL;
    }
    matches[0] = whole_line(found->from, found->common);
    for (size_t i = 0; i < several; i++) {
        const char *text = found->texts == NULL ? "" : found->texts[i];
        matches[i + 1] = whole_line(found->from, text);
    }
    return matches;
}

/* All of them in one: the word's beginning is repeated before each, not the line's. Readline puts
   the last blank. */
static char **all_inserted(const struct completion *found)
{
    struct buf all = {0};
    for (size_t i = 0; i < found->count; i++) {
        const char *text = found->texts[i];
        size_t length = strlen(text);
        buf_puts(&all, i == 0 ? "" : " ");
        buf_add(&all, rl_line_buffer + found->word, i == 0 ? 0 : found->from - found->word);
        buf_add(&all, text, length - (length > 0 && text[length - 1] == ' '));
    }
    char **matches = calloc(2, sizeof *matches);
    if (matches != NULL) {
        matches[0] = whole_line(found->from, buf_text(&all));
    }
    buf_free(&all);
    return matches;
}

/* Of the many that the line could become only an insertion of all, or of one by one, needs the
   texts; a list shows labels, and one Tab neither. */
static enum completion_want wanted(void)
{
    return rl_completion_type == '\t'                  ? WANT_COMMON
           : strchr("?!@", rl_completion_type) != NULL ? WANT_LABELS
                                                       : WANT_TEXTS;
}

char **session_complete(const char *text, int start, int end)
{
    struct session *session = session_active();
    struct completion *found = &session->found;
    (void)text;
    (void)start;
    rl_attempted_completion_over = 1;
    rl_completion_suppress_append = 1;
    rl_sort_completion_matches = 0;
    rl_ignore_completion_duplicates = 0;
    completion_free(found);
    let_interrupt(true);
    bool any = complete_line(session->ui, rl_line_buffer, (size_t)end, wanted(), found);
    let_interrupt(false);
    show_said(&found->said);
    if (!any) {
        return NULL;
    }
    return rl_completion_type == '*' ? all_inserted(found) : matches_of(found);
}

/* The hook takes the place of the question, too. */
static bool may_show(int count)
{
    if (rl_completion_query_items <= 0 || count < rl_completion_query_items) {
        return true;
    }
    fprintf(rl_outstream, "\r\nDisplay all %d possibilities? (y or n) ", count);
    fflush(rl_outstream);
    int key = rl_read_key();
    return key == 'y' || key == 'Y' || key == ' ';
}

void session_show_list(char **labels, size_t count)
{
    int widest = 0;
    session_go_to_end();
    for (size_t i = 1; i <= count; i++) {
        int width = (int)strlen(labels[i]);
        widest = width > widest ? width : widest;
    }
    if (count > 0 && may_show((int)count)) {
        rl_filename_completion_desired = 0; /* it would show the last part of a pathname */
        session_active()->listing = true;
        rl_display_match_list(labels, (int)count, widest);
        session_active()->listing = false;
    } else {
        rl_crlf();
    }
    fflush(rl_outstream);
    session_screen_is_new();
    rl_forced_update_display();
}

/* The list shows the names alone, control bytes visible. */
void session_show_matches(char **matches, int count, int longest)
{
    const struct completion *found = &session_active()->found;
    size_t shown = found->labels != NULL ? found->count : 0;
    char **labels = mem_alloc((shown + 1) * sizeof *labels);
    (void)count;
    (void)longest;
    labels[0] = matches[0];
    for (size_t i = 0; i < shown; i++) {
        labels[i + 1] = found->labels[i];
    }
    session_show_list(labels, shown);
    mem_free(labels);
}
