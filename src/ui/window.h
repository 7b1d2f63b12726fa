/* window.h -- LINES and COLUMNS (XBD 8.3). */
#ifndef SWISH_UI_WINDOW_H
#define SWISH_UI_WINDOW_H

struct ui;

/* Sets them when the window has another size than the last time. */
void window_tell(struct ui *ui);

#endif
