/* options.c -- the table of options. */
#include "state/options.h"

#include <string.h>

#include "state/mark.h"
#include "state/shell.h"

const struct option_row option_table[] = {
    {"allexport", 'a', OPT_ALLEXPORT, true, false},
    {"autocd", 0, OPT_AUTOCD, true, false},
    {"bashcompletion", 0, OPT_BASHCOMPLETION, true, false},
    {"notify", 'b', OPT_NOTIFY, true, false},
    {"noclobber", 'C', OPT_NOCLOBBER, true, false},
    {"emacs", 0, OPT_EMACS, true, false},
    {"errexit", 'e', OPT_ERREXIT, true, false},
    {"noglob", 'f', OPT_NOGLOB, true, false},
    {"hashall", 'h', OPT_HASHALL, true, false},
    {"highlight", 0, OPT_HIGHLIGHT, true, false},
    {"histexpand", 'H', OPT_HISTEXPAND, true, false},
    {"history", 0, OPT_HISTORY, true, false},
    {"ignoreeof", 0, OPT_IGNOREEOF, true, false},
    {NULL, 'i', OPT_INTERACTIVE, false, false},
    {NULL, 'l', OPT_LOGIN, false, true},
    {"marks", 0, OPT_MARKS, true, false},
    {"monitor", 'm', OPT_MONITOR, true, false},
    {"noexec", 'n', OPT_NOEXEC, true, false},
    {"nolog", 0, OPT_NOLOG, true, false},
    {"nounset", 'u', OPT_NOUNSET, true, false},
    {"pipefail", 0, OPT_PIPEFAIL, true, false},
    {"privileged", 'p', OPT_PRIVILEGED, false, false},
    {NULL, 's', OPT_STDIN, false, false},
    {NULL, 'c', OPT_COMMAND, false, false},
    {"suggest", 0, OPT_SUGGEST, true, false},
    {"transient", 0, OPT_TRANSIENT, true, false},
    {"verbose", 'v', OPT_VERBOSE, true, false},
    {"vi", 0, OPT_VI, true, false},
    {"xtrace", 'x', OPT_XTRACE, true, false},
    {"noinline", 0, OPT_NOINLINE, true, true},
};

const size_t option_count = sizeof option_table / sizeof *option_table;

const struct option_row *option_by_name(const char *name)
{
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].name != NULL && strcmp(option_table[i].name, name) == 0) {
            return &option_table[i];
        }
    }
    return NULL;
}

const struct option_row *option_by_letter(char letter)
{
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].letter == letter && letter != 0) {
            return &option_table[i];
        }
    }
    return NULL;
}

void option_set(struct shell *sh, unsigned bit, bool on)
{
    mark_save_settings(sh);
    if (!on) {
        sh->settings.options &= ~bit;
        return;
    }
    if (bit == OPT_VI || bit == OPT_EMACS) {
        sh->settings.options &= ~(unsigned)(OPT_VI | OPT_EMACS);
    }
    sh->settings.options |= bit;
}

const char *option_letters(const struct shell *sh, char *room)
{
    size_t n = 0;
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_table[i];
        if (row->letter != 0 && row->letter != 'l' && (sh->settings.options & row->bit) != 0) {
            room[n++] = row->letter;
        }
    }
    room[n] = '\0';
    return room;
}
