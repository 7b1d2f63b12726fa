/* tree_test.c -- printing is the inverse of parsing: every command of the files given is parsed,
   printed, parsed again and printed again; both trees and both texts must be equal. A *.spec file
   holds many scripts: those of its cases that parse. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/depth.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/symbol.h"
#include "syntax/parse.h"
#include "syntax/print.h"
#include "tree_equal.h"

/* A whole script, parsed. */
struct script {
    struct program **commands;
    size_t count;
    struct diag d;
};

struct setting {
    struct symbols symbols;
    struct programs programs;
    struct depth depth;
};

static void script_parse(struct setting *setting, const char *text, size_t length,
                         struct script *script)
{
    struct source source;
    struct parse_input input = {
        .source = &source, .programs = &setting->programs, .depth = &setting->depth};
    struct program *program;

    *script = (struct script){0};
    source_text(&source, text, length, 1);
    while (parse_command(&input, &program, &script->d) == PARSE_OK) {
        if (program->root == NULL) {
            program_release(program);
            continue;
        }
        script->commands =
            mem_resize(script->commands, (script->count + 1) * sizeof(struct program *));
        script->commands[script->count++] = program;
    }
}

static void script_free(struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        program_release(script->commands[i]);
    }
    mem_free(script->commands);
    diag_clear(&script->d);
}

static void script_print(const struct script *script, struct buf *buf)
{
    for (size_t i = 0; i < script->count; i++) {
        print_node(buf, script->commands[i]->root, PRINT_LINES);
    }
}

/* The texts where they begin to differ. */
static void show_difference(const struct buf *first, const struct buf *second)
{
    size_t line = 0;
    size_t at = 0;

    while (at < first->length && at < second->length && first->data[at] == second->data[at]) {
        if (first->data[at++] == '\n') {
            line = at;
        }
    }
    printf("    first:  %.70s\n    second: %.70s\n", first->data + line, second->data + line);
}

static bool compare(const char *name, const struct script *first, const struct buf *text,
                    struct setting *setting)
{
    struct script second;
    struct buf again = {0};
    bool equal = true;

    script_parse(setting, text->data, text->length, &second);
    script_print(&second, &again);
    buf_text(&again);
    if (diag_is_set(&second.d)) {
        printf("%s: the print does not parse: %s\n", name, second.d.text);
        equal = false;
    } else if (again.length != text->length || memcmp(again.data, text->data, again.length) != 0) {
        printf("%s: printed again it differs\n", name);
        show_difference(text, &again);
        equal = false;
    }
    for (size_t i = 0; equal && (i < first->count || i < second.count); i++) {
        if (i >= first->count || i >= second.count ||
            !tree_equal(first->commands[i]->root, second.commands[i]->root)) {
            printf("%s: command %zu: another tree\n", name, i + 1);
            equal = false;
        }
    }
    buf_free(&again);
    script_free(&second);
    return equal;
}

/* `lenient`: a script that does not parse is none of ours. */
static bool check(const char *name, const char *text, size_t length, bool lenient)
{
    struct setting setting = {.programs = {.symbols = &setting.symbols},
                              .depth = {.base = (const char *)&setting, .limit = 4 << 20}};
    struct script script;
    struct buf printed = {0};
    bool equal = true;

    script_parse(&setting, text, length, &script);
    if (!diag_is_set(&script.d)) {
        script_print(&script, &printed);
        buf_text(&printed);
        equal = compare(name, &script, &printed, &setting);
    } else if (!lenient) {
        printf("%s: line %d: %s\n", name, script.d.line, script.d.text);
        equal = false;
    }
    buf_free(&printed);
    script_free(&script);
    programs_finish(&setting.programs);
    symbols_free(&setting.symbols);
    return equal;
}

static const char *line_after(const char *line, const char *end)
{
    const char *newline = memchr(line, '\n', (size_t)(end - line));

    return newline == NULL ? end : newline + 1;
}

static bool is_heading(const char *line, const char *end, const char *mark)
{
    size_t length = strlen(mark);

    return (size_t)(end - line) >= length && memcmp(line, mark, length) == 0;
}

/* The case of a line `#### title` goes on to the next line that begins with ## and a blank. */
static bool check_spec(const char *name, const struct buf *file)
{
    const char *end = file->data + file->length;
    bool equal = true;

    for (const char *line = file->data; line < end;) {
        const char *title = line;
        const char *body = line_after(line, end);

        line = body;
        if (!is_heading(title, end, "#### ")) {
            continue;
        }
        while (line < end && !is_heading(line, end, "## ") && !is_heading(line, end, "#### ")) {
            line = line_after(line, end);
        }
        if (!check(name, body, (size_t)(line - body), true)) {
            printf("    in: %.*s", (int)(body - title), title);
            equal = false;
        }
    }
    return equal;
}

static bool read_file(const char *name, struct buf *buf)
{
    int fd = open(name, O_RDONLY);
    ssize_t got = -1;

    while (fd >= 0 && (got = read(fd, buf_reserve(buf, 65536), 65536)) > 0) {
        buf->length += (size_t)got;
    }
    if (got < 0) {
        printf("%s: cannot be read\n", name);
    }
    if (fd >= 0) {
        close(fd);
    }
    return got == 0;
}

static bool check_file(const char *name)
{
    struct buf file = {0};
    size_t length = strlen(name);
    bool equal = read_file(name, &file);

    buf_text(&file);
    if (equal && length > 5 && strcmp(name + length - 5, ".spec") == 0) {
        equal = check_spec(name, &file);
    } else if (equal) {
        equal = check(name, file.data, file.length, false);
    }
    buf_free(&file);
    return equal;
}

int main(int argc, char **argv)
{
    int failed = 0;

    for (int i = 1; i < argc; i++) {
        failed += check_file(argv[i]) ? 0 : 1;
    }
    printf("tree: %d passed, %d failed\n", argc - 1 - failed, failed);
    return failed == 0 ? 0 : 1;
}
