/* cases.c -- read .spec files into cases. */
#include "spec.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_add(struct text *text, const char *bytes, size_t length)
{
    char *grown = realloc(text->bytes, text->length + length + 1);

    if (grown == NULL) {
        perror("spec");
        exit(2);
    }
    memcpy(grown + text->length, bytes, length);
    text->bytes = grown;
    text->length += length;
    grown[text->length] = '\0';
}

void list_add(struct list *list, const char *item, size_t length)
{
    char **grown = realloc(list->items, (list->count + 1) * sizeof(char *));
    char *copy = strndup(item, length);

    if (grown == NULL || copy == NULL) {
        perror("spec");
        exit(2);
    }
    list->items = grown;
    list->items[list->count++] = copy;
}

static void add_words(struct list *list, const char *words)
{
    while (*words != '\0') {
        size_t length = strcspn(words, " ");

        if (length > 0) {
            list_add(list, words, length);
        }
        words += length;
        words += *words == ' ';
    }
}

static struct spec_case *new_case(struct spec_cases *cases, const char *file, int line,
                                  const char *title)
{
    struct spec_case *grown = realloc(cases->items, (cases->count + 1) * sizeof(*grown));

    if (grown == NULL) {
        perror("spec");
        exit(2);
    }
    cases->items = grown;
    grown += cases->count++;
    memset(grown, 0, sizeof(*grown));
    grown->file = file;
    grown->line = line;
    grown->title = strdup(title);
    return grown;
}

enum section {
    SECTION_STDIN,
    SECTION_STDOUT,
    SECTION_STDOUT_CUT,
    SECTION_STDERR,
    SECTION_STDERR_HAS,
    SECTION_STATUS,
    SECTION_ARGS,
    SECTION_ENV,
    SECTION_SCRIPT,
    SECTION_OWN,
    SECTION_DIFFERS,
    SECTION_MODES,
};

static const struct {
    const char *name;
    enum section section;
} section_names[] = {
    {"stdin", SECTION_STDIN},
    {"stdout", SECTION_STDOUT},
    {"stderr", SECTION_STDERR},
    {"stdout-no-newline", SECTION_STDOUT_CUT},
    {"stderr-has", SECTION_STDERR_HAS},
    {"status", SECTION_STATUS},
    {"args", SECTION_ARGS},
    {"env", SECTION_ENV},
    {"script", SECTION_SCRIPT},
    {"own", SECTION_OWN},
    {"differs", SECTION_DIFFERS},
    {"modes", SECTION_MODES},
};

/* Returns the text that the following lines go to, NULL for none. */
static struct text *begin_section(struct spec_case *spec, enum section section, const char *rest)
{
    switch (section) {
    case SECTION_STDIN:
        spec->has_input = true;
        return &spec->input;
    case SECTION_STDOUT_CUT:
        spec->cut_out = true;
        return &spec->out;
    case SECTION_STDOUT:
        return &spec->out;
    case SECTION_STDERR:
        spec->has_err = true;
        return &spec->err;
    case SECTION_STDERR_HAS:
        list_add(&spec->err_has, rest, strlen(rest));
        return NULL;
    case SECTION_STATUS:
        spec->status = (int)strtol(rest, NULL, 10);
        return NULL;
    case SECTION_ARGS:
        add_words(&spec->args, rest);
        return NULL;
    case SECTION_ENV:
        list_add(&spec->env, rest, strlen(rest));
        return NULL;
    case SECTION_SCRIPT:
        spec->file_only = true;
        return NULL;
    case SECTION_OWN:
        spec->own = true;
        return NULL;
    case SECTION_DIFFERS:
        list_add(&spec->differs, rest, strlen(rest));
        return NULL;
    case SECTION_MODES:
        add_words(&spec->modes, rest);
        return NULL;
    }
    return NULL;
}

/* `line` is "## NAME rest". */
static bool open_section(struct spec_case *spec, const char *line, struct text **to)
{
    const char *name = line + 3;
    size_t length = strcspn(name, " ");
    const char *rest = name + length + (name[length] == ' ');

    for (size_t i = 0; i < sizeof(section_names) / sizeof(section_names[0]); i++) {
        if (strlen(section_names[i].name) == length &&
            memcmp(section_names[i].name, name, length) == 0) {
            *to = begin_section(spec, section_names[i].section, rest);
            return true;
        }
    }
    return false;
}

/* The blank line that separates two cases belongs to neither. */
static void end_case(struct spec_case *spec, struct text *to)
{
    if (spec == NULL) {
        return;
    }
    if (to != NULL && to->length > 0 && to->bytes[to->length - 1] == '\n' &&
        (to->length == 1 || to->bytes[to->length - 2] == '\n')) {
        to->length--;
    }
    if (spec->cut_out && spec->out.length > 0 && spec->out.bytes[spec->out.length - 1] == '\n') {
        spec->out.length--;
    }
}

static bool load_lines(const char *path, FILE *file, struct spec_cases *cases)
{
    struct spec_case *spec = NULL;
    struct text *to = NULL;
    char *line = NULL;
    size_t room = 0;
    int number = 0;
    ssize_t length;
    bool ok = true;

    while (ok && (length = getline(&line, &room, file)) >= 0) {
        char *newline = memchr(line, '\n', (size_t)length);

        number++;
        if (strncmp(line, "#### ", 5) == 0) {
            end_case(spec, to);
            if (newline != NULL) {
                *newline = '\0';
            }
            spec = new_case(cases, path, number, line + 5);
            to = &spec->script;
        } else if (spec != NULL && strncmp(line, "## ", 3) == 0) {
            if (newline != NULL) {
                *newline = '\0';
            }
            ok = open_section(spec, line, &to);
        } else if (to != NULL) {
            text_add(to, line, (size_t)length);
        }
    }
    end_case(spec, to);
    free(line);
    if (!ok) {
        fprintf(stderr, "spec: %s:%d: unknown section\n", path, number);
    }
    return ok;
}

bool spec_load(const char *path, struct spec_cases *cases)
{
    FILE *file = fopen(path, "re");
    bool ok;

    if (file == NULL) {
        fprintf(stderr, "spec: %s: %s\n", path, strerror(errno));
        return false;
    }
    ok = load_lines(path, file, cases);
    fclose(file);
    return ok;
}
