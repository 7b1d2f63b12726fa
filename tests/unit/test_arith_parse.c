/* test_arith_parse.c -- arithmetic text to tree: precedence, constants, errors, depth. */
#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/depth.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/symbol.h"
#include "syntax/arith.h"
#include "syntax/tree.h"

static const char *const kind_names[] = {
    [ARITH_NUMBER] = "num",
    [ARITH_VARIABLE] = "var",
    [ARITH_PARAMETER] = "$",
    [ARITH_ASSIGN] = "=",
    [ARITH_PRE_INC] = "++pre",
    [ARITH_PRE_DEC] = "--pre",
    [ARITH_POST_INC] = "post++",
    [ARITH_POST_DEC] = "post--",
    [ARITH_PLUS] = "u+",
    [ARITH_MINUS] = "u-",
    [ARITH_NOT] = "!",
    [ARITH_COMPLEMENT] = "~",
    [ARITH_MUL] = "*",
    [ARITH_DIV] = "/",
    [ARITH_MOD] = "%",
    [ARITH_ADD] = "+",
    [ARITH_SUB] = "-",
    [ARITH_SHIFT_LEFT] = "<<",
    [ARITH_SHIFT_RIGHT] = ">>",
    [ARITH_LESS] = "<",
    [ARITH_LESS_EQUAL] = "<=",
    [ARITH_GREATER] = ">",
    [ARITH_GREATER_EQUAL] = ">=",
    [ARITH_EQUAL] = "==",
    [ARITH_UNEQUAL] = "!=",
    [ARITH_BIT_AND] = "&",
    [ARITH_BIT_XOR] = "^",
    [ARITH_BIT_OR] = "|",
    [ARITH_AND] = "&&",
    [ARITH_OR] = "||",
    [ARITH_CHOICE] = "?",
    [ARITH_COMMA] = ",",
};

static void dump(struct buf *buf, const struct arith *row, const struct arith *end);

static void dump_side(struct buf *buf, const struct arith *row)
{
    if (row != NULL) {
        buf_putc(buf, ' ');
        dump(buf, row, NULL);
    }
}

static void dump_operand(struct buf *buf, const struct arith *t)
{
    if (t->kind == ARITH_NUMBER) {
        buf_addf(buf, "%lld", (long long)t->number);
        return;
    }
    if (t->kind == ARITH_VARIABLE) {
        buf_puts(buf, t->symbol->text);
        return;
    }
    if (t->kind == ARITH_PARAMETER) {
        buf_addf(buf, "$%lld", (long long)t->number);
        return;
    }
    buf_putc(buf, '(');
    if (t->kind == ARITH_ASSIGN && t->op != ARITH_NUMBER) {
        buf_puts(buf, kind_names[t->op]);
    }
    buf_puts(buf, kind_names[t->kind]);
    if (t->symbol != NULL) {
        buf_putc(buf, ' ');
        buf_puts(buf, t->symbol->text);
    }
    dump_side(buf, t->right);
    buf_putc(buf, ')');
}

/* The row up to `end` as nested lists: (+ 1 (* 2 x)). */
static void dump(struct buf *buf, const struct arith *row, const struct arith *end)
{
    const struct arith *last = row;

    if (row->next == end) {
        dump_operand(buf, row);
        return;
    }
    while (last->next != end) {
        last = last->next;
    }
    buf_addf(buf, "(%s ", kind_names[last->kind]);
    dump(buf, row, last);
    dump_side(buf, last->middle);
    dump_side(buf, last->right);
    buf_putc(buf, ')');
}

struct setting {
    struct symbols symbols;
    struct symbol_list names;
    struct arena arena;
    struct depth depth;
    struct diag d;
};

static void start(struct setting *s)
{
    *s = (struct setting){.depth = {.base = __builtin_frame_address(0), .limit = (size_t)4 << 20}};
    s->names.table = &s->symbols;
}

static const struct arith *parse(struct setting *s, const char *text)
{
    return arith_parse(text, strlen(text), &s->arena, &s->names, &s->depth, &s->d);
}

static void stop(struct setting *s)
{
    symbol_list_release(&s->names);
    symbols_free(&s->symbols);
    arena_free(&s->arena);
    diag_clear(&s->d);
}

/* The tree, or the message of the error. */
static bool check(const char *text, const char *expected)
{
    struct setting s;
    struct buf buf = {0};
    const struct arith *tree;
    bool held;

    start(&s);
    tree = parse(&s, text);
    if (tree != NULL) {
        dump(&buf, tree, NULL);
    } else {
        CHECK_INT(s.d.kind, DIAG_EXPANSION);
        CHECK_INT(s.d.status, 2);
        buf_puts(&buf, s.d.text);
    }
    held = CHECK_TEXT(buf_text(&buf), expected);
    buf_free(&buf);
    stop(&s);
    return held;
}

