/* asan.c -- settings of the sanitizer build, compiled in: cases run in an environment of their own.
 */

const char *
__asan_default_options(void); // NOLINT(bugprone-reserved-identifier): the library's name
const char *
__ubsan_default_options(void); // NOLINT(bugprone-reserved-identifier): the library's name

/* A shell leaves much to the end of its process, and a launched child shares its memory. */
const char *__asan_default_options(void)
{
    return "detect_leaks=0:detect_stack_use_after_return=0:exitcode=99";
}

const char *__ubsan_default_options(void)
{
    return "print_stacktrace=1:exitcode=99";
}
