/* mig-place: the codes of places, found by name, checked against codes, or translated between
 * schemes. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/places.h"

enum { LONGEST_PREFIX = 100 };

static const char *column, *code, *parent, *scheme, *from, *to, *suggest, *variants,
    *prefix = "place";
static uint64_t level = UINT64_MAX;
static struct mig_option_list tables;

static const struct mig_option options[] = {{"column", 'c', "COL", MIG_OPTION_TEXT, &column,
                                                N_("The column with the names of places."), NULL},
    {"level", 'l', "NUMBER", MIG_OPTION_COUNT, &level,
        N_("Level of the places: 0 countries, 1 regions, 2 cercles, 3 communes."), NULL},
    {"code", 0, "COL", MIG_OPTION_TEXT, &code,
        N_("The column with their codes, checked against the names, or looked up alone."), NULL},
    {"parent", 'p', "COL", MIG_OPTION_TEXT, &parent,
        N_("The column with the name or code of a larger place that they lie in."), NULL},
    {"scheme", 's', "NAME", MIG_OPTION_TEXT, &scheme,
        N_("Whose names and codes: cod2021 (unless given), cod2015, iso or law2023; for countries "
           "iso (unless given), iso2 or unhcr."),
        NULL},
    {"from", 0, "NAME", MIG_OPTION_TEXT, &from, N_("Look up in this scheme, and ..."), NULL},
    {"to", 0, "NAME", MIG_OPTION_TEXT, &to,
        N_("... answer in that one, where what they hold of the territory allows it exactly."),
        NULL},
    {"suggest", 0, "FILE", MIG_OPTION_TEXT, &suggest,
        N_("Write the names that were not found to FILE, with the nearest places."), NULL},
    {"variants", 0, "FILE", MIG_OPTION_TEXT, &variants,
        N_("Take the spellings that were decided on in FILE, columns name and place_code: a file "
           "of --suggest, filled in."),
        NULL},
    {"as", 0, "PREFIX", MIG_OPTION_TEXT, &prefix,
        N_("Name the new columns PREFIX_code, PREFIX_name and PREFIX_status ('place' unless "
           "given)."),
        NULL},
    {"places", 0, "FILE", MIG_OPTION_LIST, &tables,
        N_("Use this table of places instead of those shipped; may be repeated. Countries that it "
           "names and does not hold are those shipped."),
        NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-place --column region --level 1 --scheme iso synthetic_returns.csv",
        N_("the ISO codes of the regions; cod2021, taken unless told, has no Taoudenit")},
    {"mig-place --column area --level 1 --from law2023 --to cod2021 population_2022_by_region.csv",
        N_("the regions of 2023 in the older ten, refused where that would not be exact")},
    {"mig-place --column synthetic_cercle --code pcode --level 2 --from cod2015 --to cod2021 "
     "examples/cercles_synthetic.csv",
        N_("codes of 2015 in those of 2021, each checked against its name")},
    {"mig-place --column synthetic_country --level 0 --as country --suggest names.csv "
     "examples/countries_synthetic.csv",
        N_("country codes; names that are not found go to names.csv with the nearest ones")},
    {0}};

static const struct mig_command command = {
    .name = "mig-place",
    .purpose = N_("find, check and translate the codes of places"),
    .synopsis = "(--column COL | --code COL)... --level NUMBER [--scheme NAME | --from NAME --to "
                "NAME] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_OUTPUT,
    .details = N_(
        "Three columns are added to the rows: place_code and place_name as the scheme writes them, "
        "and place_status: matched, variant (another spelling), rolled_up (lies in the larger "
        "place given), ambiguous, other_parent, unmatched, split, inexact, vanished, no_place "
        "(unknown, stateless) or missing. Only the first three, and no_place in its own scheme, "
        "have a code.\n\n"
        "Names are equal when they differ in nothing but letter case, accents, hyphens, "
        "apostrophes, blanks, and words such as 'Cercle de' or '[Admin 2]'. The nearest name is "
        "never taken by itself: --suggest offers, you decide, --variants takes.\n\n"
        "With names and codes, rows whose code is that of another place end the command with an "
        "explanation: 41 of the 50 codes of cercles of 2015 were given to other cercles in 2021. "
        "Rows left without a place make the status 1."),
};

struct placing {
    struct mig_cli cli;
    struct mig_places places;
    struct mig_selection output;
    size_t name, code, parent; /* columns, or SIZE_MAX */
    struct mig_error_list contradictions;
};

static void check_options(struct mig_cli *cli)
{
    if (column == NULL && code == NULL)
        mig_cli_complain(
            cli, "%s", _("--column COL or --code COL is wanted: which column has the places"));
    if (level >= MIG_PLACE_LEVELS)
        mig_cli_complain(cli, "%s", _("--level is wanted, from 0 (countries) to 9"));
    if (scheme != NULL && (from != NULL || to != NULL))
        mig_cli_complain(cli, "%s", _("--scheme does not go with --from and --to"));
    if ((from != NULL) != (to != NULL))
        mig_cli_complain(cli, "%s", _("--from and --to go together"));
    if (strlen(prefix) == 0 || strlen(prefix) > LONGEST_PREFIX)
        mig_cli_complain(cli, _("--as '%s': 1 to %d bytes are wanted"), prefix, LONGEST_PREFIX);
    mig_cli_settle(cli);
    if (scheme == NULL)
        scheme = level == 0 ? "iso" : "cod2021";
    if (from == NULL)
        from = to = scheme;
}

