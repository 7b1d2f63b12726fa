/* startup.h -- the files that run before the first command: profiles, ENV, rc (XCU sh, ENV). */
#ifndef SWISH_EXEC_STARTUP_H
#define SWISH_EXEC_STARTUP_H

#include <stdbool.h>

struct shell;

/* What the command line says about them. */
struct startup {
    bool login;      /* /etc/profile and ~/.profile are wanted */
    bool no_profile; /* but not these: --noprofile */
    bool no_rc;      /* --norc: nor what an interactive shell reads */
    const char *rc;  /* --rcfile: in the place of $ENV; NULL: not given */
};

/* A file that is not there is passed over in silence; one that is no use gets one message. The
   shell may end in here: a file may hold `exit`. */
void startup_run(struct shell *sh, const struct startup *startup);

#endif
