/* test_spans.c -- what stands where in finished and unfinished texts. */
#include "unit.h"

#include "base/buf.h"
#include "base/depth.h"
#include "base/symbol.h"
#include "syntax/program.h"
#include "syntax/spans.h"

/* One letter per kind: Command, Argument, =assignment, Target, Keyword, Word of for or case,
   o(perator), #comment, Here; ! when it does not end. Last: what comes next. */
static const char letters[] = "CA=TKWo#H";

static const struct {
    const char *text;
    const char *spans;
} samples[] = {
    {"", ">C"},
    {"ls", "C<ls> >A"},
    {"ls -l 'a b' ", "C<ls> A<-l> A<'a b'> >A"},
    {"x=1 y=$(a b) cmd", "=<x=1> =<y=$(a b)> C<cmd> >A"},
    {"a | b && c || d; e & ", "C<a> o<|> C<b> o<&&> C<c> o<||> C<d> o<;> C<e> o<&> >C"},
    {"if a; then b; else c; fi >x",
     "K<if> C<a> o<;> K<then> C<b> o<;> K<else> C<c> o<;> K<fi> o<>> "
     "T<x> >A"},
    {"for i in a b; do c; done", "K<for> W<i> K<in> A<a> A<b> o<;> K<do> C<c> o<;> K<done> >A"},
    {"for i\ndo c", "K<for> W<i> K<do> C<c> >A"},
    {"case $x in a|b) c;; *) d;; esac; e", "K<case> W<$x> K<in> W<a> o<|> W<b> o<)> C<c> o<;;> "
                                           "W<*> o<)> C<d> o<;;> K<esac> o<;> C<e> >A"},
    {"! { a; }", "K<!> K<{> C<a> o<;> K<}> >A"},
    {"(a; b)", "o<(> C<a> o<;> C<b> o<)> >A"},
    {"f() { a; }", "C<f> o<(> o<)> K<{> C<a> o<;> K<}> >A"},
    {"a 2>x <y z", "C<a> o<2> o<>> T<x> o<<> T<y> A<z> >A"},
    {"a >", "C<a> o<>> >T"},
    {"a # b c", "C<a> #<# b c> >A"},
    {"# b\na", "#<# b> C<a> >A"},
    {"a a#b", "C<a> A<a#b> >A"},
    {"cat <<E >x\nbody\nE\nls", "C<cat> o<<<E> o<>> T<x> H<body\nE\n> C<ls> >A"},
    {"cat <<E\nbody", "C<cat> o<<<E> H<body> >C"},
    {"echo 'a", "C<echo> A!<'a> >A"},
    {"echo \"a $(b", "C<echo> A!<\"a $(b> >A"},
    {"x='a", "=!<x='a> >C"},
    {"1='a", "C!<1='a> >C"},
    {"case 'a", "K<case> W!<'a> >W"},
    {"a; $(b", "C<a> o<;> C!<$(b> >C"},
    {"a ${x", "C<a> A!<${x> >A"},
    {"a )", "C<a> o<)> >A"},
    {"a \\", "C<a> A<\\> >A"},
};

static char letter(enum span_kind kind)
{
    return kind == SPAN_ASSIGNMENT ? '=' : letters[kind];
}

static void show(const char *text, const struct spans *spans, struct buf *to)
{
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *span = &spans->items[i];
        buf_addf(to, "%c%s<%.*s> ", letter(span->kind), span->open ? "!" : "",
                 (int)(span->to - span->from), text + span->from);
    }
    buf_addf(to, ">%c", letter(spans->next));
}

TEST(spans_of_texts)
{
    char bottom = 0;
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = &bottom, .limit = 1 << 20};
    struct spans spans = {0};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct buf shown = {0};
        spans_find(&programs, &depth, samples[i].text, strlen(samples[i].text), &spans);
        show(samples[i].text, &spans, &shown);
        CHECK_TEXT(buf_text(&shown), samples[i].spans);
        buf_free(&shown);
    }
    spans_free(&spans);
    programs_finish(&programs);
    symbols_free(&symbols);
}
