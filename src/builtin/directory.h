/* directory.h -- changing the working directory, for cd and for what else goes somewhere. */
#ifndef SWISH_BUILTIN_DIRECTORY_H
#define SWISH_BUILTIN_DIRECTORY_H

struct call;

/* Goes where `cd OPERAND` would go, but writes nothing. Returns the status, a message was printed
   when it is not 0. When c->flow is not FLOW_NEXT any more, nothing may be done behind it. */
int directory_enter(struct call *c, const char *operand);

/* Calls the user's hook chpwd, as the last act of a built-in that has changed the directory: what
   the built-in wrote comes before what that writes. Returns the status to end with. */
int directory_tell(struct call *c);

#endif
