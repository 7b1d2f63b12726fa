/* expand_tilde.c -- tilde expansion (XCU 2.6.1). */
#include <string.h>

#include "base/buf.h"
#include "expand/build.h"
#include "os/process.h"
#include "state/shell.h"
#include "state/variable.h"
#include "syntax/tree.h"

static void add_home(struct build *b, const struct part *part, const char *home, size_t length)
{
    const struct part *next = part->next;
    bool slash = next != NULL && next->kind == PART_TEXT && next->text.bytes[0] == '/';
    if (slash && length > 0 && home[length - 1] == '/') {
        length--; /* HOME=/; ~/x is /x, not //x */
    }
    build_quoted(b, home, length);
}

bool build_tilde(struct build *b, const struct part *part)
{
    if (!part->tilde.assignment_only || b->assigns) {
        if (part->tilde.length == 0) {
            const char *home = variable_by_name(b->sh, "HOME");
            if (home != NULL) {
                add_home(b, part, home, strlen(home));
                return true;
            }
        } else {
            struct buf home = {0};
            bool known = process_home(part->tilde.user, &home);
            if (known) {
                add_home(b, part, buf_text(&home), home.length);
            }
            buf_free(&home);
            if (known) {
                return true;
            }
        }
    }
    build_plain(b, "~", 1);
    build_plain(b, part->tilde.user, part->tilde.length);
    return true;
}
