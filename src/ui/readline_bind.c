/* readline_bind.c -- bind: readline's keys, macros and variables in its own syntax, and keys that
   run commands of the user. */
#include "ui/readline.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "builtin/operand.h"
#include "exec/builtin.h"
#include "exec/line.h"
#include "state/shell.h"
#include "ui/bind.h"
#include "ui/candidates.h"
#include "ui/ui.h"

static const char blanks[] = " \t";

/* ---- keys that run commands ---- */

/* A key that runs a command of the user. */
struct bound {
    Keymap map;
    char *keys; /* as they are typed */
    size_t length;
    char *name; /* as they were written */
    char *command;
};

static void bound_free(struct bound *bound)
{
    mem_free(bound->keys);
    mem_free(bound->name);
    mem_free(bound->command);
}

/* The one whose keys were typed last, in the keymap of now if there are several. */
static const struct bound *executing(const struct session *session)
{
    const struct bound *found = NULL;
    size_t typed = rl_key_sequence_length < 0 ? 0 : (size_t)rl_key_sequence_length;
    for (size_t i = 0; i < session->bound_count; i++) {
        const struct bound *bound = &session->bound[i];
        const char *end = rl_executing_keyseq + typed;
        bool fits =
            bound->length <= typed && memcmp(end - bound->length, bound->keys, bound->length) == 0;
        if (fits && (found == NULL || bound->map == rl_get_keymap())) {
            found = bound;
        }
    }
    return found;
}

/* The line becomes what the command made of it, in one step for undo. */
static void take_line(const struct edited *line)
{
    if (strcmp(rl_line_buffer, line->text.data) != 0) {
        rl_begin_undo_group();
        rl_delete_text(0, rl_end);
        rl_point = 0;
        rl_insert_text(line->text.data);
        rl_end_undo_group();
    }
    rl_point = (int)line->point;
    rl_mark = (int)line->mark;
}

static int run_bound(int count, int key)
{
    struct session *session = session_active();
    const struct bound *bound = executing(session);
    struct edited line = {.point = (size_t)rl_point, .mark = (size_t)(rl_mark < 0 ? 0 : rl_mark)};
    (void)count;
    (void)key;
    if (bound == NULL) {
        return rl_ding();
    }
    buf_puts(&line.text, rl_line_buffer);
    line.mark = line.mark > line.text.length ? line.text.length : line.mark;
    char *command = mem_text(bound->command); /* it may bind its own key to something else */
    session_step_aside(session);
    enum flow flow = bind_run(session->ui->sh, command, &line);
    mem_free(command);
    buf_text(&line.text);
    take_line(&line);
    buf_free(&line.text);
    session_step_back(session, flow);
    return 0;
}

/* Does its key still run it? */
static bool is_in_force(const struct bound *bound)
{
    int type = ISFUNC;
    return rl_function_of_keyseq_len(bound->keys, bound->length, bound->map, &type) == run_bound &&
           type == ISFUNC;
}

static void remember(struct session *session, const struct bound *bound)
{
    for (size_t i = 0; i < session->bound_count; i++) {
        struct bound *old = &session->bound[i];
        if (old->map == bound->map && old->length == bound->length &&
            memcmp(old->keys, bound->keys, bound->length) == 0) {
            bound_free(old);
            *old = *bound;
            return;
        }
    }
    size_t size = (session->bound_count + 1) * sizeof *session->bound;
    session->bound = mem_resize(session->bound, size);
    session->bound[session->bound_count++] = *bound;
}

void session_forget_bound(struct session *session)
{
    for (size_t i = 0; i < session->bound_count; i++) {
        bound_free(&session->bound[i]);
    }
    mem_free(session->bound);
    session->bound = NULL;
    session->bound_count = 0;
}

/* ---- what the user writes ---- */

/* Where the keys of "KEYS": or KEYS: end; *name gets them without quotes. NULL: they do not end. */
static const char *read_keys(const char *at, char **name)
{
    at += strspn(at, blanks);
    const char *from = at + (*at == '"');
    const char *end = from;
    if (*at == '"') {
        while (*end != '\0' && *end != '"') {
            end += *end == '\\' && end[1] != '\0' ? 2 : 1;
        }
    } else {
        end += strcspn(end, ": \t");
    }
    if (*at == '"' && *end == '\0') {
        return NULL;
    }
    *name = mem_text_n(from, (size_t)(end - from));
    return end + (*at == '"');
}

