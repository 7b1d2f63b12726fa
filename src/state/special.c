/* special.c -- variables the shell watches (IFS, PATH, locale, OPTIND) or computes (LINENO,
 * RANDOM). */
#include "state/special.h"

#include <string.h>
#include <time.h>

#include "base/number.h"
#include "base/utf8.h"
#include "state/mark.h"
#include "state/names.h"
#include "state/shell.h"
#include "state/variable.h"

static const struct {
    const char *name;
    enum special special;
    bool computed;
    bool extension; /* not when called sh: a valid POSIX script may use the name */
} specials[] = {
    {"IFS", SPECIAL_IFS, false, false},       {"PATH", SPECIAL_PATH, false, false},
    {"LC_ALL", SPECIAL_LOCALE, false, false}, {"LC_CTYPE", SPECIAL_LOCALE, false, false},
    {"LANG", SPECIAL_LOCALE, false, false},   {"OPTIND", SPECIAL_OPTIND, false, false},
    {"LINENO", SPECIAL_LINENO, true, false},  {"RANDOM", SPECIAL_RANDOM, true, true},
    {"SECONDS", SPECIAL_SECONDS, true, true}, {"EPOCHSECONDS", SPECIAL_EPOCHSECONDS, true, true},
};

static int64_t seconds(clockid_t clock)
{
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return now.tv_sec;
}

void special_init(struct shell *sh)
{
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
        struct symbol *symbol =
            symbol_intern(&sh->symbols, specials[i].name, strlen(specials[i].name));
        if (specials[i].extension && sh->called_sh) {
            continue;
        }
        symbol->special = (uint8_t)specials[i].special;
        if (specials[i].computed) {
            variable_flag(sh, symbol, VARIABLE_COMPUTED, 0);
            symbol->variable->kind = VALUE_NUMBER;
        }
    }
    sh->settings.started = seconds(CLOCK_MONOTONIC);
    special_changed(sh, symbol_find(&sh->symbols, "IFS", 3));
}

/* ---- IFS ---- */

static void derive_ifs(struct shell *sh, const char *text, size_t length)
{
    struct ifs *ifs = &sh->ifs;
    memset(ifs, 0, sizeof *ifs);
    for (size_t i = 0; i < length;) {
        uint32_t c = (unsigned char)text[i];
        size_t n = sh->utf8 ? utf8_decode(text + i, length - i, &c) : 1;
        if (i == 0) {
            memcpy(ifs->join, text, n);
            ifs->join_length = n;
        }
        if (c < 0x80 || !sh->utf8) {
            unsigned char byte = (unsigned char)text[i];
            ifs->class[byte] = byte == ' ' || byte == '\t' || byte == '\n' ? IFS_SPACE : IFS_OTHER;
        } else if (ifs->wide_count < sizeof ifs->wide / sizeof *ifs->wide) {
            ifs->wide[ifs->wide_count++] = c;
        }
        i += n;
    }
}

int ifs_wide_class(const struct ifs *ifs, const char *at, size_t length, size_t *size)
{
    uint32_t character = 0;
    *size = utf8_decode(at, length, &character);
    for (size_t i = 0; i < ifs->wide_count; i++) {
        if (ifs->wide[i] == character) {
            return IFS_OTHER;
        }
    }
    return IFS_NONE;
}

static void ifs_changed(struct shell *sh)
{
    struct symbol *symbol = symbol_find(&sh->symbols, "IFS", 3);
    size_t length = 0;
    const char *text = symbol == NULL ? NULL : variable_get(sh, symbol, &length);
    if (text == NULL) { /* unset: as the default (XCU 2.6.5) */
        text = " \t\n";
        length = 3;
    }
    derive_ifs(sh, text, length);
}

/* ---- locale ---- */

static bool names_utf8(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((text[0] == 'U' || text[0] == 'u') && (text[1] == 'T' || text[1] == 't') &&
            (text[2] == 'F' || text[2] == 'f')) {
            return text[3] == '8' || (text[3] == '-' && text[4] == '8');
        }
    }
    return false;
}

static void locale_changed(struct shell *sh)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    bool utf8 = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = variable_by_name(sh, names[i]);
        if (value != NULL && *value != '\0') {
            utf8 = names_utf8(value);
            break;
        }
    }
    if (utf8 != sh->utf8) {
        sh->utf8 = utf8;
        ifs_changed(sh);
    }
}

void special_changed(struct shell *sh, struct symbol *symbol)
{
    switch ((enum special)symbol->special) {
    case SPECIAL_IFS:
        ifs_changed(sh);
        break;
    case SPECIAL_PATH:
        path_forget_all(sh);
        break;
    case SPECIAL_LOCALE:
        locale_changed(sh);
        break;
    case SPECIAL_OPTIND:
        mark_save_settings(sh);
        sh->settings.getopts_offset = 0;
        break;
    case SPECIAL_NONE:
    case SPECIAL_LINENO:
    case SPECIAL_RANDOM:
    case SPECIAL_SECONDS:
    case SPECIAL_EPOCHSECONDS:
        break;
    }
}

/* ---- computed values ---- */

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9U;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

static int64_t next_random(struct shell *sh)
{
    mark_save_settings(sh);
    struct settings *s = &sh->settings;
    if (s->random_serial != sh->serial || s->random == 0) {
        /* A subshell has a generator of its own: the parent's sequence is untouched. */
        struct timespec now = {0};
        clock_gettime(CLOCK_REALTIME, &now);
        s->random = mix((uint64_t)now.tv_nsec + ((uint64_t)sh->pid << 32) + sh->last_serial) | 1;
        s->random_serial = sh->serial;
    }
    s->random += 0x9e3779b97f4a7c15U;
    return (int64_t)(mix(s->random) >> 49);
}

void special_refresh(struct shell *sh, struct symbol *symbol)
{
    int64_t number = 0;
    switch ((enum special)symbol->special) {
    case SPECIAL_LINENO:
        number = sh->line;
        break;
    case SPECIAL_RANDOM:
        number = next_random(sh);
        break;
    case SPECIAL_SECONDS:
        number = seconds(CLOCK_MONOTONIC) - sh->settings.started;
        break;
    case SPECIAL_EPOCHSECONDS:
        number = seconds(CLOCK_REALTIME);
        break;
    case SPECIAL_NONE:
    case SPECIAL_IFS:
    case SPECIAL_PATH:
    case SPECIAL_LOCALE:
    case SPECIAL_OPTIND:
        return;
    }
    symbol->variable->kind = VALUE_NUMBER;
    symbol->variable->number = number;
}

void special_assigned(struct shell *sh, struct symbol *symbol)
{
    struct variable *v = symbol->variable;
    int64_t number = v->number;
    bool is_number = v->kind == VALUE_NUMBER || number_constant(v->text, v->length, &number);
    if (symbol->special == SPECIAL_RANDOM && is_number) {
        mark_save_settings(sh);
        sh->settings.random = mix((uint64_t)number + 1) | 1;
        sh->settings.random_serial = sh->serial;
    } else if (symbol->special == SPECIAL_SECONDS && is_number) {
        mark_save_settings(sh);
        sh->settings.started = seconds(CLOCK_MONOTONIC) - number;
    } else if (symbol->special == SPECIAL_LINENO) {
        v->flags &= (uint8_t)~VARIABLE_COMPUTED; /* from now on an ordinary variable */
    }
}
