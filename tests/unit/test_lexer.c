/* test_lexer.c -- words: quoting, expansions, tildes, traits, and input that comes in pieces. */
#include "unit.h"

#include "tree_dump.h"

#include "base/mem.h"

static struct buf said;

/* One word as the only word of a command. */
#define CHECK_WORD(WORD, DUMP) CHECK_TEXT(dump_script(&said, WORD, NULL), "(" DUMP ")\n")

TEST(quoting)
{
    CHECK_WORD("abc", "[<abc>]L");
    CHECK_WORD("'a b'", "[\"<a b>]LQ");
    CHECK_WORD("a'b'c", "[<a>\"<b><c>]LQ=abc");
    CHECK_WORD("'a'\"b\"\\c", "[\"<abc>]LQ");
    CHECK_WORD("\"a\\b\\$\\`\\\"\\\\\\\nc\"", "[^\"<a\\b$`\"\\c>]LQ");
    CHECK_WORD("\"\"", "[^\"<>]LQ");
    CHECK_WORD("''", "[\"<>]LQ");
    CHECK_WORD("\"\"$x\"\"", "[^\"<>$x^\"<>]SQX");
    CHECK_WORD("\"a$x\"\"b$y\"", "[^\"<a>\"$x^\"<b>\"$y]QX");
    CHECK_WORD("a\\\nb", "[<ab>]L");
    CHECK_WORD("'a\\\nb'", "[\"<a\\\\nb>]LQ");
    CHECK_WORD("a$", "[<a$>]L");
    CHECK_WORD("\"$\"", "[^\"<$>]LQ");
    CHECK_WORD("$\"a\"", "[<$>^\"<a>]LQ=$a");
}

TEST(dollar_quotes)
{
    CHECK_WORD("$'a\\nb'", "[\"<a\\nb>]LQ");
    CHECK_WORD("$'\\x41\\101\\u00e9\\U0001F600\\''", "[\"<AA\u00e9\U0001F600'>]LQ");
    CHECK_WORD("$'\\cA\\c?\\e\\a'", "[\"<\001\177\033\a>]LQ");
    CHECK_WORD("$'a\\0b'c", "[\"<a><c>]LQ=ac");
    CHECK_WORD("$'\\\"\\?\\\\\\z'", "[\"<\"?\\\\z>]LQ");
    CHECK_WORD("$'\\7a\\1234'", "[\"<\aaS4>]LQ");
    CHECK_WORD("\"$'a'\"", "[^\"<$'a'>]LQ");
}

TEST(globs)
{
    CHECK_WORD("a*", "[<a*>]G");
    CHECK_WORD("a\\*", "[<a>\"<*>]LQ=a*");
    CHECK_WORD("[", "[<[>]L");
    CHECK_WORD("]", "[<]>]L");
    CHECK_WORD("[a]", "[<[a]>]G");
    CHECK_WORD("]a[", "[<]a[>]L");
    CHECK_WORD("[\"a\"]", "[<[>^\"<a><]>]GQ");
    CHECK_WORD("[a\"]\"", "[<[a>^\"<]>]LQ=[a]");
}

TEST(parameters)
{
    CHECK_WORD("$x", "[$x]SX");
    CHECK_WORD("$x1_-", "[$x1_<->]SX");
    CHECK_WORD("$10", "[$1<0>]SX");
    CHECK_WORD("${10}", "[${10}]SX");
    CHECK_WORD("$@", "[$@]S@X");
    CHECK_WORD("\"$*\"", "[^\"$*]Q@X");
    CHECK_WORD("${x:-a}", "[${x:-[<a>]L}]SX");
    CHECK_WORD("${x=a b}", "[${x=[<a b>]L}]SEX");
    CHECK_WORD("${x?}", "[${x?[]L}]SEX");
    CHECK_WORD("${x+$(a)}", "[${x+[$(([<a>]L))]SRX}]SRX");
    CHECK_WORD("${x##*.}", "[${x##[<*.>]G}]SX");
    CHECK_WORD("${x%'}'}", "[${x%[\"<}>]LQ}]SX");
    CHECK_WORD("$\\\n{\\\nx\\\ny}", "[${xy}]SX");
    CHECK_WORD("$x\\\ny", "[$xy]SX");
}

