/* traits.c -- what literal command names and texts tell about running inline (see enum node_trait).
 */
#include <string.h>

#include "syntax/parser.h"

static bool is_literal(const struct word *word, const char *text)
{
    return (word->traits & WORD_LITERAL) && strcmp(word->text, text) == 0;
}

static bool begins(const struct word *word, const char *text)
{
    return (word->traits & WORD_LITERAL) && strncmp(word->text, text, strlen(text)) == 0;
}

/* ---- one function per command that looks at its operands ---- */

static unsigned trap_traits(struct word *const *words, size_t count)
{
    size_t first = 1;

    if (count > 1 && is_literal(words[1], "--")) {
        first++;
    } else if (count > 1 && begins(words[1], "-p")) {
        return 0;
    }
    if (first >= count) {
        return 0;
    }
    /* `trap 2` and `trap - 2 3` and `trap 2 3`: the first operand may be a condition, too. */
    if (count - first > 1 && !((words[first]->traits & WORD_LITERAL) &&
                               char_is((unsigned char)words[first]->text[0], CHAR_DIGIT))) {
        first++;
    }
    for (; first < count; first++) {
        if (!is_literal(words[first], "EXIT") && !is_literal(words[first], "0")) {
            return TRAIT_FORKS;
        }
    }
    return 0;
}

static unsigned ulimit_traits(struct word *const *words, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (!begins(words[i], "-")) {
            return TRAIT_FORKS;
        }
    }
    return 0;
}

static unsigned set_traits(struct word *const *words, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        bool option = begins(words[i], "-") || begins(words[i], "+");

        if (is_literal(words[i], "--")) {
            break;
        }
        if (is_literal(words[i], "monitor") || (option && strchr(words[i]->text, 'm') != NULL)) {
            return TRAIT_FORKS;
        }
    }
    return 0;
}

static const struct {
    const char *name;
    size_t length;
    unsigned always;
    unsigned (*also)(struct word *const *words, size_t count);
} commands[] = {
    {"bg", 2, TRAIT_FORKS, NULL},    {"daemonize", 9, TRAIT_FORKS, NULL},
    {"exec", 4, TRAIT_EXEC, NULL},   {"fg", 2, TRAIT_FORKS, NULL},
    {"set", 3, 0, set_traits},       {"suspend", 7, TRAIT_FORKS, NULL},
    {"times", 5, TRAIT_FORKS, NULL}, {"trap", 4, 0, trap_traits},
    {"ulimit", 6, 0, ulimit_traits},
};

unsigned traits_of_simple(const struct node *node)
{
    struct word *const *words = node->simple.words;
    size_t count = node->simple.word_count;
    unsigned traits = 0;

    while (count > 1 && words[0]->length == 7 && is_literal(words[0], "command")) {
        words++;
        count--;
    }
    if (count == 0 || !(words[0]->traits & WORD_LITERAL)) {
        return 0;
    }
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (commands[i].length == words[0]->length &&
            memcmp(commands[i].name, words[0]->text, words[0]->length) == 0) {
            traits = commands[i].also == NULL ? commands[i].always : commands[i].also(words, count);
        }
    }
    if ((traits & TRAIT_EXEC) && node->redirects != NULL) {
        traits |= TRAIT_DEVICE;
    }
    return traits;
}

unsigned traits_of_redirect(const struct redirect *redirect)
{
    const struct word *target = redirect->target;

    if (redirect->kind == REDIRECT_HERE) {
        return 0;
    }
    if (redirect->kind == REDIRECT_DUP_IN || redirect->kind == REDIRECT_DUP_OUT) {
        /* 2>&1 and >&2 are within what a capture can do; copies for other numbers are not. */
        bool captured = redirect->fd == 1 || redirect->fd == 2;
        bool copies =
            !(target->traits & WORD_LITERAL) || is_literal(target, "1") || is_literal(target, "2");

        return !captured && copies ? TRAIT_DEVICE : 0;
    }
    if (begins(target, "/dev/fd") || begins(target, "/dev/std") || begins(target, "/proc")) {
        return TRAIT_DEVICE;
    }
    return 0;
}

static bool holds(const char *text, size_t length, const char *what, size_t what_length)
{
    const char *end = text + length;

    while ((text = memchr(text, what[0], (size_t)(end - text))) != NULL) {
        if ((size_t)(end - text) >= what_length && memcmp(text, what, what_length) == 0) {
            return true;
        }
        text++;
    }
    return false;
}

unsigned traits_of_text(const char *text, size_t length)
{
    if (length >= 4 && holds(text, length, "PPID", 4)) {
        return TRAIT_FORKS | TRAIT_PARENT;
    }
    if (length >= 10 && holds(text, length, "/proc/self", 10)) {
        return TRAIT_FORKS | TRAIT_PARENT;
    }
    return 0;
}

/* ---- special built-ins (XCU 2.15): no function may have such a name ---- */

static const char *const special_builtins[] = {
    ".",     "exec",   "return", "trap",     ":",    "exit",     "set",   "unset",
    "break", "export", "shift",  "continue", "eval", "readonly", "times",
};

bool traits_special_builtin(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof(special_builtins) / sizeof(special_builtins[0]); i++) {
        if (strlen(special_builtins[i]) == length &&
            memcmp(special_builtins[i], name, length) == 0) {
            return true;
        }
    }
    return false;
}
