/* mark.c -- by this note in the file's first page the core knows a program of its own version. */
#include "ui/mark.h"

/* The header of an ELF note (gABI): sizes of name and text, type, name. */
const struct ui_mark ui_mark __attribute__((section(".note.swish"), aligned(4), used)) = {
    .name_size = sizeof "swish",
    .text_size = sizeof ui_mark.text,
    .type = 1,
    .name = "swish",
    .text = "swish-interactive " SWISH_VERSION,
};
