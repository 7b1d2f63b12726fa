/* render.c -- brings the screen from one frame to the next. */
#include "ui/render.h"

#include <string.h>

#include "ui/frame.h"

/* SGR parameters by style: the terminal's own palette. */
static const char *const colours[STYLES] = {
    [STYLE_PLAIN] = "",     [STYLE_COMMAND] = "32", [STYLE_UNKNOWN] = "31",
    [STYLE_KEYWORD] = "35", [STYLE_STRING] = "33",  [STYLE_VARIABLE] = "36",
    [STYLE_OPERATOR] = "1", [STYLE_COMMENT] = "90", [STYLE_GHOST] = "90",
};

struct pen {
    struct render *render;
    const struct view *view;
    struct buf *out;
    uint8_t style;
};

/* ---- small movements ---- */

static void move_rows(struct pen *pen, size_t row)
{
    struct render *render = pen->render;
    if (row < render->row) {
        buf_addf(pen->out, "\033[%zuA", render->row - row);
    } else if (row > render->row) {
        buf_addf(pen->out, "\033[%zuB", row - render->row);
    }
    render->row = row;
}

static void move_to(struct pen *pen, size_t row, size_t column)
{
    enum { FEW = 4 };
    struct render *render = pen->render;
    bool edge = render->column >= (size_t)pen->view->columns;
    if (row == render->row && column == render->column) {
        return; /* behind the edge, too, where no movement leads */
    }
    move_rows(pen, row);
    if (edge || column == 0) {
        if (edge || render->column != 0) {
            buf_putc(pen->out, '\r');
        }
        render->column = 0;
    }
    if (column < render->column && render->column - column <= FEW) {
        for (; render->column > column; render->column--) {
            buf_putc(pen->out, '\b');
        }
    } else if (column < render->column) {
        buf_addf(pen->out, "\033[%zuD", render->column - column);
    } else if (column > render->column) {
        buf_addf(pen->out, "\033[%zuC", column - render->column);
    }
    render->column = column;
}

static void set_style(struct pen *pen, uint8_t style)
{
    if (!pen->view->colours) {
        style = style == STYLE_GHOST ? style : style & STYLE_MARKED;
    }
    if (style == pen->style) {
        return;
    }
    if (style == STYLE_PLAIN) {
        buf_puts(pen->out, "\033[m");
        pen->style = style;
        return;
    }
    const char *colour = colours[style & ~STYLE_MARKED];
    if (!pen->view->colours) {
        colour = style == STYLE_GHOST ? "2" : "";
    }
    /* An empty parameter would be 0, and undo the others. */
    const char *marked = *colour == '\0' ? "7" : "7;";
    buf_addf(pen->out, "\033[%s%s%sm", pen->style == STYLE_PLAIN ? "" : "0;",
             style >= STYLE_MARKED ? marked : "", colour);
    pen->style = style;
}

/* ---- cells ---- */

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* Writes the cells of a row from `column` on. */
static void write_cells(struct pen *pen, const struct frame *frame, size_t row, size_t column,
                        size_t end)
{
    const struct row *where = &frame->rows[row];
    move_to(pen, row, column);
    for (size_t i = column; i < end; i++) {
        const struct cell *cell = &frame->cells[where->from + i];
        if (cell->length > 0) {
            set_style(pen, cell->style);
            buf_add(pen->out, cell->text, cell->length);
        }
        pen->render->column++;
    }
}

/* From the row to the next, which may not be on the screen yet. */
static void next_row(struct pen *pen, const struct row *row)
{
    if (row->hard || pen->render->column < (size_t)pen->view->columns) {
        set_style(pen, STYLE_PLAIN);
        buf_puts(pen->out, "\r\n");
    } else {
        buf_puts(pen->out, " \r"); /* the edge wraps only when something follows */
    }
    pen->render->row++;
    pen->render->column = 0;
}

