/* readline_screen.c -- what readline asks to be shown, drawn by render.c. */
#include "ui/readline.h"

#include <string.h>

#include "base/out.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/frame.h"
#include "ui/prompt.h"
#include "ui/ui.h"

/* PS2 stands in front of further lines; expanded when there is one. */
static const char *further_prompt(struct session *session)
{
    if (!session->has_next && memchr(rl_line_buffer, '\n', (size_t)rl_end) != NULL) {
        session->next.length = 0;
        session_expand_prompt(session, "PS2", "", &session->next);
        session->has_next = true;
    }
    return buf_text(&session->next);
}

static bool is_plain_state(void)
{
    return !RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG |
                       RL_STATE_COMPLETING);
}

static const uint8_t *styles_of(struct session *session)
{
    struct shell *sh = session->ui->sh;
    uint8_t *styles = highlight_line(sh, &session->highlight, rl_line_buffer, (size_t)rl_end,
                                     (sh->settings.options & OPT_HIGHLIGHT) != 0);
    int from = rl_mark < rl_point ? rl_mark : rl_point;
    int to = rl_mark < rl_point ? rl_point : rl_mark;
    for (int i = from; rl_mark_active_p() && i >= 0 && i < to && i < rl_end; i++) {
        styles[i] |= STYLE_MARKED;
    }
    return styles;
}

/* rl_redisplay_function */
void session_show_line(void)
{
    struct session *session = session_active();
    struct shell *sh = session->ui->sh;
    bool own = rl_display_prompt == rl_prompt; /* and no message, as that of a search */
    session_fill_prompt(session);
    struct view view = {.prompt = own ? buf_text(&session->prompt) : rl_display_prompt,
                        .right = own ? buf_text(&session->right) : NULL,
                        .line = rl_line_buffer,
                        .length = (size_t)rl_end,
                        .point = (size_t)rl_point,
                        .utf8 = sh->utf8};
    const char *no_colour = variable_by_name(sh, "NO_COLOR");
    bool suggests = (sh->settings.options & OPT_SUGGEST) != 0 && !session->final &&
                    is_plain_state() && rl_point == rl_end;
    rl_get_screen_size(&view.rows, &view.columns);
    view.colours = no_colour == NULL || *no_colour == '\0';
    view.next = further_prompt(session);
    view.styles = styles_of(session);
    session->ghost = suggests ? suggest_find(sh, &session->suggest, view.line, view.length) : NULL;
    view.ghost = session->ghost;
    render_draw(&session->render, &view, &session->out);
    fflush(rl_outstream);
    out_write_all(2, session->out.data, session->out.length);
    session->out.length = 0;
}

/* The cursor goes behind what was typed, and the suggestion away. */
void session_go_to_end(void)
{
    int point = rl_point;
    rl_point = rl_end;
    session_active()->final = true;
    (*rl_redisplay_function)();
    session_active()->final = false;
    rl_point = point;
}

/* Whoever printed something has gone to a new line. */
void session_screen_is_new(void)
{
    render_forget(&session_active()->render);
    rl_on_new_line();
}

/* ---- output that does not end its line ---- */

/* Nobody tells where the cursor is. So PROMPT_EOL_MARK is written, and as many blanks as fit into a
   row behind it: they reach the next row only when the mark did not stand at the beginning of one.
 */
void session_end_output(struct session *session)
{
    struct buf mark = {0};
    struct buf *out = &session->out;
    int rows = 0;
    int columns = 0;
    if (!session->draws) {
        return;
    }
    prompt_add(session->ui->sh, "PROMPT_EOL_MARK", "", &mark);
    rl_reset_screen_size();
    rl_get_screen_size(&rows, &columns);
    size_t width = frame_width(buf_text(&mark));
    if (width > 0 && columns > 0 && width < (size_t)columns) {
        size_t blanks = (size_t)columns - width;
        prompt_drop_marks(&mark);
        buf_add(out, mark.data, mark.length);
        memset(buf_reserve(out, blanks), ' ', blanks);
        out->length += blanks;
        buf_puts(out, "\r\033[K");
        out_write_all(2, out->data, out->length);
        out->length = 0;
    }
    buf_free(&mark);
}
