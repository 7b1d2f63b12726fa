/* readline_edit.c -- the line goes to an editor of the user, and runs as it comes back. */
#include "ui/readline.h"

#include <unistd.h>

#include "exec/script.h"
#include "state/shell.h"
#include "ui/bind.h"
#include "ui/ui.h"

/* The line of this command is the name of the file; it is empty when the editor failed. */
static const char command[] = "${VISUAL:-${EDITOR:-vi}} \"$READLINE_LINE\" || READLINE_LINE=";

static void take_text(struct buf *text)
{
    while (text->length > 0 && text->data[text->length - 1] == '\n') {
        text->length--;
    }
    rl_begin_undo_group();
    rl_delete_text(0, rl_end);
    rl_point = 0;
    rl_insert_text(buf_text(text));
    rl_end_undo_group();
}

int session_edit_line(int count, int key)
{
    struct session *session = session_active();
    struct shell *sh = session->ui->sh;
    struct buf text = {0};
    struct buf path = {0};
    struct edited line = {0};
    const HIST_ENTRY *entry = rl_explicit_arg ? history_get(count) : NULL;
    if (rl_explicit_arg && entry == NULL) {
        return rl_ding();
    }
    buf_puts(&text, entry != NULL ? entry->line : rl_line_buffer);
    buf_putc(&text, '\n');
    if (!script_store(sh, &text, &path)) {
        buf_free(&text);
        buf_free(&path);
        return rl_ding();
    }
    buf_puts(&line.text, buf_text(&path));
    session_step_aside(session);
    enum flow flow = bind_run(sh, command, &line);
    text.length = 0;
    bool edited = flow == FLOW_NEXT && line.text.length > 0 && script_load(buf_text(&path), &text);
    unlink(buf_text(&path));
    if (edited) {
        take_text(&text);
    }
    session_step_back(session, flow);
    buf_free(&line.text);
    buf_free(&path);
    buf_free(&text);
    return edited ? rl_newline(count, key) : 0;
}
