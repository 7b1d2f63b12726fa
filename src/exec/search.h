/* search.h -- what a command name means (XCU 2.9.1.4). */
#ifndef SWISH_EXEC_SEARCH_H
#define SWISH_EXEC_SEARCH_H

struct builtin;
struct function;
struct shell;
struct symbol;

enum command_kind { COMMAND_FUNCTION, COMMAND_BUILTIN, COMMAND_EXTERNAL, COMMAND_NOT_FOUND };

struct command {
    enum command_kind kind;
    struct function *function;
    const struct builtin *builtin;
    const char
        *path; /* EXTERNAL: in the scratch arena or the symbol; valid while the command runs */
    int error; /* NOT_FOUND: ENOENT (127), or EACCES, ENOTDIR... of what was found (126) */
};

/* Resolves a name. `symbol` may be NULL (it is then looked up). Remembers paths found along PATH.
 */
void command_resolve(struct shell *sh, const char *name, struct symbol *symbol, unsigned run_flags,
                     struct command *found);

/* The path of an executable regular file along `path` (NULL: the default path of confstr), in the
   scratch arena; NULL with errno ENOENT or EACCES. A name with a slash is only checked. */
const char *command_search(struct shell *sh, const char *name, const char *path);

/* A readable file along PATH for the dot utility; NULL when there is none. */
const char *command_search_readable(struct shell *sh, const char *name);

#endif