static void plan(struct placing *placing)
{
    static const struct mig_option_list no_renames;
    struct mig_cli *cli = &placing->cli;
    check_options(cli);
    mig_cli_open_places(cli, &tables, &placing->places);
    mig_cli_set_schemes(cli, &placing->places, from, to, (int)level);
    const struct mig_header *header = mig_input_header(mig_cli_open_input(cli));
    placing->name = column ? mig_cli_column(cli, header, column) : SIZE_MAX;
    placing->code = code ? mig_cli_column(cli, header, code) : SIZE_MAX;
    placing->parent = parent ? mig_cli_column(cli, header, parent) : SIZE_MAX;
    mig_cli_settle(cli);
    if (variants != NULL) {
        mig_cli_protect(cli, variants);
        mig_cli_require(cli, mig_variants_read(placing->places.matcher, variants, &cli->error));
    }
    mig_cli_select(cli, header, NULL, &no_renames, &placing->output);
}

static void open_outputs(struct placing *placing)
{
    static const char *const endings[] = {"_code", "_name", "_status"};
    static const struct mig_keys no_keys;
    size_t count = placing->output.count;
    char added[3][LONGEST_PREFIX + sizeof "_status"];
    const char **names = calloc(count + 3, sizeof *names);
    if (names == NULL)
        mig_cli_require(&placing->cli, mig_fail_memory(&placing->cli.error));
    for (size_t i = 0; i < count; i++)
        names[i] = placing->output.names[i];
    for (size_t i = 0; i < 3; i++) {
        snprintf(added[i], sizeof added[i], "%s%s", prefix, endings[i]);
        names[count + i] = added[i];
    }
    mig_cli_open_suggestions(&placing->cli, &placing->places, suggest);
    mig_cli_open_table(&placing->cli, &no_keys, names, count + 3);
    free(names);
}

static struct mig_text cell(const struct placing *placing, const struct mig_row *row, size_t at)
{
    const struct mig_text none = {NULL, 0};
    if (at == SIZE_MAX || mig_input_is_missing(placing->cli.table, row->cells[at].text))
        return none;
    return mig_text_trim(row->cells[at].text);
}

static void write_row(
    struct placing *placing, const struct mig_row *row, const struct mig_place_answer *answer)
{
    struct mig_writer *writer = placing->cli.writer;
    mig_cli_write_cells(&placing->cli, row, &placing->output);
    if (answer->place != MIG_NO_PLACE) {
        const struct mig_place *place =
            mig_gazetteer_place(placing->places.gazetteer, answer->place);
        mig_writer_text(writer, place->code);
        mig_writer_text(writer, place->name);
    } else {
        mig_writer_empty(writer);
        mig_writer_empty(writer);
    }
    mig_writer_string(writer, mig_place_status_name(answer->status));
    mig_cli_require(&placing->cli, mig_writer_end_row(writer, &placing->cli.error));
}

/* Reads to the end also when a code contradicts its name: the output is lost, but how many do so
 * tells what is wrong. */
static void place_rows(struct placing *placing)
{
    struct mig_cli *cli = &placing->cli;
    struct mig_row row;
    for (;;) {
        mig_cli_require(cli, mig_input_next(cli->table, &row, &cli->error));
        if (row.count == 0)
            break;
        struct mig_place_answer answer;
        const struct mig_place_cells cells = {.name = cell(placing, &row, placing->name),
            .code = cell(placing, &row, placing->code),
            .parent = cell(placing, &row, placing->parent)};
        mig_cli_require(
            cli, mig_matcher_match(placing->places.matcher, &cells, &answer, &cli->error));
        mig_cli_spill_suggestions(cli, &placing->places);
        if (answer.contradiction)
            mig_cli_keep_contradiction(cli, &placing->places,
                &(const struct mig_place_row){&row, placing->code, &cells, &answer},
                &placing->contradictions);
        else if (placing->contradictions.total == 0)
            write_row(placing, &row, &answer);
    }
}

int main(int argc, char **argv)
{
    struct placing placing = {0};
    struct mig_cli *cli = &placing.cli;
    mig_cli_begin(cli, &command, argc, argv);
    plan(&placing);
    open_outputs(&placing);
    place_rows(&placing);
    if (placing.contradictions.total > 0)
        mig_cli_complain_of_codes(cli, &placing.places, &placing.contradictions);
    mig_cli_settle(cli);
    mig_cli_account_places(cli, &placing.places);
    mig_cli_close_suggestions(cli, &placing.places);
    mig_selection_release(&placing.output);
    mig_places_release(&placing.places);
    return mig_cli_end(cli);
}
