/* test_ui_render.c -- what the renderer writes, obeyed by a small terminal, is what it meant to
 * show. */
#include "unit.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "ui/frame.h"
#include "ui/render.h"

/* ---- numbers that are the same in every run ---- */

static unsigned below(uint64_t *seed, unsigned limit)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % limit;
}

/* ---- a terminal ---- */

enum { SCREEN_ROWS = 40, SCREEN_COLUMNS = 40, RIGHT_HALF = 0xffffff };

/* One that wraps when something follows the last column, and scrolls. */
struct terminal {
    uint32_t cells[SCREEN_ROWS][SCREEN_COLUMNS];
    size_t rows;
    size_t columns;
    size_t row;
    size_t column; /* == columns: the wrap is due */
    bool lost;     /* it was told something it does not know */
};

static void clear(struct terminal *t, size_t row, size_t from)
{
    for (size_t i = from; i < SCREEN_COLUMNS; i++) {
        t->cells[row][i] = ' ';
    }
}

static void down(struct terminal *t)
{
    if (t->row + 1 < t->rows) {
        t->row++;
        return;
    }
    memmove(t->cells[0], t->cells[1], (t->rows - 1) * sizeof t->cells[0]);
    clear(t, t->rows - 1, 0);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void move(struct terminal *t, char letter, size_t count)
{
    t->column = least(t->column, t->columns - 1);
    switch (letter) {
    case 'A':
        t->row -= least(count, t->row);
        break;
    case 'B':
        t->row = least(t->row + count, t->rows - 1);
        break;
    case 'C':
        t->column = least(t->column + count, t->columns - 1);
        break;
    default:
        t->column -= least(count, t->column);
        break;
    }
}

static void erase(struct terminal *t, char letter, size_t how)
{
    clear(t, t->row, how == 2 ? 0 : least(t->column, t->columns - 1));
    for (size_t row = t->row + 1; letter == 'J' && row < t->rows; row++) {
        clear(t, row, 0);
    }
}

/* `at` is behind the CSI; returns what follows. */
static const char *control(struct terminal *t, const char *at)
{
    size_t number = 0;
    bool given = false;
    for (; (*at >= '0' && *at <= '9') || *at == ';'; at++) {
        number = *at == ';' ? 0 : number * 10 + (size_t)(*at - '0');
        given = true;
    }
    if (strchr("ABCD", *at) != NULL) {
        move(t, *at, given ? number : 1);
    } else if (*at == 'K' || *at == 'J') {
        erase(t, *at, number);
    } else if (*at == 'H') {
        t->row = 0;
        t->column = 0;
    } else {
        t->lost |= *at != 'm';
    }
    return at + 1;
}

static void show(struct terminal *t, uint32_t character)
{
    int width = utf8_width(character);
    t->lost |= width < 0;
    if (width <= 0) {
        return;
    }
    width = t->columns == 1 ? 1 : width;
    if (t->column + (size_t)width > t->columns) {
        down(t);
        t->column = 0;
    }
    t->cells[t->row][t->column++] = character;
    if (width == 2) {
        t->cells[t->row][t->column++] = RIGHT_HALF;
    }
}

static void obey(struct terminal *t, const struct buf *text)
{
    const char *at = text->data;
    const char *end = at + text->length;
    while (at < end) {
        uint32_t character = 0;
        size_t length = utf8_decode(at, (size_t)(end - at), &character);
        if (*at == '\033' && at + 1 < end && at[1] == '[') {
            at = control(t, at + 2);
            continue;
        }
        if (*at == '\r') {
            t->column = 0;
        } else if (*at == '\n') {
            down(t);
        } else if (*at == '\b') {
            move(t, 'D', 1);
        } else {
            show(t, character);
        }
        at += length;
    }
}

/* ---- what must hold ---- */

static uint32_t first_of(const struct cell *cell)
{
    uint32_t character = 0;
    utf8_decode(cell->text, cell->length, &character);
    return character;
}

static const char right_prompt[] = "<right>";

/* What stands behind a row: nothing, or the right prompt. */
static bool ends_well(const struct terminal *t, size_t at, size_t from, size_t right)
{
    for (size_t i = from; i < t->columns; i++) {
        bool inside = right > 0 && i >= right && i < right + sizeof right_prompt - 1;
        if (t->cells[at][i] != (uint32_t)(inside ? right_prompt[i - right] : ' ')) {
            return false;
        }
    }
    return true;
}

/* A row of what was drawn on a row of the screen. */
static bool same_row(const struct terminal *t, size_t at, const struct render *render, size_t row)
{
    const struct frame *frame = &render->shown;
    const struct row *where = &frame->rows[row];
    for (size_t i = 0; i < where->count; i++) {
        const struct cell *cell = &frame->cells[where->from + i];
        uint32_t wanted = cell->length == 0 ? RIGHT_HALF : first_of(cell);
        if (t->cells[at][i] != wanted) {
            return false;
        }
    }
    return ends_well(t, at, where->count, row == frame->start_row ? render->right_column : 0);
}

static bool same(const struct terminal *t, const struct render *render)
{
    const struct frame *frame = &render->shown;
    if (t->lost || t->row < frame->cursor_row ||
        least(t->column, t->columns - 1) != frame->cursor_column) {
        return false;
    }
    size_t top = t->row - frame->cursor_row;
    for (size_t row = 0; row < frame->row_count; row++) {
        if (top + row >= t->rows || !same_row(t, top + row, render, row)) {
            return false;
        }
    }
    return true;
}

/* Rows within the screen, whole characters in them, nothing that a terminal would obey. */
static bool well_formed(const struct frame *frame, size_t columns)
{
    for (size_t row = 0; row < frame->row_count; row++) {
        const struct cell *cells = frame->cells + frame->rows[row].from;
        size_t count = frame->rows[row].count;
        for (size_t i = 0; i < count; i++) {
            bool half = cells[i].length == 0;
            bool control =
                !half && ((unsigned char)cells[i].text[0] < ' ' || cells[i].text[0] == 127);
            if (control || cells[i].length > sizeof cells[i].text || (half && i == 0)) {
                return false;
            }
        }
        if (count > columns) {
            return false;
        }
    }
    return frame->cursor_row < frame->row_count && frame->cursor_column < columns;
}

/* ---- lines ---- */

static void add_random(uint64_t *seed, struct buf *to)
{
    static const char *const pieces[] = {"a",
                                         "b c",
                                         "\t",
                                         "\n",
                                         "\001",
                                         "\177",
                                         "\xc3\xa4",
                                         "e\xcc\x81",
                                         "\xff",
                                         "\xe4\xb8",
                                         "\xe4\xb8\xad",
                                         "\xf0\x9f\x98\x80",
                                         "\xc2",
                                         "\xcc\x81",
                                         "\xed\xa0\x80",
                                         "\xf4\x90\x80\x80",
                                         "\033[2J",
                                         "wordwordwordword"};
    if (below(seed, 4) == 0) {
        buf_putc(to, (char)(1 + below(seed, 255)));
    } else {
        buf_puts(to, pieces[below(seed, sizeof pieces / sizeof *pieces)]);
    }
}

/* An edit as somebody might make it. */
static void edit(uint64_t *seed, struct buf *line)
{
    struct buf piece = {0};
    size_t at = below(seed, (unsigned)line->length + 1);
    size_t gone = below(seed, 3) == 0 ? least(below(seed, 9), line->length - at) : 0;
    for (unsigned i = below(seed, 4); i > 0 && line->length < 60; i--) {
        add_random(seed, &piece);
    }
    buf_add(&piece, line->data + at + gone, line->length - at - gone);
    line->length = at;
    buf_add(line, piece.data, piece.length);
    buf_free(&piece);
}

static const char *choose(uint64_t *seed, const char *const *texts, unsigned count)
{
    return texts[below(seed, count)];
}

static struct view random_view(uint64_t *seed, struct buf *line)
{
    static const char *const prompts[] = {"", "$ ", "\001\033[1m\002\xe4\xb8\xad>\001\033[m\002 ",
                                          "two\nrows ", "a long prompt that wraps "};
    static const char *const ghosts[] = {NULL, "", "ghost", "g\nh", "\xff\xe4\xb8\xad\033["};
    struct view view = {.prompt = choose(seed, prompts, 5), .next = "> "};
    view.line = buf_text(line);
    view.length = line->length;
    view.point = below(seed, (unsigned)line->length + 1);
    view.ghost = view.point == view.length ? choose(seed, ghosts, 5) : NULL;
    view.right = below(seed, 3) == 0 ? right_prompt : NULL;
    view.utf8 = true;
    view.colours = below(seed, 2) == 0;
    return view;
}

/* The cursor is never inside a character. */
static size_t at_character(const struct buf *line, size_t point, bool utf8)
{
    size_t at = 0;
    while (at < point) {
        at += utf8_first(line->data + at, line->length - at, utf8);
    }
    return at;
}

static bool session(uint64_t seed, size_t rows, size_t columns)
{
    enum { EDITS = 40 };
    struct terminal t = {.rows = rows, .columns = columns};
    struct render render = {0};
    struct buf line = {0};
    struct buf out = {0};
    bool utf8 = below(&seed, 4) > 0;
    bool held = true;
    for (size_t row = 0; row < SCREEN_ROWS; row++) {
        clear(&t, row, 0);
    }
    struct view kept = random_view(&seed, &line);
    for (int i = 0; i < EDITS && held; i++) {
        edit(&seed, &line);
        struct view view = random_view(&seed, &line);
        view.prompt = i % 10 == 9 ? view.prompt : kept.prompt;
        kept.prompt = view.prompt;
        view.utf8 = utf8;
        view.point = at_character(&line, view.point, utf8);
        view.columns = (int)columns;
        view.rows = (int)rows;
        out.length = 0;
        render_draw(&render, &view, &out);
        obey(&t, &out);
        held = well_formed(&render.shown, columns) && same(&t, &render);
    }
    render_free(&render);
    buf_free(&line);
    buf_free(&out);
    return held;
}

TEST(random_lines_are_shown_as_meant)
{
    for (uint64_t seed = 0; seed < 3000; seed++) {
        uint64_t size = seed;
        size_t columns = 2 + below(&size, 30);
        size_t rows = 1 + below(&size, SCREEN_ROWS);
        if (!CHECK(session(seed, rows, columns))) {
            CHECK_INT(seed, -1);
            CHECK_INT(columns, -1);
            CHECK_INT(rows, -1);
            break;
        }
    }
}

TEST(frames_fit_into_one_column)
{
    for (uint64_t seed = 0; seed < 300; seed++) {
        uint64_t state = seed;
        struct frame frame = {0};
        struct buf line = {0};
        edit(&state, &line);
        struct view view = random_view(&state, &line);
        view.point = at_character(&line, view.point, true);
        view.columns = (int)below(&state, 2); /* 0: nobody knows */
        frame_lay(&frame, &view);
        if (!CHECK(well_formed(&frame, 1))) {
            CHECK_INT(seed, -1);
        }
        frame_free(&frame);
        buf_free(&line);
    }
}

TEST(widths_of_prompts)
{
    CHECK_INT(frame_width(""), 0);
    CHECK_INT(frame_width("abc"), 3);
    CHECK_INT(frame_width("\001\033[31m\002a\001\033[m\002"), 1);
    CHECK_INT(frame_width("\001never ended"), 0);
    CHECK_INT(frame_width("\xe4\xb8\xad"), 2);
    CHECK_INT(frame_width("e\xcc\x81"), 1);
    CHECK_INT(frame_width("\xff"), 4);
    CHECK_INT(frame_width("\a\r"), 0);
    CHECK_INT(frame_width("a\nbc"), 2);
}
