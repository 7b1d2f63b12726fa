/* hosts.c -- names of hosts: those that ssh knows, and /etc/hosts. */
#include <fcntl.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "os/fd.h"
#include "state/shell.h"
#include "state/variable.h"
#include "ui/candidates.h"

enum { FILE_MOST = 1 << 20 };

static bool read_file(const char *path, struct buf *text)
{
    int fd = fd_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    long count = fd < 0 ? -1 : fd_read(fd, buf_reserve(text, FILE_MOST), FILE_MOST);
    fd_close(fd);
    text->length = count > 0 ? (size_t)count : 0;
    return count > 0;
}

/* `name,[name]:port,address key...`; hashed names begin with a bar. */
static void known_line(char *line, struct candidates *to)
{
    char *rest = line;
    line[strcspn(line, " \t")] = '\0';
    for (char *name = strsep(&rest, ","); name != NULL; name = strsep(&rest, ",")) {
        name += *name == '[';
        name[strcspn(name, "]")] = '\0';
        if (*name != '\0' && strchr("|#@", *name) == NULL) {
            candidates_add(to, name);
        }
    }
}

/* `address name name...` */
static void hosts_line(char *line, struct candidates *to)
{
    char *rest = line;
    line[strcspn(line, "#")] = '\0';
    strsep(&rest, " \t");
    for (char *name = strsep(&rest, " \t"); name != NULL; name = strsep(&rest, " \t")) {
        if (*name != '\0') {
            candidates_add(to, name);
        }
    }
}

static void each_line(const char *path, void (*add)(char *line, struct candidates *to),
                      struct candidates *to)
{
    struct buf text = {0};
    if (read_file(path, &text)) {
        char *rest = buf_text(&text);
        for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
            add(line, to);
        }
    }
    buf_free(&text);
}

void candidates_hosts(struct shell *sh, struct candidates *to)
{
    const char *home = variable_by_name(sh, "HOME");
    if (home != NULL) {
        struct buf path = {0};
        buf_addf(&path, "%s/.ssh/known_hosts", home);
        each_line(buf_text(&path), known_line, to);
        buf_free(&path);
    }
    each_line("/etc/hosts", hosts_line, to);
}