/* Where two rows begin to differ: the shorter one's end at the latest. */
static size_t first_difference(const struct frame *a, const struct row *x, const struct frame *b,
                               const struct row *y)
{
    size_t least = x->count < y->count ? x->count : y->count;
    size_t i = 0;
    while (i < least && same_cell(&a->cells[x->from + i], &b->cells[y->from + i])) {
        i++;
    }
    while (i > 0 && i < y->count && b->cells[y->from + i].length == 0) {
        i--;
    }
    return i;
}

/* Behind the last difference of two rows of the same length. */
static size_t last_difference(const struct frame *a, const struct row *x, const struct frame *b,
                              const struct row *y)
{
    size_t i = y->count;
    if (x->count != y->count) {
        return i;
    }
    while (i > 0 && same_cell(&a->cells[x->from + i - 1], &b->cells[y->from + i - 1])) {
        i--;
    }
    return i < y->count && b->cells[y->from + i].length == 0 ? i + 1
                                                             : i; /* no half of a wide one */
}

static void write_blanks(struct pen *pen, size_t count)
{
    memset(buf_reserve(pen->out, count), ' ', count);
    pen->out->length += count;
    pen->render->column += count;
}

/* A row that was on the screen before. */
static void update_row(struct pen *pen, size_t row)
{
    const struct frame *old = &pen->render->shown;
    const struct frame *new = &pen->render->next;
    const struct row *x = &old->rows[row];
    const struct row *y = &new->rows[row];
    size_t from = first_difference(old, x, new, y);
    size_t end = last_difference(old, x, new, y);
    if (from < end) {
        write_cells(pen, new, row, from, end);
    }
    if (x->count > y->count) {
        bool kept = row == new->start_row && pen->render->right_column > 0;
        move_to(pen, row, y->count);
        set_style(pen, STYLE_PLAIN);
        /* When the whole row is cleared, tmux forgets that the edge parted it from the one above.
         */
        write_blanks(pen, kept ? x->count - y->count : y->count == 0);
        buf_puts(pen->out, kept ? "" : "\033[K");
    }
}

/* Where writing on would go to the next row: behind the last cell, which is written again. */
static void go_to_end_of(struct pen *pen, size_t row)
{
    struct render *render = pen->render;
    const struct frame *new = &render->next;
    const struct row *where = &new->rows[row];
    size_t last = where->count;
    if (render->row == row && render->column == where->count) {
        return;
    }
    if (!where->hard) {
        do {
            last -= last > 0;
        } while (last > 0 && new->cells[where->from + last].length == 0);
    }
    write_cells(pen, new, row, last, where->count);
}

static void update(struct pen *pen)
{
    struct render *render = pen->render;
    const struct frame *old = &render->shown;
    const struct frame *new = &render->next;
    for (size_t row = 0; row < new->row_count; row++) {
        if (row < old->row_count) {
            update_row(pen, row);
        } else {
            go_to_end_of(pen, row - 1);
            next_row(pen, &new->rows[row - 1]);
            write_cells(pen, new, row, 0, new->rows[row].count);
        }
    }
    if (old->row_count > new->row_count) {
        move_to(pen, new->row_count, 0);
        set_style(pen, STYLE_PLAIN);
        buf_puts(pen->out, "\033[J");
    }
}

/* ---- the whole ---- */

/* The prompt as it is, with its escape sequences. */
static void write_prompt(struct pen *pen, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\n') {
            buf_puts(pen->out, "\r\n");
        } else if (*at != '\001' && *at != '\002') {
            buf_putc(pen->out, *at);
        }
    }
}

/* The rest of the frame from where the cursor is; there is nothing below. */
static void write_rest(struct pen *pen)
{
    const struct frame *new = &pen->render->next;
    for (size_t row = pen->render->row;; row++) {
        write_cells(pen, new, row, pen->render->column, new->rows[row].count);
        if (row + 1 >= new->row_count) {
            break;
        }
        next_row(pen, &new->rows[row]);
    }
}

