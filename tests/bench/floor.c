/* floor.c -- starts programs as a shell would have to, and does nothing else: the floor for rows
 * whose time is that of the programs they start.
 *
 * Usage: floor COUNT PROGRAM [ARGUMENT]... [| PROGRAM [ARGUMENT]...]...
 * It runs the pipeline COUNT times, by vfork and exec. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void fail(const char *what)
{
    (void)!write(STDERR_FILENO, what, strlen(what));
    _exit(2);
}

/* Becomes the program; `in` and `out` are its standard input and output. */
static _Noreturn void become(char **words, int in, int out)
{
    if (in != STDIN_FILENO) {
        dup2(in, STDIN_FILENO);
    }
    if (out != STDOUT_FILENO) {
        dup2(out, STDOUT_FILENO);
    }
    if (words[0] != NULL) {
        execvp(words[0], words);
    }
    _exit(127);
}

/* Starts one stage and closes what it alone needs. Reads the output of the stage before from `in`,
 * and returns where its own can be read: standard input for the last one. */
static int start_stage(char **words, int in, int last)
{
    int ends[2] = {STDIN_FILENO, STDOUT_FILENO};

    if (!last && pipe2(ends, O_CLOEXEC) != 0) {
        fail("no pipe\n");
    }
    pid_t pid =
        vfork(); /* NOLINT(clang-analyzer-security.insecureAPI.vfork): it is what we measure */
    if (pid == 0) {
        become(words, in, ends[1]);
    }
    if (pid < 0) {
        fail("no process\n");
    }
    if (!last) {
        close(ends[1]);
    }
    if (in != STDIN_FILENO) {
        close(in);
    }
    return ends[0];
}

/* Cuts the words at each bar: a NULL ends every stage. How many stages? */
static int split(char **words)
{
    int count = 1;

    for (; *words != NULL; words++) {
        if (strcmp(*words, "|") == 0) {
            *words = NULL;
            count++;
        }
    }
    return count;
}

static void run(char **words, int count)
{
    int in = STDIN_FILENO;

    for (int i = 0; i < count; i++) {
        in = start_stage(words, in, i == count - 1);
        while (*words++ != NULL) {
        }
    }
    while (count-- > 0) {
        int status = 0;
        if (wait(&status) < 0 || status != 0) {
            fail("a program failed\n");
        }
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fail("usage: floor COUNT PROGRAM...\n");
    }
    int count = split(argv + 2);
    for (long turns = strtol(argv[1], NULL, 10); turns > 0; turns--) {
        run(argv + 2, count);
    }
    return 0;
}
