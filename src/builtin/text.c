/* text.c -- echo. */
#include <string.h>

#include "builtin/escape.h"
#include "builtin/table.h"
#include "exec/builtin.h"
#include "state/shell.h"

struct echo {
    bool newline;
    bool escapes;
};

/* A word of the letters n, e and E only; called sh, just -n. */
static bool echo_option(const char *word, bool called_sh, struct echo *echo)
{
    if (word[0] != '-' || word[1] == '\0' || word[1 + strspn(word + 1, "neE")] != '\0') {
        return false;
    }
    if (called_sh && strcmp(word, "-n") != 0) {
        return false;
    }
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        if (*letter == 'n') {
            echo->newline = false;
        } else {
            echo->escapes = *letter == 'e';
        }
    }
    return true;
}

/* False after \c, which ends the output. */
static bool echo_text(struct out *out, const char *text, bool escapes)
{
    const char *backslash = NULL;
    while (escapes && (backslash = strchr(text, '\\')) != NULL) {
        size_t used = 0;
        int byte = escape_one(backslash, ESCAPE_ECHO, &used);
        out_add(out, text, (size_t)(backslash - text));
        if (byte < 0) {
            return false;
        }
        out_putc(out, (char)byte);
        text = backslash + used;
    }
    out_puts(out, text);
    return true;
}

int builtin_echo(struct call *c)
{
    struct echo echo = {.newline = true, .escapes = true};
    char **word = c->argv + 1;
    while (*word != NULL && echo_option(*word, c->sh->called_sh, &echo)) {
        word++;
        if (c->sh->called_sh) {
            break; /* a second -n is text */
        }
    }
    for (; *word != NULL; word++) {
        if (!echo_text(c->out, *word, echo.escapes)) {
            return 0;
        }
        if (word[1] != NULL) {
            out_putc(c->out, ' ');
        }
    }
    if (echo.newline) {
        out_putc(c->out, '\n');
    }
    return 0;
}
