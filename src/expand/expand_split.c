/* expand_split.c -- field splitting (XCU 2.6.5), on the fly: the fields form while the bytes come.
 */
#include "expand/build.h"
#include "state/shell.h"
#include "state/special.h"

/* Length of the bytes before the next IFS character. */
static size_t run_length(const struct ifs *ifs, const char *bytes, size_t length)
{
    size_t at = 0;
    if (ifs->wide_count == 0) {
        while (at < length && ifs->class[(unsigned char)bytes[at]] == IFS_NONE) {
            at++;
        }
        return at;
    }
    size_t size;
    while (at < length && ifs_class(ifs, bytes + at, length - at, &size) == IFS_NONE) {
        at += size;
    }
    return at;
}

/* One IFS character ends the field before it, or belongs to the separator that has just ended one.
 */
static void separate(struct build *b, int class)
{
    if (b->present || b->text.length != 0) {
        build_end(b);
        b->after_space = class == IFS_SPACE;
    } else if (class == IFS_OTHER && !b->after_space) {
        build_end(b);
    } else if (class == IFS_OTHER) {
        b->after_space = false;
    }
}

void build_split(struct build *b, const char *bytes, size_t length)
{
    if (!b->splits) {
        build_plain(b, bytes, length);
        return;
    }
    const struct ifs *ifs = &b->sh->ifs;
    size_t at = 0;
    while (at < length) {
        size_t run = run_length(ifs, bytes + at, length - at);
        if (run > 0) {
            build_plain(b, bytes + at, run);
            at += run;
        } else {
            size_t size;
            int class = ifs_class(ifs, bytes + at, length - at, &size);
            separate(b, class);
            at += size;
        }
    }
}
