/* The grid: widths, folding, labels over several columns, escapes, Markdown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "output/grid.h"

/* Cells one after the other; "\f" draws a line above the row that begins, NULL ends them. */
static void check(enum mig_format format, const struct mig_grid_shape *shape,
    const char *const *cells, size_t width, const char *wanted)
{
    struct mig_grid *grid = NULL;
    struct mig_buffer out = {0};
    assert_int_equal(mig_grid_new(&grid, format, shape, NULL), MIG_OK);
    for (; *cells != NULL; cells++)
        assert_int_equal((*cells)[0] == '\f' ? mig_grid_rule(grid, NULL)
                                             : mig_grid_cell(grid, mig_text_of(*cells), NULL),
            MIG_OK);
    assert_int_equal(mig_grid_write(grid, width, &out, NULL), MIG_OK);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_grid_free(grid);
}

static const struct mig_grid_shape two_groups = {1, 1, 2, 2};
static const char *const regions[] = {"region", "n", "%", "F", "M", "Gao", "1", "25.0", "3", "75.0",
    "S\u00e9gou", "2", "66.7", "1", "33.3", "\f", "(total)", "3", "42.9", "4", "57.1", NULL};

static void groups_stand_side_by_side(void **state)
{
    (void)state;
    check(MIG_TEXT, &two_groups, regions, 0,
        "          F         M\n"
        "region    n     %   n     %\n"
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500   "
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500   "
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\n"
        "Gao       1  25.0   3  75.0\n"
        "S\u00e9gou     2  66.7   1  33.3\n"
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500   "
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500   "
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\n"
        "(total)   3  42.9   4  57.1\n");
}

static void a_narrow_page_folds_them(void **state)
{
    (void)state;
    static const char *const cells[] = {"k", "n", "a", "b", "c", "x", "1", "2", "3", NULL};
    static const struct mig_grid_shape shape = {1, 1, 3, 1};
    const char *folded = "    a   b\n"
                         "k   n   n\n"
                         "\u2500   \u2500   \u2500\n"
                         "x   1   2\n"
                         "\n"
                         "    c\n"
                         "k   n\n"
                         "\u2500   \u2500\n"
                         "x   3\n";
    check(MIG_TEXT, &shape, cells, 9, folded);
    check(MIG_TEXT, &shape, cells, 12, folded); /* one short of all three */
    check(MIG_TEXT, &shape, cells, 13,
        "    a   b   c\n"
        "k   n   n   n\n"
        "\u2500   \u2500   \u2500   \u2500\n"
        "x   1   2   3\n");
}

static void neighbours_share_a_label(void **state)
{
    (void)state;
    static const char *const cells[] = {
        "k", "n", "Gao", "F", "Gao", "M", "Kayes", "F", "x", "1", "2", "3", NULL};
    check(MIG_TEXT, &(struct mig_grid_shape){1, 2, 3, 1}, cells, 0,
        "    Gao         Kayes\n" /* each is as wide as its labels: the page may be folded there */
        "    F     M     F\n"
        "k     n     n       n\n"
        "\u2500   \u2500\u2500\u2500   \u2500\u2500\u2500   \u2500\u2500\u2500\u2500\u2500\n"
        "x     1     2       3\n");
}

static void long_texts_are_broken_between_words(void **state)
{
    (void)state;
    static const char *const cells[] = {
        "why", "n", "a label of several words", "lack of water", "1", NULL};
    check(MIG_TEXT, &(struct mig_grid_shape){1, 1, 1, 1}, cells, 30,
        "                a label\n"
        "                of\n"
        "                several\n"
        "                words\n"
        "why                   n\n"
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500   "
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\n"
        "lack of water         1\n");
    static const char *const rows[] = {
        "k", "n", "a", "one two three four five", "1", "one two", "2", NULL};
    check(MIG_TEXT, &(struct mig_grid_shape){1, 1, 1, 1}, rows, 30,
        "                  a\n"
        "k                 n\n"
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500"
        "   \u2500\n"
        "one two three     1\n"
        "four five\n"
        "one two           2\n");
}