TEST(the_parameter_hash)
{
    CHECK_WORD("${#}", "[${#}]SX");
    CHECK_WORD("${#x}", "[${x length}]SX");
    CHECK_WORD("${##}", "[${# length}]SX");
    CHECK_WORD("${#-}", "[${- length}]SX");
    CHECK_WORD("${#?}", "[${? length}]SX");
    CHECK_WORD("${#-x}", "[${#-[<x>]L}]SX");
    CHECK_WORD("${#?x}", "[${#?[<x>]L}]SEX");
    CHECK_WORD("${##x}", "[${##[<x>]L}]SX");
    CHECK_WORD("${###}", "[${###[]L}]SX");
    CHECK_WORD("${#%x}", "[${#%[<x>]L}]SX");
    CHECK_WORD("${#:-x}", "[${#:-[<x>]L}]SX");
    CHECK_WORD("${#@}", "[${@ length}]SX");
    CHECK_WORD("${#12}", "[${12 length}]SX");
}

TEST(unknown_forms_are_kept)
{
    CHECK_WORD("${x//a/b}", "[bad<${x//a/b}>]SEX");
    CHECK_WORD("${}", "[bad<${}>]SEX");
    CHECK_WORD("\"${x:1}\"", "[^\"bad<${x:1}>]EQX");
    CHECK_WORD("${x/'}'/\\}}a", "[bad<${x/'}'/\\}}><a>]SEX");
    CHECK_WORD("${!x${y}}", "[bad<${!x${y}}>]SEX");
    CHECK_WORD("${#x-}", "[bad<${#x-}>]SEX");
    CHECK_WORD("${x/$(})}", "[bad<${x/$(})}>]SEX");
}

TEST(operands_inside_double_quotes)
{
    CHECK_WORD("\"${x+'b'}\"", "[^\"${x+[^\"<'b'>]LQ}]QX");
    CHECK_WORD("\"${x#'b'}\"", "[^\"${x#[\"<b>]LQ}]QX");
    CHECK_WORD("\"${x-\"}\"}\"", "[^\"${x-[^\"<}>]LQ}]QX");
    CHECK_WORD("\"${x-\\}\\a}\"", "[^\"${x-[^\"<}\\a>]LQ}]QX");
    CHECK_WORD("\"${x-~}\"", "[^\"${x-[^\"<~>]LQ}]QX");
    CHECK_WORD("${x-~/a}", "[${x-[~</a>]T}]SX");
}

TEST(tildes)
{
    CHECK_WORD("~", "[~]T");
    CHECK_WORD("~u/a", "[~u</a>]T");
    CHECK_WORD("a~", "[<a~>]L");
    CHECK_WORD("~'u'", "[<~>\"<u>]LQ=~u");
    CHECK_WORD("~$u", "[<~>$u]SX");
    CHECK_WORD("~a:b", "[<~a:b>]L");
    CHECK_WORD("a x=~:~b/c:d", "[<a>]L [<x=>~?<:>~b?</c:d>]A");
    CHECK_WORD("a x='~':~", "[<a>]L [<x=>\"<~><:>~?]QA");
    CHECK_WORD("x=~:a:~", "x=[~<:a:>~]T ");
    CHECK_WORD("a --x=~", "[<a>]L [<--x=~>]L");
    CHECK_WORD("~\\\nu/a", "[~u</a>]T");
}

TEST(command_substitutions)
{
    CHECK_WORD("$()", "[$(())]SRX");
    CHECK_WORD("\"$(a;b)\"", "[^\"$((list ([<a>]L);([<b>]L);))]RQX");
    CHECK_WORD("$(case x in x) a;; esac)", "[$((case [<x>]L [<x>]L)([<a>]L);;))]SRX");
    CHECK_WORD("$(a # )\n)", "[$(([<a>]L))]SRX");
    CHECK_WORD("`a \\`b \\\\$c\\``", "[`([<a>]L [`([<b>]L [$c]SX)`]SRX)`]SRX");
    CHECK_WORD("\"`a \\\"b\\\"`\"", "[^\"`([<a>]L [^\"<b>]LQ)`]RQX");
    CHECK_WORD("`a \\\"b\\\"`", "[`([<a>]L [\"<\"><b>\"<\">]LQ=\"b\")`]SRX");
    CHECK_WORD("$\\\n(a)", "[$(([<a>]L))]SRX");
}

