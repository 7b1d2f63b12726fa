/* test_symbol.c -- interned names and the references that hold them. */
#include "unit.h"

#include <stdio.h>
#include <sys/wait.h>

#include "symbol_tools.h"

/* Stands for any binding: floor 0 only looks whether there is one. */
static char binding;

TEST(the_same_name_is_the_same_symbol)
{
    struct symbols table = {0};
    struct symbol *a;

    CHECK(symbol_find(&table, "name", 4) == NULL);
    a = symbol_intern(&table, "name and more", 4);
    CHECK_TEXT(a->text, "name");
    CHECK_INT(a->length, 4);
    CHECK_INT(a->references, 1);
    CHECK(symbol_intern(&table, "name", 4) == a);
    CHECK_INT(a->references, 2);
    CHECK(symbol_find(&table, "name", 4) == a);
    CHECK_INT(a->references, 2);
    CHECK(symbol_find(&table, "nam", 3) == NULL);
    CHECK(symbol_intern(&table, "", 0)->length == 0);
    CHECK(a->variable == NULL && a->builtin == NULL && a->special == 0);
    symbols_free(&table);
}

TEST(the_last_reference_takes_the_symbol_along)
{
    struct symbols table = {0};
    struct symbol *a = symbol_intern(&table, "a", 1);

    symbol_intern(&table, "a", 1);
    symbol_release(&table, a);
    CHECK(symbol_find(&table, "a", 1) == a);
    symbol_release(&table, a);
    CHECK(!symbol_is_held(a));
    CHECK_INT(held_symbols(&table), 0);
    symbols_free(&table);
}

TEST(a_binding_holds_the_symbol)
{
    for (int slot = 0; slot < 5; slot++) {
        struct symbols table = {0};
        struct symbol *a = symbol_intern(&table, "a", 1);

        switch (slot) {
        case 0:
            a->variable = (struct variable *)&binding;
            break;
        case 1:
            a->function = (struct function *)&binding;
            break;
        case 2:
            a->builtin = (const struct builtin *)&binding;
            break;
        case 3:
            a->alias = (struct alias *)&binding;
            break;
        default:
            a->path = (struct remembered *)&binding;
            break;
        }
        symbol_release(&table, a);
        CHECK(symbol_find(&table, "a", 1) == a);
        CHECK_INT(a->references, 0);
        /* How floor 3 drops a binding: hold, unbind, release. */
        symbol_intern(&table, "a", 1);
        a->variable = NULL;
        a->function = NULL;
        a->builtin = NULL;
        a->alias = NULL;
        a->path = NULL;
        symbol_release(&table, a);
        CHECK_INT(held_symbols(&table), 0);
        symbols_free(&table);
    }
}

TEST(names_and_other_texts)
{
    static const char *const names[] = {"a", "Z", "_", "_1", "abc_DEF_09", "zZ"};
    static const char *const others[] = {"",         "1", "9a", "a-b", "a=", " a", "a.b",
                                         "\303\244", "@", "`",  "[",   "{",  "/",  ":"};
    struct symbols table = {0};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        CHECK(symbol_is_name(names[i], strlen(names[i])));
        CHECK(symbol_intern(&table, names[i], strlen(names[i]))->is_name);
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        CHECK(!symbol_is_name(others[i], strlen(others[i])));
        CHECK(!symbol_intern(&table, others[i], strlen(others[i]))->is_name);
    }
    CHECK(!symbol_is_name("a\0b", 3));
    symbols_free(&table);
}

TEST(many_symbols_survive_growth_and_gaps)
{
    enum { MANY = 20000 };
    static struct symbol *held[MANY];
    struct symbols table = {0};
    char name[32];
    size_t at = 0;
    int met = 0;

    for (unsigned i = 0; i < MANY; i++) {
        held[i] = symbol_intern(&table, name, (size_t)sprintf(name, "n%u", i));
    }
    for (unsigned i = 0; i < MANY; i += 3) {
        symbol_release(&table, held[i]);
    }
    for (unsigned i = 0; i < MANY; i++) {
        struct symbol *found = symbol_find(&table, name, (size_t)sprintf(name, "n%u", i));

        bool gone = found == NULL || !symbol_is_held(found);

        if (!CHECK(gone == (i % 3 == 0) && (gone || found == held[i]))) {
            break;
        }
    }
    while (symbol_next(&table, &at) != NULL) {
        met++;
    }
    CHECK_INT(met, table.count);
    for (unsigned i = 0; i < MANY; i++) {
        if (i % 3 != 0) {
            symbol_release(&table, held[i]);
        }
    }
    CHECK_INT(held_symbols(&table), 0);
    CHECK(table.capacity <= 512);
    symbols_free(&table);
}

TEST(a_million_names_that_come_and_go_leave_no_room_behind)
{
    struct symbols table = {0};
    struct symbol *last = NULL;
    char name[32];

    for (unsigned i = 0; i < 1000000; i++) {
        struct symbol *symbol = symbol_intern(&table, name, (size_t)sprintf(name, "n%u", i));

        if (last != NULL) {
            symbol_release(&table, last);
        }
        last = symbol;
    }
    CHECK_INT(held_symbols(&table), 1);
    CHECK(table.capacity <= 512);
    symbols_free(&table);
}

TEST(a_list_gives_back_what_it_took)
{
    struct symbols table = {0};
    struct symbol_list list = {.table = &table};
    struct symbol *mine = symbol_intern(&table, "n7", 2);
    char name[32];

    for (unsigned i = 0; i < 100; i++) {
        symbol_list_intern(&list, name, (size_t)sprintf(name, "n%u", i % 10));
    }
    CHECK_INT(list.count, 100);
    CHECK_INT(held_symbols(&table), 10);
    CHECK_INT(mine->references, 11);
    symbol_list_release(&list);
    CHECK_INT(held_symbols(&table), 1);
    CHECK_INT(mine->references, 1);
    CHECK(list.items == NULL && list.table == &table);
    symbol_list_release(&list);
    CHECK(symbol_list_intern(&list, "again", 5) != NULL);
    symbol_list_release(&list);
    symbol_release(&table, mine);
    CHECK_INT(held_symbols(&table), 0);
    symbols_free(&table);
}

TEST(a_list_in_lent_room_moves_when_it_is_full)
{
    struct symbols table = {0};
    struct symbol *room[2];
    struct symbol_list list = {.table = &table, .items = room, .capacity = 2, .lent = true};
    struct symbol *first = symbol_list_intern(&list, "a", 1);

    symbol_list_intern(&list, "b", 1);
    CHECK(list.items == room);
    symbol_list_intern(&list, "c", 1);
    CHECK(list.items != room && list.items[0] == first && list.count == 3);
    CHECK_INT(held_symbols(&table), 3);
    symbol_list_release(&list);
    CHECK_INT(held_symbols(&table), 0);
    list = (struct symbol_list){.table = &table, .items = room, .capacity = 2, .lent = true};
    symbol_list_intern(&list, "b", 1);
    symbol_list_release(&list);
    CHECK_INT(held_symbols(&table), 0);
    symbols_free(&table);
}

static void release_twice(void *arg)
{
    struct symbols table = {0};
    struct symbol *a = symbol_intern(&table, "a", 1);

    a->alias = arg;
    symbol_release(&table, a);
    symbol_release(&table, a);
}

TEST(a_release_too_much_dies)
{
    char said[100];

    CHECK_INT(unit_child(release_twice, &binding, said, sizeof(said)), 2 << 8);
}
