/* mail.h -- new mail is told before a prompt (XCU sh, MAIL, MAILCHECK, MAILPATH). */
#ifndef SWISH_UI_MAIL_H
#define SWISH_UI_MAIL_H

struct ui;

/* Before PS1. The first call, and one after MAIL or MAILPATH changed, only looks what is there. */
void mail_check(struct ui *ui);
void mail_free(struct ui *ui);

#endif
