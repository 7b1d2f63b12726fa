/* known.c -- statuses of children, kept until they are waited for (XCU 2.9.3.1, wait). */
#include "exec/known.h"

#include "base/mem.h"
#include "exec/exec.h"
#include "exec/job.h"

enum { KNOWN_MOST = 65536 };

struct known *known_find(const struct exec *ex, pid_t pid)
{
    return map_get(&ex->known, (const char *)&pid, sizeof pid);
}

void known_add(struct exec *ex, pid_t pid, struct job *job, size_t stage)
{
    known_forget(ex, known_find(ex, pid)); /* the number came round again */
    struct known *known = mem_zero(sizeof *known);
    known->pid = pid;
    known->job = job;
    known->stage = stage;
    map_set(&ex->known, (const char *)&pid, sizeof pid, known);
    ex->known_running++;
}

void known_ended(struct exec *ex, struct known *known, int status)
{
    if (known->ended) {
        return;
    }
    known->ended = true;
    known->status = status;
    known->older = ex->known_newest;
    *(ex->known_newest == NULL ? &ex->known_oldest : &ex->known_newest->newer) = known;
    ex->known_newest = known;
    ex->known_running--;
    if (++ex->known_count > KNOWN_MOST && ex->known_oldest->job == NULL) {
        known_forget(ex, ex->known_oldest);
    }
}

void known_forget(struct exec *ex, struct known *known)
{
    if (known == NULL) {
        return;
    }
    map_remove(&ex->known, (const char *)&known->pid, sizeof known->pid);
    if (known->ended) {
        *(known->older == NULL ? &ex->known_oldest : &known->older->newer) = known->newer;
        *(known->newer == NULL ? &ex->known_newest : &known->newer->older) = known->older;
        ex->known_count--;
    } else {
        ex->known_running--;
    }
    mem_free(known);
}

void known_detach(struct exec *ex, const struct job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        struct known *known = known_find(ex, job->stages[i].pid);
        if (known == NULL || known->job != job) {
            continue;
        }
        known->job = NULL;
        if (i + 1 < job->count || !known->ended) {
            known_forget(ex, known);
        }
    }
}

void known_forget_ended(struct exec *ex)
{
    while (ex->known_oldest != NULL) {
        known_forget(ex, ex->known_oldest);
    }
}

void known_abandon(struct exec *ex)
{
    ex->known = (struct map){0};
    ex->known_oldest = NULL;
    ex->known_newest = NULL;
    ex->known_count = 0;
    ex->known_running = 0;
}