/* ---- the right prompt ---- */

/* Where it is to stand, 0: nowhere. A blank stays free in front of it, and the last column behind
   it: a terminal would join a full row to the next when it is copied. */
static size_t right_place(const struct pen *pen, bool clipped)
{
    const struct render *render = pen->render;
    size_t columns = pen->view->columns < 1 ? 1 : (size_t)pen->view->columns;
    size_t taken = clipped ? 0 : render->next.rows[render->next.start_row].count;
    bool fits = !clipped && render->right_width > 0 && taken + render->right_width + 2 <= columns;
    return fits ? columns - 1 - render->right_width : 0;
}

/* True: it is another one than before. */
static bool note_right(struct pen *pen)
{
    struct render *render = pen->render;
    const char *text = pen->view->right == NULL ? "" : pen->view->right;
    bool other = strcmp(buf_text(&render->right), text) != 0;
    if (other) {
        render->right.length = 0;
        buf_puts(&render->right, text);
        render->right_width = frame_width(text);
    }
    return other;
}

/* One that is old or in the way goes before the line is drawn. */
static void hide_right(struct pen *pen)
{
    struct render *render = pen->render;
    bool other = note_right(pen);
    if (render->right_column > 0 && (other || right_place(pen, false) != render->right_column)) {
        move_to(pen, render->shown.start_row, render->right_column);
        buf_puts(pen->out, "\033[K");
        render->right_column = 0;
    }
}

static void show_right(struct pen *pen, bool clipped)
{
    struct render *render = pen->render;
    size_t place = right_place(pen, clipped);
    if (place == 0 || render->right_column == place) {
        return;
    }
    set_style(pen, STYLE_PLAIN);
    move_to(pen, render->next.start_row, place);
    buf_puts(pen->out, "\033[K");
    write_prompt(pen, buf_text(&render->right));
    buf_puts(pen->out, "\033[m");
    render->column += render->right_width;
    render->right_column = place;
}

/* ---- from nothing ---- */

/* Where the terminal puts cells when it lays them out for another width. */
struct flow {
    size_t columns;
    size_t row;
    size_t column;
};

/* The character at a column of a row; returns how many columns it takes. */
static size_t flow_character(struct flow *flow, const struct render *render, size_t row, size_t i)
{
    const struct row *where = &render->shown.rows[row];
    const struct cell *right = render->shown.cells + where->from + i + 1;
    size_t width = i + 1 < where->count && right->length == 0 ? 2 : 1;
    if (flow->column > 0 && flow->column + width > flow->columns) {
        flow->row++;
        flow->column = 0;
    }
    flow->column += width;
    return width;
}

/* The first `count` columns of a row. */
static void flow_row(struct flow *flow, const struct render *render, size_t row, size_t count)
{
    for (size_t i = 0; i < count;) {
        i += flow_character(flow, render, row, i);
    }
}

/* How many rows above the cursor the first one is then: rows that only the edge had parted flow
   together, and a wide character is not parted. */
static size_t rows_above(const struct render *render, size_t columns)
{
    struct flow flow = {.columns = columns};
    for (size_t i = 0; i < render->row && i < render->shown.row_count; i++) {
        bool right = i == render->shown.start_row && render->right_column > 0;
        flow_row(&flow, render, i,
                 right ? render->right_column + render->right_width : render->shown.rows[i].count);
        if (render->shown.rows[i].hard) {
            flow.row++;
            flow.column = 0;
        }
    }
    flow_row(&flow, render, render->row, render->column);
    flow_character(&flow, render, render->row, render->column);
    return flow.row;
}

/* Back to the first row of what is drawn. */
static void go_home(struct pen *pen, const struct view *view)
{
    struct render *render = pen->render;
    size_t columns = view->columns < 1 ? 1 : (size_t)view->columns;
    size_t up = view->columns == render->columns ? render->row : rows_above(render, columns);
    if (up > 0) {
        buf_addf(pen->out, "\033[%zuA", up);
    }
    buf_puts(pen->out, "\r");
    render->row = 0;
    render->column = 0;
}