TEST(arithmetic)
{
    CHECK_WORD("$((1+2))", "[$((tree [^\"<1+2>]LQ))]SX");
    CHECK_WORD("$((x=1))", "[$((tree [^\"<x=1>]LQ))]SEX");
    CHECK_WORD("$((1+))", "[$(([^\"<1+>]LQ))]SEX");
    CHECK_WORD("$(( \"1\" + (2) ))", "[$((tree [^\"< 1 + (2) >]LQ))]SX");
    CHECK_WORD("$(($x))", "[$((tree [^\"$x]QX))]SEX");
    CHECK_WORD("$((a) ; b)", "[$((list (subshell ([<a>]L));([<b>]L);))]SRX");
    CHECK_WORD("$((echo \"((\") ; b)",
               "[$((list (subshell ([<echo>]L [^\"<((>]LQ));([<b>]L);))]SRX");
    CHECK_WORD("$(($((1) )+1))", "[$(([^\"$((subshell ([<1>]L)))\"<+1>]RQX))]SREX");
    CHECK_WORD("a$((a) )", "[<a>$((subshell ([<a>]L)))]SRX");
    CHECK_WORD("$\\\n(\\\n(1)\\\n)", "[$((tree [^\"<1>]LQ))]SX");
}

/* ---- pieces ---- */

struct pieces {
    const char *at;
    const char *end;
    size_t size;
    char *piece;
    int asked;   /* how often for more */
    int started; /* of these, at the start of a command */
};

static bool next_piece(struct source *source, bool starts)
{
    struct pieces *pieces = source->context;
    size_t left = (size_t)(pieces->end - pieces->at);
    size_t length = left < pieces->size ? left : pieces->size;

    pieces->asked++;
    pieces->started += starts;
    mem_free(pieces->piece);
    pieces->piece = NULL;
    if (length == 0) {
        return false;
    }
    pieces->piece = mem_text_n(pieces->at, length);
    pieces->at += length;
    source->at = pieces->piece;
    source->end = pieces->piece + length;
    return true;
}

TEST(the_size_of_pieces_makes_no_difference)
{
    static const char script[] =
        "x=~/a:'b c' cmd \"d $e\" $(f; g) `h \\`i\\`` ${j:-k l} ${m//n/o} >p 2>&1 <<E\n"
        "q $r \\\ns\nE\nif a &\\\n& b; then c$'\\n\\x41'; fi # comment\nt\0u\n"
        "v $((w) ; x) y$((1+\n2)) z\ncase a in (b|c) ;; *) d ;& esac\n";
    struct buf whole = {0};
    struct source source;

    source_text(&source, script, sizeof(script) - 1, 1);
    dump_source(&whole, &source, NULL);
    CHECK(strstr(buf_text(&whole), "error") == NULL);
    for (size_t size = 1; size < 20; size++) {
        struct pieces pieces = {script, script + sizeof(script) - 1, size, NULL, 0, 0};

        source = (struct source){.line = 1, .more = next_piece, .context = &pieces};
        said.length = 0;
        dump_source(&said, &source, NULL);
        if (!CHECK_TEXT(buf_text(&said), buf_text(&whole))) {
            break;
        }
        mem_free(pieces.piece);
    }
    buf_free(&whole);
}

/* The first complete command alone, from lines; how often they were asked for. */
static int lines_needed(const char *script, size_t line, int *started)
{
    struct pieces pieces = {script, script + strlen(script), line, NULL, 0, 0};
    struct source source = {.line = 1, .more = next_piece, .context = &pieces};
    struct symbols symbols = {0};
    struct programs programs = {.symbols = &symbols};
    struct depth depth = {.base = (const char *)&symbols, .limit = 1 << 20};
    struct parse_input input = {.source = &source, .programs = &programs, .depth = &depth};
    struct diag d = {0};
    struct program *program;

    CHECK_INT(parse_command(&input, &program, &d), PARSE_OK);
    program_release(program);
    mem_free(pieces.piece);
    programs_finish(&programs);
    symbols_free(&symbols);
    *started = pieces.started;
    return pieces.asked;
}

TEST(no_more_is_asked_for_than_the_command_needs)
{
    int started;

    CHECK_INT(lines_needed("ab\ncd\n", 3, &started), 1);
    CHECK_INT(started, 1);
    CHECK_INT(lines_needed("\n\ncd\n", 1, &started), 1);
    CHECK_INT(lines_needed("if a\nthen\nb c\nfi\n\nx", 5, &started), 4);
    CHECK_INT(started, 1);
    CHECK_INT(lines_needed("a<<E\nabc\nE\nxy\n", 5, &started), 3);
    CHECK_INT(lines_needed("#ab\ncde\n", 4, &started), 1);
}
