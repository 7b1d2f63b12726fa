/* osc.h -- tells the terminal what is a prompt, a command and its output (OSC 133), where we are
   (OSC 7), and a title for the window. */
#ifndef SWISH_UI_OSC_H
#define SWISH_UI_OSC_H

struct buf;
struct ui;

/* set -o marks, at a terminal that takes such sequences. Nothing is ever asked of it. */

/* Before a prompt for a command: how the last one ended, directory, title. */
void osc_begin_prompt(struct ui *ui);

/* Adds the marks, which have no width, to the text of such a prompt. */
void osc_wrap(struct ui *ui, struct buf *prompt);

/* The command ui->typed begins to run. */
void osc_begin_command(struct ui *ui);

#endif
