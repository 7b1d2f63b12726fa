/* expand_tilde.c -- tilde expansion (XCU 2.6.1). */
#include <string.h>

#include "base/buf.h"
#include "expand/build.h"
#include "os/process.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/tree.h"

/* $HOME, or the home directory of the user named. */
static bool find_home(struct shell *sh, const struct part *part, struct buf *home)
{
    if (part->tilde.length > 0) {
        return process_home(part->tilde.user, home);
    }
    const char *value = variable_by_name(sh, "HOME");
    buf_puts(home, value == NULL ? "" : value);
    return value != NULL;
}

void build_tilde(struct build *b, const struct part *part)
{
    const struct part *next = part->next;
    bool slash = next != NULL && next->kind == PART_TEXT && next->text.bytes[0] == '/';
    struct buf home = {0};
    if ((!part->tilde.assignment_only || b->assigns) && find_home(b->sh, part, &home)) {
        if (slash && home.length > 0 && home.data[home.length - 1] == '/') {
            home.length--; /* HOME=/; ~/x is /x, not //x */
        }
        build_quoted(b, buf_text(&home), home.length);
    } else {
        build_plain(b, "~", 1);
        build_plain(b, part->tilde.user, part->tilde.length);
    }
    buf_free(&home);
}
