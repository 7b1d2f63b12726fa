/* test.c -- test and [: conditions (XCU test). */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "builtin/table.h"
#include "exec/builtin.h"
#include "state/shell.h"

enum { TRUE = 0, FALSE = 1, WRONG = 2 };

struct test {
    struct call *c;
    char **at; /* next operand of the expression */
    char **end;
    bool wrong; /* a message was printed */
};

static bool complain(struct test *t, const char *what, const char *why)
{
    if (!t->wrong) {
        call_warn(t->c, "%s: %s", what, why);
    }
    t->wrong = true;
    return false;
}

/* ---- numbers ---- */

/* Decimal with an optional sign, blanks around; nothing else, so nothing in it is ever evaluated.
 */
static bool parse_number(const char *text, int64_t *value)
{
    while (*text == ' ' || (*text >= '\t' && *text <= '\r')) {
        text++;
    }
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    const char *digits = text;
    uint64_t sum = 0;
    uint64_t most = (uint64_t)INT64_MAX + negative;
    for (; *text >= '0' && *text <= '9'; text++) {
        unsigned digit = (unsigned)*text - '0';
        if (sum > (most - digit) / 10) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    if (text == digits) {
        return false;
    }
    while (*text == ' ' || (*text >= '\t' && *text <= '\r')) {
        text++;
    }
    *value = (int64_t)(negative ? 0 - sum : sum);
    return *text == '\0';
}

static bool number(struct test *t, const char *text, int64_t *value)
{
    return parse_number(text, value) || complain(t, text, "integer expected");
}

/* ---- binary primaries ---- */

enum binary {
    BINARY_NONE,
    BINARY_SAME,
    BINARY_DIFFERENT,
    BINARY_BEFORE,
    BINARY_AFTER,
    BINARY_EQ,
    BINARY_NE,
    BINARY_GT,
    BINARY_GE,
    BINARY_LT,
    BINARY_LE,
    BINARY_NT,
    BINARY_OT,
    BINARY_EF,
    BINARY_AND,
    BINARY_OR,
};

static enum binary dash_operator(const char *word)
{
    static const struct {
        char name[2];
        enum binary op;
    } rows[] = {
        {"eq", BINARY_EQ}, {"ne", BINARY_NE}, {"gt", BINARY_GT}, {"ge", BINARY_GE},
        {"lt", BINARY_LT}, {"le", BINARY_LE}, {"nt", BINARY_NT}, {"ot", BINARY_OT},
        {"ef", BINARY_EF}, {"a", BINARY_AND}, {"o", BINARY_OR},
    };
    if (word[1] == '\0' || (word[2] != '\0' && word[3] != '\0')) {
        return BINARY_NONE;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (word[1] == rows[i].name[0] && word[2] == rows[i].name[1]) {
            return rows[i].op;
        }
    }
    return BINARY_NONE;
}

static enum binary binary_operator(const char *word)
{
    switch (word[0]) {
    case '=':
        return word[1] == '\0' || (word[1] == '=' && word[2] == '\0') ? BINARY_SAME : BINARY_NONE;
    case '!':
        return word[1] == '=' && word[2] == '\0' ? BINARY_DIFFERENT : BINARY_NONE;
    case '<':
        return word[1] == '\0' ? BINARY_BEFORE : BINARY_NONE;
    case '>':
        return word[1] == '\0' ? BINARY_AFTER : BINARY_NONE;
    case '-':
        return dash_operator(word);
    default:
        return BINARY_NONE;
    }
}

static bool is_newer(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec != b->st_mtim.tv_sec ? a->st_mtim.tv_sec > b->st_mtim.tv_sec
                                                  : a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/* An absent file is older than any other. */
static bool compare_files(const char *left, enum binary op, const char *right)
{
    struct stat a;
    struct stat b;
    bool has_a = stat(left, &a) == 0;
    bool has_b = stat(right, &b) == 0;
    if (op == BINARY_EF) {
        return has_a && has_b && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
    }
    if (op == BINARY_NT) {
        return has_a && (!has_b || is_newer(&a, &b));
    }
    return has_b && (!has_a || is_newer(&b, &a));
}

static bool compare_numbers(struct test *t, const char *left, enum binary op, const char *right)
{
    int64_t a = 0;
    int64_t b = 0;
    if (!number(t, left, &a) || !number(t, right, &b)) {
        return false;
    }
    switch ((int)op) {
    case BINARY_EQ:
        return a == b;
    case BINARY_NE:
        return a != b;
    case BINARY_GT:
        return a > b;
    case BINARY_GE:
        return a >= b;
    case BINARY_LT:
        return a < b;
    default:
        return a <= b;
    }
}

static bool binary(struct test *t, const char *left, enum binary op, const char *right)
{
    switch (op) {
    case BINARY_SAME:
        return strcmp(left, right) == 0;
    case BINARY_DIFFERENT:
        return strcmp(left, right) != 0;
    case BINARY_BEFORE:
        return strcmp(left, right) < 0;
    case BINARY_AFTER:
        return strcmp(left, right) > 0;
    case BINARY_EQ:
    case BINARY_NE:
    case BINARY_GT:
    case BINARY_GE:
    case BINARY_LT:
    case BINARY_LE:
        return compare_numbers(t, left, op, right);
    case BINARY_NT:
    case BINARY_OT:
    case BINARY_EF:
        return compare_files(left, op, right);
    case BINARY_AND:
        return *left != '\0' && *right != '\0';
    case BINARY_OR:
        return *left != '\0' || *right != '\0';
    case BINARY_NONE:
        break;
    }
    return false;
}

/* ---- unary primaries ---- */

static bool is_unary(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && word[2] == '\0' &&
           strchr("bcdefghknprstuwxzGLNOS", word[1]) != NULL;
}

static bool is_type(const struct stat *info, char op)
{
    static const struct {
        char op;
        mode_t type;
    } types[] = {{'b', S_IFBLK}, {'c', S_IFCHR}, {'d', S_IFDIR}, {'f', S_IFREG},
                 {'h', S_IFLNK}, {'L', S_IFLNK}, {'p', S_IFIFO}, {'S', S_IFSOCK}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (types[i].op == op) {
            return (info->st_mode & S_IFMT) == types[i].type;
        }
    }
    return false;
}

static bool file_is(char op, const char *path)
{
    struct stat info;
    bool is_link = op == 'h' || op == 'L';
    if ((is_link ? lstat(path, &info) : stat(path, &info)) != 0) {
        return false;
    }
    switch (op) {
    case 'e':
        return true;
    case 's':
        return info.st_size > 0;
    case 'g':
        return (info.st_mode & S_ISGID) != 0;
    case 'u':
        return (info.st_mode & S_ISUID) != 0;
    case 'k':
        return (info.st_mode & S_ISVTX) != 0;
    case 'O':
        return info.st_uid == geteuid();
    case 'G':
        return info.st_gid == getegid();
    case 'N':
        return info.st_mtim.tv_sec != info.st_atim.tv_sec
                   ? info.st_mtim.tv_sec > info.st_atim.tv_sec
                   : info.st_mtim.tv_nsec > info.st_atim.tv_nsec;
    default:
        return is_type(&info, op);
    }
}

static bool is_terminal(struct test *t, const char *text)
{
    int64_t fd = 0;
    if (!number(t, text, &fd) || fd < 0 || fd > 0x7fffffff) {
        return false;
    }
    bool captured = (fd == 1 || fd == 2) && t->c->sh->captured[fd] != NULL;
    return !captured && isatty((int)fd);
}

static bool unary(struct test *t, char op, const char *operand)
{
    switch (op) {
    case 'n':
        return *operand != '\0';
    case 'z':
        return *operand == '\0';
    case 't':
        return is_terminal(t, operand);
    case 'r':
        return faccessat(AT_FDCWD, operand, R_OK, AT_EACCESS) == 0;
    case 'w':
        return faccessat(AT_FDCWD, operand, W_OK, AT_EACCESS) == 0;
    case 'x':
        return faccessat(AT_FDCWD, operand, X_OK, AT_EACCESS) == 0;
    default:
        return file_is(op, operand);
    }
}

/* ---- more than four operands, and what the rules for fewer leave open ---- */

static bool is_word(const char *word, char byte)
{
    return word[0] == byte && word[1] == '\0';
}

static bool is_dash_word(const char *word, char byte)
{
    return word[0] == '-' && word[1] == byte && word[2] == '\0';
}

static bool either(struct test *t);

static bool parenthesized(struct test *t)
{
    t->at++;
    if (!depth_ok(&t->c->sh->depth)) {
        return complain(t, "(", "nested too deeply");
    }
    bool value = either(t);
    if (t->wrong) {
        return false;
    }
    if (t->at == t->end || !is_word(*t->at, ')')) {
        return complain(t, t->at == t->end ? "(" : *t->at, "missing )");
    }
    t->at++;
    return value;
}

static bool primary(struct test *t)
{
    char **at = t->at;
    size_t left = (size_t)(t->end - at);
    if (left == 0) {
        return complain(t, t->end[-1], "argument expected");
    }
    enum binary op = left >= 3 ? binary_operator(at[1]) : BINARY_NONE;
    if (op != BINARY_NONE && op != BINARY_AND && op != BINARY_OR) {
        t->at += 3;
        return binary(t, at[0], op, at[2]);
    }
    if (is_word(at[0], '(') && left > 1) {
        return parenthesized(t);
    }
    if (is_unary(at[0]) && left > 1) {
        t->at += 2;
        return unary(t, at[0][1], at[1]);
    }
    t->at++;
    return *at[0] != '\0';
}

static bool negation(struct test *t)
{
    bool negated = false;
    while (t->end - t->at > 1 && is_word(*t->at, '!') &&
           !(t->end - t->at > 2 && binary_operator(t->at[1]) != BINARY_NONE &&
             binary_operator(t->at[1]) < BINARY_AND)) {
        negated = !negated;
        t->at++;
    }
    return primary(t) != negated;
}

static bool both(struct test *t)
{
    bool value = negation(t);
    while (!t->wrong && t->at < t->end && is_dash_word(*t->at, 'a')) {
        t->at++;
        bool right = negation(t);
        value = value && right;
    }
    return value;
}

static bool either(struct test *t)
{
    bool value = both(t);
    while (!t->wrong && t->at < t->end && is_dash_word(*t->at, 'o')) {
        t->at++;
        bool right = both(t);
        value = value || right;
    }
    return value;
}

static bool expression(struct test *t)
{
    bool value = either(t);
    if (!t->wrong && t->at < t->end) {
        return complain(t, *t->at, "unexpected operand");
    }
    return value;
}

/* ---- the rules by number of operands ---- */

static bool two(struct test *t, char **at)
{
    if (is_word(at[0], '!')) {
        return *at[1] == '\0';
    }
    if (is_unary(at[0])) {
        return unary(t, at[0][1], at[1]);
    }
    return complain(t, at[0], "unary operator expected");
}

static bool three(struct test *t, char **at)
{
    enum binary op = binary_operator(at[1]);
    if (op != BINARY_NONE) {
        return binary(t, at[0], op, at[2]);
    }
    if (is_word(at[0], '!')) {
        return !two(t, at + 1);
    }
    if (is_word(at[0], '(') && is_word(at[2], ')')) {
        return *at[1] != '\0';
    }
    return complain(t, at[1], "binary operator expected");
}

static bool four(struct test *t, char **at)
{
    if (is_word(at[0], '!')) {
        return !three(t, at + 1);
    }
    if (is_word(at[0], '(') && is_word(at[3], ')')) {
        return two(t, at + 1);
    }
    return expression(t);
}

int builtin_test(struct call *c)
{
    char **at = c->argv + 1;
    int count = c->argc - 1;
    if (is_word(c->argv[0], '[')) {
        if (count == 0 || !is_word(at[count - 1], ']')) {
            call_warn(c, "missing ]");
            return WRONG;
        }
        count--;
    }
    struct test t = {.c = c, .at = at, .end = at + count};
    bool value = false;
    switch (count) {
    case 0:
        return FALSE;
    case 1:
        return *at[0] != '\0' ? TRUE : FALSE;
    case 2:
        value = two(&t, at);
        break;
    case 3:
        value = three(&t, at);
        break;
    case 4:
        value = four(&t, at);
        break;
    default:
        value = expression(&t);
        break;
    }
    return t.wrong ? WRONG : value ? TRUE : FALSE;
}
