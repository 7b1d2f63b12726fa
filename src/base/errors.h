/* errors.h -- texts of error numbers, the same under every libc. */
#ifndef SWISH_BASE_ERRORS_H
#define SWISH_BASE_ERRORS_H

#include <stddef.h>

/* "No such file or directory" for ENOENT and so on; "Error N" for unknown numbers is written into
   `room`, which holds at least 24 bytes. */
const char *error_text(int number, char *room);

/* A remark for the message about a text that ends in CR, because its line ends in CR LF; else "".
 */
const char *error_line_end(const char *text, size_t length);

#endif
