/* asan.c -- settings of the sanitizer build; cases run in an environment of their own. */

/* The names are those of the libraries. */
// NOLINTBEGIN(bugprone-reserved-identifier): see above
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);
// NOLINTEND(bugprone-reserved-identifier)

/* A shell leaves much to the end of its process, and a launched child shares its memory. A small
   quarantine of freed memory lets the cases that bound memory hold. */
const char *__asan_default_options(void)
{
    return "detect_leaks=0:detect_stack_use_after_return=0:quarantine_size_mb=1:"
           "thread_local_quarantine_size_kb=64:exitcode=99";
}

const char *__ubsan_default_options(void)
{
    return "print_stacktrace=1:exitcode=99";
}
