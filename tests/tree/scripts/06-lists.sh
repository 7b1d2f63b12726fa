#!/bin/sh
# Lists, pipelines, and-or lists, asynchronous lists.

a; b; c
a & b & c
a &
a; b & c; d &
a && b
a || b
a && b || c && d || e
a | b
a | b | c | d
! a
! a | b
! ! a
a && ! b
a |
    b |
    c
a &&
    b ||
    c
a | b && c | d || e | f; g
a && b & c || d &
{ a; }
{ a; b & }
{ a & }
( a )
( a; b )
(a & b &)
( (a); (b) )
( ( ( a ) ) )
{ { { a; }; }; }
{ (a); { b; } } | (c; { d; })
(a) && { b; } || (c)
(a) | (b) & { c; } | { d; } &
time a
time -p a | b
time
! time a
a=1
a=1 b=2
a=1 b=2 c d
a=1; b=2; c
true; # comment
true # comment
: ; :
a;b;c&d
