/* flow.h -- why a command came back: control flow, never mixed with a status. */
#ifndef SWISH_EXEC_FLOW_H
#define SWISH_EXEC_FLOW_H

enum flow {
    FLOW_NEXT,      /* done; go on */
    FLOW_BREAK,     /* leave exec->levels loops */
    FLOW_CONTINUE,  /* leave exec->levels - 1 loops, go on with the next turn */
    FLOW_RETURN,    /* leave the function or dot script */
    FLOW_INTERRUPT, /* back to the prompt; a non-interactive shell ends */
    FLOW_EXIT,      /* leave the (sub)shell with sh->status */
    FLOW_HANDED,    /* the door was taken: a child goes on with the body, unwind to the mark */
};

#endif