/* A command that stands in one pair of quotes is meant without them. */
static char *read_command(const char *text)
{
    size_t length = strlen(text);
    bool quoted = length > 1 && *text == '"' && strcspn(text + 1, "\"\\") == length - 2;
    return quoted ? mem_text_n(text + 1, length - 2) : mem_text(text);
}

/* -x KEYS:COMMAND */
static int bind_command(struct call *c, const char *text)
{
    struct bound bound = {.map = rl_get_keymap()};
    int length = 0;
    const char *rest = read_keys(text, &bound.name);
    rest = rest == NULL ? "" : rest + strspn(rest, blanks);
    if (*rest != ':' || *bound.name == '\0') {
        mem_free(bound.name);
        return call_warn(c, "%s: this is not KEYS:COMMAND", text);
    }
    rest += 1 + strspn(rest + 1, blanks);
    bound.keys = mem_zero(2 * strlen(bound.name) + 2);
    if (rl_translate_keyseq(bound.name, bound.keys, &length) != 0 || length <= 0 ||
        rl_bind_keyseq_in_map(bound.name, run_bound, bound.map) != 0) {
        bound_free(&bound);
        return call_warn(c, "%s: no such keys", text);
    }
    bound.length = (size_t)length;
    bound.command = read_command(rest);
    remember(session_active(), &bound);
    return 0;
}

static int bind_nothing(struct call *c, const char *text)
{
    char *name = NULL;
    const char *rest = read_keys(text, &name);
    bool good = rest != NULL && *rest == '\0' && rl_bind_keyseq(name, NULL) == 0;
    mem_free(name);
    return good ? 0 : call_warn(c, "%s: no such keys", text);
}

/* Readline says nothing of a name it does not know. */
static int check_set(struct call *c, const char *at)
{
    size_t length = strcspn(at, " \t\n");
    char *name = mem_text_n(at, length);
    int status = 0;
    if (rl_variable_value(name) == NULL) {
        status = call_warn(c, "%s: unknown variable", name);
    }
    mem_free(name);
    return status;
}

static int check_keys(struct call *c, const char *text)
{
    char *name = NULL;
    const char *at = read_keys(text, &name);
    mem_free(name);
    if (at == NULL) {
        return call_warn(c, "%s: the quote does not end", text);
    }
    at += strspn(at, blanks);
    if (*at != ':') {
        return call_warn(c, "%s: this is not KEYS:FUNCTION", text);
    }
    at += 1 + strspn(at + 1, blanks);
    if (*at == '"' || *at == '\'') {
        return 0;
    }
    char *function = mem_text_n(at, strcspn(at, " \t\n"));
    bool known = rl_named_function(function) != NULL;
    int status = known ? 0 : call_warn(c, "%s: unknown function", function);
    mem_free(function);
    return status;
}

/* One line of an inputrc. */
static int bind_line(struct call *c, const char *text)
{
    const char *at = text + strspn(text, blanks);
    int status = 0;
    if (*at == '\0') {
        return 0;
    }
    if (strncasecmp(at, "set", 3) == 0 && (at[3] == ' ' || at[3] == '\t')) {
        status = check_set(c, at + 3 + strspn(at + 3, blanks));
    } else if (*at != '$' && *at != '#') {
        status = check_keys(c, at);
    }
    if (status == 0) {
        char *copy = mem_text(text);
        status = rl_parse_and_bind(copy) != 0;
        mem_free(copy);
    }
    return status;
}

/* ---- listings ---- */

/* Readline writes to its screen: memory takes the place of that meanwhile. */
static int dump(struct call *c, void (*write)(int), int reads_back)
{
    char *text = NULL;
    size_t length = 0;
    FILE *screen = rl_outstream;
    FILE *memory = open_memstream(&text, &length);
    if (memory == NULL) {
        die("out of memory");
    }
    rl_outstream = memory;
    write(reads_back);
    rl_outstream = screen;
    fclose(memory);
    out_add(c->out, text, length);
    free(text);
    return 0;
}

void session_functions(struct candidates *to)
{
    const char **names = rl_funmap_names();
    for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
        candidates_add(to, names[i]);
    }
    free(names);
}

static int list_functions(struct call *c)
{
    const char **names = rl_funmap_names();
    for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
        out_addf(c->out, "%s\n", names[i]);
    }
    free(names);
    return 0;
}

