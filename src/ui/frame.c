/* frame.c -- lays a view out in rows of cells. */
#include "ui/frame.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { TAB = 8 };

struct layout {
    struct frame *frame;
    size_t columns;
    size_t column;
    bool utf8;
};

static struct row *new_row(struct frame *frame)
{
    if (frame->row_count == frame->row_capacity) {
        frame->row_capacity = frame->row_capacity == 0 ? 8 : frame->row_capacity * 2;
        frame->rows = mem_resize(frame->rows, frame->row_capacity * sizeof *frame->rows);
    }
    struct row *row = &frame->rows[frame->row_count++];
    *row = (struct row){.from = frame->count};
    return row;
}

static struct row *last_row(struct frame *frame)
{
    return &frame->rows[frame->row_count - 1];
}

static struct cell *new_cell(struct layout *layout, uint8_t style)
{
    struct frame *frame = layout->frame;
    if (frame->count == frame->capacity) {
        frame->capacity = frame->capacity == 0 ? 256 : frame->capacity * 2;
        frame->cells = mem_resize(frame->cells, frame->capacity * sizeof *frame->cells);
    }
    struct cell *cell = &frame->cells[frame->count++];
    memset(cell, 0, sizeof *cell); /* cells are compared whole */
    cell->style = style;
    last_row(frame)->count++;
    layout->column++;
    return cell;
}

static void end_row(struct layout *layout, bool hard)
{
    last_row(layout->frame)->hard = hard;
    new_row(layout->frame);
    layout->column = 0;
}

/* A wide character that does not fit leaves the last column alone: no terminal wraps that alike. */
static void make_room(struct layout *layout, size_t width)
{
    if (layout->column + width > layout->columns) {
        end_row(layout, layout->column < layout->columns);
    }
}

static void put(struct layout *layout, const char *text, size_t length, uint8_t style)
{
    make_room(layout, 1);
    struct cell *cell = new_cell(layout, style);
    memcpy(cell->text, text, length);
    cell->length = (uint8_t)length;
}

static void put_text(struct layout *layout, const char *text, uint8_t style)
{
    for (; *text != '\0'; text++) {
        put(layout, text, 1, style);
    }
}

static void put_octal(struct layout *layout, unsigned char byte, uint8_t style)
{
    char text[5] = {'\\', (char)('0' + (byte >> 6)), (char)('0' + (byte >> 3 & 7)),
                    (char)('0' + (byte & 7)), '\0'};
    put_text(layout, text, style);
}

static void combine(struct layout *layout, const char *text, size_t length)
{
    struct frame *frame = layout->frame;
    struct cell *cell = frame->count == 0 ? NULL : &frame->cells[frame->count - 1];
    if (cell != NULL && cell->length == 0 && frame->count > 1) {
        cell--;
    }
    if (cell != NULL && cell->length + length <= sizeof cell->text) {
        memcpy(cell->text + cell->length, text, length);
        cell->length = (uint8_t)(cell->length + length);
    }
}

/* One character; returns its length. */
static size_t put_character(struct layout *layout, const char *text, size_t length, uint8_t style)
{
    unsigned char byte = (unsigned char)*text;
    uint32_t character = byte;
    if (byte < ' ' || byte == '\177') {
        char shown[3] = {'^', (char)(byte ^ 64), '\0'};
        put_text(layout, shown, style);
        return 1;
    }
    size_t used = layout->utf8 ? utf8_decode(text, length, &character) : 1;
    int width = character >= UTF8_BAD ? -1 : utf8_width(character);
    if (width < 0 || (!layout->utf8 && byte >= 128)) {
        for (size_t i = 0; i < used; i++) {
            put_octal(layout, (unsigned char)text[i], style);
        }
    } else if (width == 0) {
        combine(layout, text, used);
    } else if (width == 2 && layout->columns > 1) {
        make_room(layout, 2);
        put(layout, text, used, style);
        new_cell(layout, style);
    } else {
        put(layout, text, used, style);
    }
    return used;
}

