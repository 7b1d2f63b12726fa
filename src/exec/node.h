/* node.h -- one function for each kind of node; exec_node() chooses. */
#ifndef SWISH_EXEC_NODE_H
#define SWISH_EXEC_NODE_H

#include <stdbool.h>

#include "exec/flow.h"

struct node;
struct shell;

enum flow simple_run(struct shell *sh, const struct node *node, unsigned how);
enum flow pipeline_run(struct shell *sh, const struct node *node, unsigned how);
enum flow for_run(struct shell *sh, const struct node *node, unsigned how);
enum flow case_run(struct shell *sh, const struct node *node, unsigned how);
enum flow if_run(struct shell *sh, const struct node *node, unsigned how);
enum flow while_run(struct shell *sh, const struct node *node, unsigned how);
enum flow time_run(struct shell *sh, const struct node *node, unsigned how);

/* `node &` */
enum flow async_run(struct shell *sh, const struct node *node);

/* The command's status is known: does errexit end the shell now? (XCU 2.15 set -e) */
enum flow errexit_check(const struct shell *sh, unsigned how);

/* `set -n` from here on? Not for an interactive shell, which could never be left again (XCU 2.15).
 */
bool only_reads(const struct shell *sh);

/* Between commands: actions of pending signals. */
enum flow between_commands(struct shell *sh);

#endif
