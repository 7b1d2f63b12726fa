/* word.c -- the quoting of a word that is being typed. */
#include "ui/word.h"

#include <string.h>

#include "base/mem.h"
#include "base/quote.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/chars.h"

struct reader {
    struct shell *sh;
    const char *at;
    const char *end;
    struct typed *to;
};

static void take(struct reader *r, const char *raw, char c)
{
    struct typed *to = r->to;
    buf_putc(&to->text, c);
    if (c == '/') {
        to->base = to->text.length;
        to->raw_base = (size_t)(r->at - raw);
        to->base_quote = to->quote;
    }
}

/* Behind $ or ${: a name that ends before the cursor gives its value. */
static void parameter(struct reader *r, const char *raw)
{
    bool brace = r->at < r->end && *r->at == '{';
    const char *name = r->at + brace;
    const char *end = name;
    while (end < r->end && char_is((unsigned char)*end, CHAR_NAME)) {
        end++;
    }
    if (end == r->end) {
        r->to->variable = (size_t)(name - raw);
        r->to->brace = brace;
        r->at = end;
        return;
    }
    if (end == name || (brace && *end != '}')) {
        r->to->unknown = true;
        return;
    }
    char *text = mem_text_n(name, (size_t)(end - name));
    const char *value = variable_by_name(r->sh, text);
    buf_puts(&r->to->text, value == NULL ? "" : value);
    mem_free(text);
    r->at = end + brace;
}

/* Stands behind $( or a backquote. Goes behind its end, or notes that it is open. */
static void substitution(struct reader *r, const char *raw, char close)
{
    size_t inside = (size_t)(r->at - raw);
    int depth = 1;
    char quote = 0;
    for (; r->at < r->end && depth > 0; r->at++) {
        char c = *r->at;
        if (c == '\\' && quote != '\'' && r->at + 1 < r->end) {
            r->at++;
        } else if (quote != 0) {
            quote = c == quote ? 0 : quote;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '(' && close == ')') {
            depth++;
        } else if (c == close) {
            depth--;
        }
    }
    r->to->unknown = true;
    if (depth > 0) {
        r->to->command = inside;
    }
}

static void dollar(struct reader *r, const char *raw)
{
    if (r->at < r->end && *r->at == '(') {
        r->at++;
        substitution(r, raw, ')');
    } else if (r->at < r->end && *r->at == '\'' && r->to->quote == 0) {
        r->to->unknown = true;
    } else {
        parameter(r, raw);
    }
}

static void backslash(struct reader *r, const char *raw)
{
    if (r->at == r->end) {
        return;
    }
    char c = *r->at++;
    if (r->to->quote == '"' && strchr("$`\"\\", c) == NULL) {
        take(r, raw, '\\');
    }
    take(r, raw, c);
}

static void one(struct reader *r, const char *raw)
{
    char c = *r->at++;
    char quote = r->to->quote;
    if (c == quote && quote != 0) {
        r->to->quote = 0;
    } else if (quote != '\'' && c == '\\') {
        backslash(r, raw);
    } else if (quote != '\'' && c == '$') {
        dollar(r, raw);
    } else if (quote != '\'' && c == '`') {
        substitution(r, raw, '`');
    } else if (quote == 0 && (c == '\'' || c == '"')) {
        r->to->quote = c;
    } else {
        take(r, raw, c);
    }
}

void typed_read(struct shell *sh, const char *raw, size_t length, struct typed *to)
{
    struct reader r = {.sh = sh, .at = raw, .end = raw + length, .to = to};
    while (r.at < r.end) {
        one(&r, raw);
    }
}

static bool has_control(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)name[i] < ' ' || name[i] == '\177') {
            return true;
        }
    }
    return false;
}

static bool must_escape(char c, char quote, bool first)
{
    if (char_is((unsigned char)c, CHAR_NAME)) {
        return false;
    }
    if (quote == '"') {
        return strchr("$`\"\\", c) != NULL;
    }
    return quote == 0 &&
           (strchr("|&;<>()$`\\\"' *?[!", c) != NULL || (first && strchr("#~", c) != NULL));
}

static void put_dollar_quoted(const char *name, size_t length, struct buf *to)
{
    struct buf quoted = {0};
    quote_add(&quoted, name, length);
    for (size_t i = 0; i < quoted.length; i++) {
        if (quoted.data[i] == '!') {
            buf_puts(to, "\\041");
        } else {
            buf_putc(to, quoted.data[i]);
        }
    }
    buf_free(&quoted);
}

/* A ! is of the history, which single quotes do not hide from it where double quotes are around a
   substitution, nor a backslash in double quotes. */
void typed_quote(const char *name, size_t length, char quote, bool ends, struct buf *to)
{
    if (has_control(name, length)) {
        if (quote != 0) {
            buf_putc(to, quote);
        }
        put_dollar_quoted(name, length, to);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        if (quote == '\'' && name[i] == '\'') {
            buf_puts(to, "'\\'");
        } else if (quote != 0 && name[i] == '!') {
            buf_putc(to, quote);
            buf_puts(to, "\\!");
            buf_putc(to, quote);
            continue;
        } else if (must_escape(name[i], quote, i == 0)) {
            buf_putc(to, '\\');
        }
        buf_putc(to, name[i]);
    }
    if (ends && quote != 0) {
        buf_putc(to, quote);
    }
}
