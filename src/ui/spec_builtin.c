/* spec_builtin.c -- complete, compopt and compgen: completions that the user defines. */
#include <string.h>

#include "base/mem.h"
#include "base/quote.h"
#include "exec/builtin.h"
#include "state/shell.h"
#include "ui/place.h"
#include "ui/sources.h"
#include "ui/spec.h"
#include "ui/table.h"
#include "ui/ui.h"

/* What complete and compopt take in the place of names. */
static const struct special {
    char letter;
    const char *name;
} specials[] = {{'D', spec_default}, {'E', spec_empty}, {'I', spec_initial}};
enum { SPECIALS = sizeof specials / sizeof *specials };

/* What the options of a call say. */
struct said {
    struct spec spec;
    unsigned cleared; /* options of compopt with + */
    size_t special;   /* place above; SPECIALS: none */
    char order;       /* p, r, or 0 */
    bool defines;
};

/* ---- options ---- */

static int bit_of_action(const char *name, int letter)
{
    for (size_t i = 0; i < spec_action_count; i++) {
        const struct spec_action *action = &spec_actions[i];
        if (name == NULL ? action->letter == letter : strcmp(action->name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static unsigned bit_of_option(const char *name)
{
    for (size_t i = 0; i < spec_option_count; i++) {
        if (strcmp(spec_options[i].name, name) == 0) {
            return spec_options[i].bit;
        }
    }
    return 0;
}

/* The first of the table counts, in whatever order they come. */
static bool take_special(struct said *said, int letter)
{
    for (size_t i = 0; i < SPECIALS; i++) {
        if (specials[i].letter == letter) {
            said->special = i < said->special ? i : said->special;
            return true;
        }
    }
    return false;
}

static bool take_action(struct call *c, struct spec *spec, int letter, const char *name)
{
    int action = bit_of_action(name, letter);
    if (action < 0) {
        call_usage(c, "%s: invalid action name", name);
        return false;
    }
    spec->actions |= 1U << action;
    return true;
}

/* False: a message was printed. */
static bool take_option(struct call *c, struct said *said, int letter, const struct call_scan *scan)
{
    const char *text = strchr(spec_letters, letter);
    if (letter == 'p' || letter == 'r') {
        said->order = (char)letter;
        return true;
    }
    if (take_special(said, letter)) {
        return true;
    }
    said->defines = true;
    if (text != NULL) {
        char **to = &said->spec.texts[text - spec_letters];
        mem_free(*to);
        *to = mem_text(scan->value);
        return true;
    }
    if (letter == 'o') {
        unsigned bit = bit_of_option(scan->value);
        *(scan->plus ? &said->cleared : &said->spec.options) |= bit;
        return bit != 0 || (call_usage(c, "%s: invalid option name", scan->value), false);
    }
    return take_action(c, &said->spec, letter, letter == 'A' ? scan->value : NULL);
}

/* The place of the first operand, or -1 after a message. */
static int take_options(struct call *c, const char *letters, struct said *said)
{
    struct call_scan scan = {0};
    int letter = 0;
    while ((letter = call_option(c, &scan, letters)) != -1) {
        if (letter == '?' || !take_option(c, said, letter, &scan)) {
            return -1;
        }
    }
    return scan.index;
}

/* ---- complete ---- */

static void print_name(struct out *out, const char *name)
{
    struct buf quoted = {0};
    if (*name == '\n') {
        out_addf(out, " -%s\n", name + 1);
    } else {
        quote_add(&quoted, name, strlen(name));
        out_addf(out, " -- %s\n", buf_text(&quoted));
    }
    buf_free(&quoted);
}

static void print_spec(struct out *out, const struct spec *spec)
{
    struct buf text = {0};
    for (size_t i = 0; i < spec_option_count; i++) {
        if ((spec->options & spec_options[i].bit) != 0) {
            buf_addf(&text, " -o %s", spec_options[i].name);
        }
    }
    for (size_t i = 0; i < spec_action_count; i++) {
        if ((spec->actions & 1U << i) != 0) {
            buf_addf(&text, " -A %s", spec_actions[i].name);
        }
    }
    for (size_t i = 0; i < SPEC_TEXTS; i++) {
        if (spec->texts[i] != NULL) {
            buf_addf(&text, " -%c ", spec_letters[i]);
            quote_add(&text, spec->texts[i], strlen(spec->texts[i]));
        }
    }
    out_addf(out, "complete%s", buf_text(&text));
    print_name(out, spec->name);
    buf_free(&text);
}

static int none(struct call *c, const char *name)
{
    return *name == '\n' ? call_warn(c, "-%s: no completion", name + 1)
                         : call_warn(c, "%s: no completion", name);
}

static int print_specs(struct call *c, const char *const *names)
{
    int status = 0;
    for (const struct spec *spec = ui_of(c->sh)->specs; spec != NULL && *names == NULL;
         spec = spec->next) {
        print_spec(c->out, spec);
    }
    for (; *names != NULL; names++) {
        const struct spec *spec = spec_get(c->sh, *names);
        if (spec == NULL) {
            status = none(c, *names);
        } else {
            print_spec(c->out, spec);
        }
    }
    return status;
}

static int remove_specs(struct call *c, const char *const *names)
{
    struct ui *ui = ui_of(c->sh);
    int status = 0;
    if (*names == NULL) {
        spec_free_all(ui->specs);
        ui->specs = NULL;
    }
    for (; *names != NULL; names++) {
        if (!spec_remove(c->sh, *names)) {
            status = none(c, *names);
        }
    }
    return status;
}

static int define(struct call *c, const struct spec *model, const char *const *names)
{
    if (*names == NULL) {
        return call_usage(c, "a name is required");
    }
    for (; *names != NULL; names++) {
        spec_define(c->sh, *names, model);
    }
    return 0;
}

static int run_complete(struct call *c, struct said *said)
{
    int first = take_options(c, "abcdefgjkprsuvDEIA:C:F:G:P:S:W:X:o:", said);
    if (first < 0) {
        return 2;
    }
    bool named = said->special == SPECIALS;
    const char *const special[] = {named ? NULL : specials[said->special].name, NULL};
    const char *const *names = named ? (const char *const *)(c->argv + first) : special;
    int status = 0;
    if (said->order == 'p' || (!said->defines && said->order == 0 && *names == NULL)) {
        status = print_specs(c, names);
    } else if (call_door(c)) { /* a subshell keeps what it defines to itself */
        status = said->order == 'r' ? remove_specs(c, names) : define(c, &said->spec, names);
    }
    return status;
}

int builtin_complete(struct call *c)
{
    struct said said = {.special = SPECIALS};
    if (ui_of(c->sh) == NULL) {
        return call_warn(c, "there is no terminal to complete at");
    }
    int status = run_complete(c, &said);
    spec_free(&said.spec);
    return status;
}

/* ---- compopt ---- */

/* Shows them when none is said. */
static void change(struct call *c, const struct said *said, unsigned *options, const char *name)
{
    if (said->defines) {
        *options = (*options | said->spec.options) & ~said->cleared;
        return;
    }
    out_puts(c->out, "compopt");
    for (size_t i = 0; i < spec_option_count; i++) {
        char sign = (*options & spec_options[i].bit) != 0 ? '-' : '+';
        out_addf(c->out, " %co %s", sign, spec_options[i].name);
    }
    if (name == NULL) {
        out_putc(c->out, '\n');
    } else {
        print_name(c->out, name);
    }
}

static int change_named(struct call *c, const struct said *said, const char *name)
{
    struct spec *spec = spec_get(c->sh, name);
    if (spec == NULL) {
        return none(c, name);
    }
    change(c, said, &spec->options, name);
    return 0;
}

int builtin_compopt(struct call *c)
{
    struct said said = {.special = SPECIALS};
    struct ui *ui = ui_of(c->sh);
    if (ui == NULL) {
        return call_warn(c, "there is no terminal to complete at");
    }
    int first = take_options(c, "+DEIo:", &said);
    int status = 0;
    if (first < 0) {
        return 2;
    }
    if (!call_door(c)) {
        return 0;
    }
    if (said.special < SPECIALS) {
        return change_named(c, &said, specials[said.special].name);
    }
    if (c->argv[first] == NULL && ui->completing == NULL) {
        return call_warn(c, "nothing is being completed");
    }
    if (c->argv[first] == NULL) {
        change(c, &said, ui->completing, NULL);
    }
    for (; c->argv[first] != NULL; first++) {
        status |= change_named(c, &said, c->argv[first]);
    }
    return status;
}

/* ---- compgen ---- */

/* The status: 1 when there was nothing. */
static int generate(struct call *c, const struct spec *spec, const char *word)
{
    struct typed typed = {0};
    buf_puts(&typed.text, word);
    typed.base = strrchr(word, '/') == NULL ? 0 : (size_t)(strrchr(word, '/') + 1 - word);
    struct place place = {.line = buf_text(&typed.text), .point = typed.text.length};
    place.whole = typed;
    place.typed = typed;
    struct asked asked = {.sh = c->sh, .place = &place, .bare = true};
    spec_generate(&asked, spec);
    c->flow = asked.flow;
    if (c->out->memory != NULL) { /* the user's code may have made a process of the subshell */
        c->out->memory = c->sh->captured[1];
    }
    for (size_t i = 0; i < asked.found.count && c->flow == FLOW_NEXT; i++) {
        out_puts(c->out, asked.found.names[i]);
        out_putc(c->out, '\n');
    }
    int status = asked.found.count > 0 ? 0 : 1;
    candidates_free(&asked.found);
    buf_free(&typed.text);
    return c->flow == FLOW_NEXT ? status : c->sh->status;
}

int builtin_compgen(struct call *c)
{
    struct said said = {.special = SPECIALS};
    if (ui_of(c->sh) == NULL) {
        return call_warn(c, "there is no terminal to complete at");
    }
    int first = take_options(c, "abcdefgjksuvA:C:F:G:P:S:W:X:o:", &said);
    int status = 2;
    if (first >= 0) {
        const char *word = c->argv[first];
        status = generate(c, &said.spec, word == NULL ? "" : word);
    }
    spec_free(&said.spec);
    return status;
}
