/* readline_history.c -- our history as readline's, and `!` expansion. */
#include "ui/readline.h"

#include <stdlib.h>
#include <string.h>

#include "state/history.h"
#include "state/shell.h"
#include "ui/ui.h"

/* Does readline's newest entry differ from that of the list with this number? */
static bool differs(const struct session *session)
{
    const char *ours = history_text(session->ui->sh, session->synced);
    const HIST_ENTRY *theirs = history_get(history_base + history_length - 1);
    return ours == NULL || theirs == NULL || strcmp(ours, theirs->line) != 0;
}

/* Readline's list becomes the end of ours: fc may have replaced the newest entry. */
void session_sync_history(struct session *session)
{
    struct shell *sh = session->ui->sh;
    int last = history_last(sh);
    while (history_length > 0 && differs(session)) {
        free_history_entry(remove_history(history_length - 1));
        session->synced--;
    }
    if (history_length == 0) {
        session->synced = last == 0 ? 0 : history_first(sh) - 1;
        history_base = session->synced + 1; /* so that !n means what fc shows as n */
    }
    while (session->synced < last) {
        add_history(history_text(sh, ++session->synced));
    }
    using_history();
}

/* $!, ${!x} and [!a] are none of its business. */
static int is_no_event(char *text, int at)
{
    return at > 0 && strchr("${[", text[at - 1]) != NULL;
}

/* Readline's expansion reads beyond the end of a text that ends in the middle of a character. */
static bool is_text(const char *text)
{
    return MB_CUR_MAX == 1 || mbstowcs(NULL, text, 0) != (size_t)-1;
}

bool session_expand_event(struct ui *ui, struct buf *text, struct buf *said)
{
    char *result = NULL;
    history_inhibit_expansion_function = is_no_event;
    history_quotes_inhibit_expansion = 1;
    history_comment_char = '#';
    session_sync_history(session_of(ui)); /* the plain reader may have read the line */
    bool newline = text->length > 0 && text->data[text->length - 1] == '\n';
    text->length -= newline;
    buf_putc(text, '\0'); /* behind an open quote it looks at one byte more than there is */
    char *typed = buf_text(text);
    text->length--;
    int found = is_text(typed) ? history_expand(typed, &result) : 0;
    if (found < 0) {
        buf_addf(said, "swish: %s\n", result);
    } else if (found > 0) {
        text->length = 0;
        buf_puts(text, result);
        buf_addf(said, "%s\n", result);
    }
    if (found == 2) { /* :p */
        history_remember(ui->sh, text->data, text->length);
    }
    if (newline) {
        buf_putc(text, '\n');
    }
    free(result);
    return found == 0 || found == 1;
}