static void put_tab(struct layout *layout, uint8_t style)
{
    make_room(layout, 1);
    do {
        put(layout, " ", 1, style);
    } while (layout->column % TAB != 0 && layout->column < layout->columns);
}

/* Text before the line, in UTF-8 whatever the locale; escape sequences in it take no room. */
static void put_prompt(struct layout *layout, const char *text)
{
    size_t left = strlen(text);
    bool utf8 = layout->utf8;
    bool hidden = false;
    layout->utf8 = true;
    while (left > 0) {
        size_t used = 1;
        if (*text == '\001' || *text == '\002') {
            hidden = *text == '\001';
        } else if (hidden || *text == '\a' || *text == '\r') {
            used = 1;
        } else if (*text == '\n') {
            end_row(layout, true);
        } else if (*text == '\t') {
            put_tab(layout, STYLE_PLAIN);
        } else {
            used = put_character(layout, text, left, STYLE_PLAIN);
        }
        text += used;
        left -= used;
    }
    layout->utf8 = utf8;
}

/* Columns of what stands there; what is shown otherwise begins with one, too. */
static size_t width_at(const struct layout *layout, const char *text, size_t length)
{
    uint32_t character = 0;
    if (length == 0 || !layout->utf8 || (unsigned char)*text < 128) {
        return 1;
    }
    utf8_decode(text, length, &character);
    return character < UTF8_BAD && utf8_width(character) == 2 ? 2 : 1;
}

/* When the character at the cursor does not fit, both are at the beginning of the next row. */
static void set_cursor(struct layout *layout, size_t width)
{
    struct frame *frame = layout->frame;
    bool edge = layout->column + width > layout->columns;
    frame->cursor_row = frame->row_count - (edge ? 0 : 1);
    frame->cursor_column = edge ? 0 : layout->column;
}

static void put_line(struct layout *layout, const struct view *view)
{
    size_t at = 0;
    while (at < view->length) {
        uint8_t style = view->styles == NULL ? (uint8_t)STYLE_PLAIN : view->styles[at];
        if (at == view->point) {
            set_cursor(layout, width_at(layout, view->line + at, view->length - at));
        }
        if (view->line[at] == '\n') {
            end_row(layout, true);
            put_prompt(layout, view->next == NULL ? "" : view->next);
            at++;
        } else if (view->line[at] == '\t') {
            put_tab(layout, style);
            at++;
        } else {
            at += put_character(layout, view->line + at, view->length - at, style);
        }
    }
    if (view->point >= view->length) {
        set_cursor(layout, 1);
    }
}

static void put_ghost(struct layout *layout, const char *text)
{
    size_t left = strcspn(text, "\n");
    while (left > 0) {
        size_t used = put_character(layout, text, left, STYLE_GHOST);
        text += used;
        left -= used;
    }
}

void frame_lay(struct frame *frame, const struct view *view)
{
    struct layout layout = {.frame = frame,
                            .columns = view->columns < 1 ? 1 : (size_t)view->columns,
                            .utf8 = view->utf8};
    frame->count = 0;
    frame->row_count = 0;
    new_row(frame);
    put_prompt(&layout, view->prompt);
    frame->start_row = frame->row_count - 1;
    frame->start_column = layout.column;
    put_line(&layout, view);
    if (view->ghost != NULL) {
        put_ghost(&layout, view->ghost);
    }
    if (frame->cursor_row == frame->row_count) {
        end_row(&layout, false);
    }
}

size_t frame_width(const char *text)
{
    struct frame frame = {0};
    struct layout layout = {.frame = &frame, .columns = SIZE_MAX};
    new_row(&frame);
    put_prompt(&layout, text);
    frame_free(&frame);
    return layout.column;
}

void frame_free(struct frame *frame)
{
    mem_free(frame->cells);
    mem_free(frame->rows);
    *frame = (struct frame){0};
}
