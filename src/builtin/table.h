/* table.h -- the one table of built-ins. */
#ifndef SWISH_BUILTIN_TABLE_H
#define SWISH_BUILTIN_TABLE_H

#include <stddef.h>

#include "exec/builtin.h"

/* Sorted by name. */
extern const struct builtin builtin_table[];
extern const size_t builtin_count;

/* One function each, one file a family. All return the exit status; see exec/builtin.h. */
int builtin_alias(struct call *c);
int builtin_bg(struct call *c);
int builtin_break(struct call *c);
int builtin_cd(struct call *c);
int builtin_colon(struct call *c);
int builtin_command(struct call *c);
int builtin_continue(struct call *c);
int builtin_dirs(struct call *c);
int builtin_disown(struct call *c);
int builtin_dot(struct call *c);
int builtin_echo(struct call *c);
int builtin_eval(struct call *c);
int builtin_exec(struct call *c);
int builtin_exit(struct call *c);
int builtin_export(struct call *c);
int builtin_false(struct call *c);
int builtin_fc(struct call *c);
int builtin_fg(struct call *c);
int builtin_getopts(struct call *c);
int builtin_hash(struct call *c);
int builtin_help(struct call *c);
int builtin_history(struct call *c);
int builtin_jobs(struct call *c);
int builtin_kill(struct call *c);
int builtin_local(struct call *c);
int builtin_popd(struct call *c);
int builtin_printf(struct call *c);
int builtin_pushd(struct call *c);
int builtin_pwd(struct call *c);
int builtin_read(struct call *c);
int builtin_readonly(struct call *c);
int builtin_return(struct call *c);
int builtin_set(struct call *c);
int builtin_shift(struct call *c);
int builtin_suspend(struct call *c);
int builtin_test(struct call *c);
int builtin_times(struct call *c);
int builtin_trap(struct call *c);
int builtin_type(struct call *c);
int builtin_ulimit(struct call *c);
int builtin_umask(struct call *c);
int builtin_unalias(struct call *c);
int builtin_unset(struct call *c);
int builtin_wait(struct call *c);

#endif