TEST(constants)
{
    check("", "0");
    check(" \t\n ", "0");
    check("0", "0");
    check("42", "42");
    check("010", "8");
    check("0x1fF", "511");
    check("0X10", "16");
    check("9223372036854775807", "9223372036854775807");
    check("9223372036854775808", "-9223372036854775808");
    check("-9223372036854775808", "-9223372036854775808");
    check("0xffffffffffffffff", "-1");
}

TEST(constants_that_are_none)
{
    check("08", "arithmetic: invalid number \"08\"");
    check("1x", "arithmetic: invalid number \"1x\"");
    check("0x", "arithmetic: invalid number \"0x\"");
    check("0xg", "arithmetic: invalid number \"0xg\"");
    check("1 + 12a+3", "arithmetic: invalid number \"12a\"");
    check("1_000", "arithmetic: invalid number \"1_000\"");
}

TEST(precedence)
{
    check("1+2*3", "(+ 1 (* 2 3))");
    check("(1+2)*3", "(* (+ 1 2) 3)");
    check("1-2-3", "(- (- 1 2) 3)");
    check("8/4%3*2", "(* (% (/ 8 4) 3) 2)");
    check("1<<2+3", "(<< 1 (+ 2 3))");
    check("1<2==3>4", "(== (< 1 2) (> 3 4))");
    check("1<=2!=3>=4", "(!= (<= 1 2) (>= 3 4))");
    check("1|2^3&4", "(| 1 (^ 2 (& 3 4)))");
    check("1&2==3", "(& 1 (== 2 3))");
    check("a||b&&c|d", "(|| a (&& b (| c d)))");
    check("a>>b>>c", "(>> (>> a b) c)");
    check("a?b:c?d:e", "(? a b (? c d e))");
    check("a?b?c:d:e", "(? a (? b c d) e)");
    check("a?b,c:d", "(? a (, b c) d)");
    check("a?x=1:2", "(? a (= x 1) 2)");
    check("a,b,c", "(, (, a b) c)");
    check("a=b=c", "(= a (= b c))");
    check("a=1,b=2", "(, (= a 1) (= b 2))");
    check("a = b ? c : d", "(= a (? b c d))");
    check("(1+2)*3-4", "(- (* (+ 1 2) 3) 4)");
    check("((1+2)*3-(4-5))/6", "(/ (- (* (+ 1 2) 3) (- 4 5)) 6)");
    check("(a?b:c)+1", "(+ (? a b c) 1)");
    check("(a=b,c)*2||d", "(|| (* (, (= a b) c) 2) d)");
    check("-(1+2)*3", "(* (u- (+ 1 2)) 3)");
    check("a||b?c:d,e", "(, (? (|| a b) c d) e)");
}

TEST(unary_operators)
{
    check("-x", "(u- x)");
    check("- - 5", "5");
    check("--5", "(u- (u- 5))");
    check("-(5+x)", "(u- (+ 5 x))");
    check("--(x+1)", "(u- (u- (+ x 1)))");
    check("++5", "(u+ (u+ 5))");
    check("!~+x", "(! (~ (u+ x)))");
    check("-x*2", "(* (u- x) 2)");
    check("!a==b", "(== (! a) b)");
    check("--x", "(--pre x)");
    check("++ x", "(++pre x)");
    check("---x", "(u- (u- (u- x)))");
    check("x++ + ++x", "(+ (post++ x) (++pre x))");
    check("x---1", "(- (post-- x) 1)");
    check("1++2", "(+ 1 (u+ 2))");
    check("1--2", "(- 1 -2)");
    check("a+++b", "(+ (post++ a) b)");
}

TEST(assignments)
{
    check("x=1", "(= x 1)");
    check("x+=1", "(+= x 1)");
    check("x-=1", "(-= x 1)");
    check("x*=1", "(*= x 1)");
    check("x/=1", "(/= x 1)");
    check("x%=1", "(%= x 1)");
    check("x<<=1", "(<<= x 1)");
    check("x>>=1", "(>>= x 1)");
    check("x&=1", "(&= x 1)");
    check("x^=1", "(^= x 1)");
    check("x|=1", "(|= x 1)");
    check("(x)=3", "(= x 3)");
    check("x==1", "(== x 1)");
    check("_a1 = Z9", "(= _a1 Z9)");
}

TEST(errors_say_where)
{
    check("1+", "arithmetic: expected operand at end of expression");
    check("(1+) ", "arithmetic: expected operand at \") \"");
    check("(1", "arithmetic: expected \")\" at end of expression");
    check("(1 2)", "arithmetic: expected \")\" at \"2)\"");
    check("1 2", "arithmetic: unexpected text at \"2\"");
    check("1)", "arithmetic: unexpected text at \")\"");
    check("a?b", "arithmetic: expected \":\" at end of expression");
    check("a?:b", "arithmetic: expected operand at \":b\"");
    check("1=2", "arithmetic: assignment to something that is no variable at \"=2\"");
    check("a+b=2", "arithmetic: assignment to something that is no variable at \"=2\"");
    check("0?x=2:y=3", "arithmetic: assignment to something that is no variable at \"=3\"");
    check("x++y", "arithmetic: unexpected text at \"y\"");
    check("(a+b)=2", "arithmetic: assignment to something that is no variable at \"=2\"");
    check("(a+b)++", "arithmetic: expected operand at end of expression");
    check("x++=1", "arithmetic: assignment to something that is no variable at \"=1\"");
    check("5--", "arithmetic: expected operand at end of expression");
    check("$x", "arithmetic: expected operand at \"$x\"");
    check("\"1\"", "arithmetic: expected operand at \"\"1\"\"");
    check(",", "arithmetic: expected operand at \",\"");
    check("\001", "arithmetic: expected operand at \"\\001\"");
}