/* More rows than the screen has: the ones around the cursor. */
static void clip(struct frame *frame, size_t rows)
{
    size_t first = frame->cursor_row + 1 > rows ? frame->cursor_row + 1 - rows : 0;
    if (first > 0) {
        memmove(frame->rows, frame->rows + first, (frame->row_count - first) * sizeof *frame->rows);
        frame->row_count -= first;
        frame->cursor_row -= first;
    }
    frame->row_count = frame->row_count > rows ? rows : frame->row_count;
}

/* From the first row on, above which nothing is ours. */
static void draw_all(struct pen *pen, bool clipped)
{
    struct render *render = pen->render;
    render->right_column = 0;
    render->row = clipped ? 0 : render->next.start_row;
    render->column = clipped ? 0 : render->next.start_column;
    if (clipped) {
        buf_puts(pen->out, "\033[H");
    }
    if (clipped || render->drawn) {
        /* From the first cell of the screen on, tmux would put it all into its history; cells that
           are not cleared with their whole row count when it lays out the row for another width. */
        buf_puts(pen->out, "\033[2K \033[J\r");
    }
    if (!clipped) {
        write_prompt(pen, pen->view->prompt);
    }
    write_rest(pen);
}

/* The terminal remembers which rows the edge has parted: one that is to end otherwise must be drawn
   anew, or it would be laid out wrongly for another width. */
static bool ends_alike(const struct render *render)
{
    const struct frame *old = &render->shown;
    const struct frame *new = &render->next;
    for (size_t i = 0; i + 1 < old->row_count && i + 1 < new->row_count; i++) {
        if (old->rows[i].hard != new->rows[i].hard) {
            return false;
        }
    }
    return true;
}

void render_draw(struct render *render, const struct view *view, struct buf *out)
{
    struct pen pen = {.render = render, .view = view, .out = out};
    bool same = render->drawn && render->columns == view->columns &&
                strcmp(buf_text(&render->prompt), view->prompt) == 0;
    frame_lay(&render->next, view);
    bool clipped = view->rows > 0 && render->next.row_count > (size_t)view->rows;
    if (clipped) {
        clip(&render->next, (size_t)view->rows);
    }
    if (same && !clipped && ends_alike(render)) {
        hide_right(&pen);
        update(&pen);
    } else {
        if (render->drawn && !clipped) {
            go_home(&pen, view);
        }
        note_right(&pen);
        draw_all(&pen, clipped);
    }
    show_right(&pen, clipped);
    set_style(&pen, STYLE_PLAIN);
    move_to(&pen, render->next.cursor_row, render->next.cursor_column);
    struct frame old = render->shown;
    render->shown = render->next;
    render->next = old;
    render->drawn = true;
    render->columns = view->columns;
    render->prompt.length = 0;
    buf_puts(&render->prompt, clipped ? "\001" : view->prompt); /* draws anew when it fits again */
}

bool render_is_below(const struct render *render)
{
    return render->row > 0 && render->column == 0 && !render->shown.rows[render->row - 1].hard &&
           render->shown.rows[render->row].count == 0;
}

void render_erase(struct render *render, struct buf *out)
{
    if (render->drawn && render->row > 0) {
        buf_addf(out, "\033[%zuA", render->row);
    }
    buf_puts(out, "\r\033[J");
    render_forget(render);
}

void render_forget(struct render *render)
{
    render->drawn = false;
    render->row = 0;
    render->column = 0;
    render->right_column = 0;
    render->shown.count = 0;
    render->shown.row_count = 0;
}

void render_free(struct render *render)
{
    frame_free(&render->shown);
    frame_free(&render->next);
    buf_free(&render->prompt);
    buf_free(&render->right);
}
