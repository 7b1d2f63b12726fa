/* holds.c -- prints the numbers of the descriptors that it was given, on one line; to FILE with an
 * argument. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    char text[4096] = "";
    size_t length = 0;

    for (int fd = 0; fd < 1024 && length + 8 < sizeof text; fd++) {
        if (fcntl(fd, F_GETFD) != -1) {
            length += (size_t)sprintf(text + length, length == 0 ? "%d" : " %d", fd);
        }
    }
    text[length++] = '\n';
    int to = argc > 1 ? open(argv[1], O_WRONLY | O_CREAT | O_APPEND, 0666) : 1;
    return write(to, text, length) == (ssize_t)length ? 0 : 1;
}