TEST(nul_bytes_are_no_end)
{
    struct setting s;

    start(&s);
    CHECK(arith_parse("1\0002", 3, &s.arena, &s.names, &s.depth, &s.d) == NULL);
    CHECK(diag_is_set(&s.d));
    stop(&s);
}

static char *repeat(const char *piece, size_t count, const char *rest)
{
    struct buf buf = {0};

    for (size_t i = 0; i < count; i++) {
        buf_puts(&buf, piece);
    }
    buf_puts(&buf, rest);
    return buf_take(&buf);
}

static void check_deep(const char *piece, const char *rest)
{
    char *text = repeat(piece, 200000, rest);

    check(text, "arithmetic: nested too deeply");
    mem_free(text);
}

TEST(depth_has_an_end)
{
    check_deep("(", "1");
    check_deep("-", "x");
    check_deep("! ", "x");
    check_deep("a=", "1");
    check_deep("1?", "1");
    check_deep("a?b:", "1");
    check_deep("++", "x");
}

TEST(long_rows_are_no_depth)
{
    static const char *const pieces[] = {"1+", "x,", "a||", "x=1,"};
    struct setting s;

    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        char *text = repeat(pieces[i], 200000, "2");
        const struct arith *tree;

        start(&s);
        tree = parse(&s, text);
        CHECK(tree != NULL);
        CHECK_INT(tree != NULL && arith_assigns(tree), i == 3);
        stop(&s);
        mem_free(text);
    }
}

/* A word of the text, in which $ is a parameter, % one with an operand and @ is $@. */
static void check_word(const char *pattern, const char *expected)
{
    struct part parts[64] = {{0}};
    struct word word = {.parts = pattern[0] == '\0' ? NULL : parts};
    const struct arith *tree;
    struct buf buf = {0};
    struct setting s;

    for (size_t i = 0; pattern[i] != '\0'; i++) {
        parts[i].next = pattern[i + 1] == '\0' ? NULL : &parts[i + 1];
        if (strchr("$%@", pattern[i]) == NULL) {
            parts[i].text.bytes = &pattern[i];
            parts[i].text.length = 1;
            continue;
        }
        parts[i].kind = PART_PARAMETER;
        parts[i].parameter.kind = pattern[i] == '@' ? PARAMETER_SPECIAL : PARAMETER_POSITION;
        parts[i].parameter.special = '@';
        parts[i].parameter.op = pattern[i] == '%' ? OP_DEFAULT : OP_NONE;
    }
    start(&s);
    tree = arith_parse_word(&word, &s.arena, &s.names, &s.depth);
    if (tree != NULL) {
        dump(&buf, tree, NULL);
    }
    CHECK_TEXT(buf_text(&buf), expected);
    buf_free(&buf);
    stop(&s);
}

TEST(parameters_as_operands)
{
    check_word("$", "$0");
    check_word("", "0");
    check_word("1+$*$", "(+ 1 (* $0 $1))");
    check_word("-$", "(u- $0)");
    check_word("++$", "(u+ (u+ $0))");
    check_word("x=$,$", "(, (= x $0) $1)");
    check_word("($?$:$)", "(? $0 $1 $2)");
    check_word("$++ +$", "(+ $0 (u+ (u+ $1)))");
    check_word("$$", "");
    check_word("$1", "");
    check_word("1$", "");
    check_word("x$", "");
    check_word("$x", "");
    check_word("$ 1", "");
    check_word("$=1", "");
    check_word("$++", "");
    check_word("1+%", "");
    check_word("1+@", "");
    check_word("$+$+$+$+$+$+$+$+$+$+$+$+$+$+$+$+$", "");
}

TEST(assigns)
{
    static const struct {
        const char *text;
        bool assigns;
    } cases[] = {
        {"1", false},        {"x", false},         {"-x+y*z", false},   {"a?b:c", false},
        {"x=1", true},       {"1+(x+=2)", true},   {"a?b:(c=1)", true}, {"a?b++:c", true},
        {"1,x--", true},     {"--x*2", true},      {"a||(b=1)", true},  {"!x==y", false},
        {"-(-(x=1))", true}, {"a && b, c", false},
    };
    struct setting s;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct arith *tree;

        start(&s);
        tree = parse(&s, cases[i].text);
        CHECK_INT(tree != NULL && arith_assigns(tree), cases[i].assigns);
        stop(&s);
    }
}