static int list_commands(struct call *c)
{
    const struct session *session = session_active();
    for (size_t i = 0; i < session->bound_count; i++) {
        const struct bound *bound = &session->bound[i];
        if (bound->map == rl_get_keymap() && is_in_force(bound)) {
            struct buf line = {0};
            struct buf quoted = {0};
            buf_addf(&line, "\"%s\": %s", bound->name, bound->command);
            operand_quote(&quoted, buf_text(&line));
            out_addf(c->out, "bind -x %s\n", buf_text(&quoted));
            buf_free(&line);
            buf_free(&quoted);
        }
    }
    return 0;
}

static rl_command_func_t *named(struct call *c, const char *name)
{
    rl_command_func_t *function = rl_named_function(name);
    if (function == NULL) {
        call_warn(c, "%s: unknown function", name);
    }
    return function;
}

static int list_keys(struct call *c, const char *name)
{
    rl_command_func_t *function = named(c, name);
    char **keys = function == NULL ? NULL : rl_invoking_keyseqs(function);
    if (function == NULL) {
        return 1;
    }
    if (keys == NULL) {
        out_addf(c->out, "%s is not bound to any keys.\n", name);
        return 1;
    }
    out_addf(c->out, "%s can be invoked via ", name);
    for (size_t i = 0; keys[i] != NULL; i++) {
        out_addf(c->out, "%s\"%s\"", i == 0 ? "" : ", ", keys[i]);
        free(keys[i]);
    }
    out_puts(c->out, ".\n");
    free(keys);
    return 0;
}

/* ---- the built-in ---- */

static int unbind_function(struct call *c, const char *name)
{
    rl_command_func_t *function = named(c, name);
    return function == NULL ? 1 : rl_unbind_function_in_map(function, rl_get_keymap()) < 0;
}

static int read_file(struct call *c, const char *path)
{
    int error = rl_read_init_file(path);
    return error == 0 ? 0 : call_errno(c, path, error);
}

static int one_option(struct call *c, int letter, const char *value)
{
    switch (letter) {
    case 'f':
        return read_file(c, value);
    case 'l':
        return list_functions(c);
    case 'p':
    case 'P':
        return dump(c, rl_function_dumper, letter == 'p');
    case 'q':
        return list_keys(c, value);
    case 'r':
        return bind_nothing(c, value);
    case 's':
    case 'S':
        return dump(c, rl_macro_dumper, letter == 's');
    case 'u':
        return unbind_function(c, value);
    case 'v':
    case 'V':
        return dump(c, rl_variable_dumper, letter == 'v');
    case 'X':
        return list_commands(c);
    case 'x':
        return bind_command(c, value);
    default: /* -m was seen to before */
        return 0;
    }
}

static const char letters[] = "f:lm:pPq:r:sSu:vVXx:";

/* Does everything that was asked for, in that order. */
static int do_all(struct call *c)
{
    struct call_scan scan = {0};
    int letter = 0;
    int status = 0;
    if (c->argc == 1) {
        return dump(c, rl_function_dumper, 1);
    }
    while ((letter = call_option(c, &scan, letters)) != -1) {
        status |= one_option(c, letter, scan.value);
    }
    for (char **line = c->argv + scan.index; *line != NULL; line++) {
        status |= bind_line(c, *line);
    }
    return status;
}

/* Looks at the words only. False: there is something wrong with them. */
static bool look_ahead(struct call *c, Keymap *map, bool *changes)
{
    struct call_scan scan = {0};
    int letter = 0;
    while ((letter = call_option(c, &scan, letters)) != -1) {
        if (letter == '?') {
            return false;
        }
        if (letter == 'm' && (*map = rl_get_keymap_by_name(scan.value)) == NULL) {
            call_warn(c, "%s: unknown keymap", scan.value);
            return false;
        }
        *changes = *changes || strchr("frux", letter) != NULL;
    }
    *changes = *changes || c->argv[scan.index] != NULL;
    return true;
}

int session_bind(struct ui *ui, struct call *c)
{
    struct session *session = session_open(ui);
    struct shell *sh = ui->sh;
    Keymap before = rl_get_keymap();
    Keymap map = before;
    bool changes = false;
    int mode = rl_editing_mode;
    if (!look_ahead(c, &map, &changes)) {
        return map == NULL ? 1 : 2;
    }
    if (changes && !call_door(c)) { /* no subshell changes the keys of the shell */
        return 0;
    }
    session_own_keys(session, false);
    rl_set_keymap(map);
    int status = do_all(c);
    session_own_keys(session, true);
    fflush(stderr);
    if (rl_editing_mode == mode) {
        rl_set_keymap(before);
    } else {
        option_set(sh, rl_editing_mode != 0 ? OPT_EMACS : OPT_VI, true);
    }
    return status;
}