static void what_repeats_at_the_left_is_written_once(void **state)
{
    (void)state;
    static const char *const cells[] = {
        "r", "y", "n", "a", "1", "7", "a", "2", "8", "b", "2", "9", NULL};
    check(MIG_TEXT, &(struct mig_grid_shape){2, 0, 1, 1}, cells, 0,
        "r  y   n\n"
        "\u2500  \u2500   \u2500\n"
        "a  1   7\n"
        "   2   8\n"
        "b  2   9\n");
}

static void columns_without_content_are_left_out(void **state)
{
    (void)state;
    static const char *const cells[] = {
        "r", "nothing", "", "p", "none", "df", "a", "", "1", "", "2", NULL};
    check(MIG_TEXT, &(struct mig_grid_shape){2, 1, 3, 1}, cells, 0,
        "r   p   df\n"
        "\u2500   \u2500   \u2500\u2500\n"
        "a   1    2\n");
    check(MIG_MD, &(struct mig_grid_shape){2, 1, 3, 1}, cells, 0,
        "| r | p | df |\n"
        "|:--|--:|--:|\n"
        "| a | 1 | 2 |\n");
}

static void markdown_joins_the_cells_of_a_group(void **state)
{
    (void)state;
    check(MIG_MD, &two_groups, regions, 10,
        "| region | F | M |\n"
        "|:--|--:|--:|\n"
        "| Gao | 1 (25.0) | 3 (75.0) |\n"
        "| S\u00e9gou | 2 (66.7) | 1 (33.3) |\n"
        "| (total) | 3 (42.9) | 4 (57.1) |\n");
    static const char *const three[] = {
        "k", "n", "%", "interval", "a*|b", "1", "2", "1-3", "c", "1", "", "", NULL};
    check(MIG_MD, &(struct mig_grid_shape){1, 0, 1, 3}, three, 0,
        "| k | n (%; interval) |\n"
        "|:--|--:|\n"
        "| a\\*\\|b | 1 (2; 1-3) |\n"
        "| c | 1 |\n");
}

static void no_cell_drives_the_terminal(void **state)
{
    (void)state;
    static const char *const cells[] = {"k", "n", "a\033[31m\nb", "1", NULL};
    check(MIG_TEXT, &(struct mig_grid_shape){1, 0, 1, 1}, cells, 0,
        "k          n\n"
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500   \u2500\n"
        "a\u241b[31m\u23ceb   1\n");
}

static void no_rows_leave_the_headings(void **state)
{
    (void)state;
    static const char *const cells[] = {"k", "n", NULL};
    check(MIG_TEXT, &(struct mig_grid_shape){1, 0, 1, 1}, cells, 0,
        "k   n\n"
        "\u2500   \u2500\n");
}

static void an_incomplete_row_is_an_error(void **state)
{
    (void)state;
    struct mig_grid *grid = NULL;
    struct mig_buffer out = {0};
    struct mig_error error = {0};
    assert_int_equal(mig_grid_new(&grid, MIG_TEXT, &two_groups, NULL), MIG_OK);
    assert_int_equal(mig_grid_cell(grid, mig_text_of("x"), NULL), MIG_OK);
    assert_int_equal(mig_grid_write(grid, 0, &out, &error), MIG_ARGUMENT);
    mig_buffer_release(&out);
    mig_grid_free(grid);
    mig_grid_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_stand_side_by_side),
        cmocka_unit_test(a_narrow_page_folds_them),
        cmocka_unit_test(neighbours_share_a_label),
        cmocka_unit_test(long_texts_are_broken_between_words),
        cmocka_unit_test(what_repeats_at_the_left_is_written_once),
        cmocka_unit_test(columns_without_content_are_left_out),
        cmocka_unit_test(markdown_joins_the_cells_of_a_group),
        cmocka_unit_test(no_cell_drives_the_terminal),
        cmocka_unit_test(no_rows_leave_the_headings),
        cmocka_unit_test(an_incomplete_row_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
