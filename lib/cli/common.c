/* The options that all commands share, and the reading of their values. */
#include "cli/cli-internal.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/i18n.h"

bool mig_option_read_count(const char *value, uint64_t *out)
{
    if (value[0] == '\0' || strspn(value, "0123456789") != strlen(value))
        return false;
    errno = 0;
    uintmax_t count = strtoumax(value, NULL, 10);
    if (errno || count > UINT64_MAX)
        return false;
    *out = count;
    return true;
}

bool mig_option_read_real(const char *value, double *out)
{
    struct mig_decimal decimal;
    if (mig_decimal_parse(mig_text_of(value), &decimal, NULL))
        return false;
    *out = mig_decimal_to_double(&decimal);
    return isfinite(*out);
}

static void set_delimiter(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    static const struct {
        const char *word;
        char delimiter;
    } words[] = {{"tab", '\t'}, {"comma", ','}, {"semicolon", ';'}, {"pipe", '|'}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(value, words[i].word) == 0) {
            cli->input.reader.delimiter = words[i].delimiter;
            return;
        }
    if (strlen(value) == 1 && (unsigned char)value[0] < 0x80 && !strchr("\"\n\r", value[0]))
        cli->input.reader.delimiter = value[0];
    else
        mig_cli_complain(cli, _("'%s' is not a delimiter (option --%s)"), value, option->name);
}

static void set_encoding(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    (void)option;
    cli->input.reader.encoding = value;
}

static void set_bytes(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    struct mig_error error;
    if (mig_range_parse(value, &cli->range, &error) == MIG_OK)
        cli->input.range = &cli->range;
    else
        mig_cli_complain(cli, _("%s (option --%s)"), error.text, option->name);
}

static void set_header_from(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    cli->input.header_from = value;
    if (strcmp(value, "-") == 0)
        mig_cli_complain(
            cli, _("a header can't come from standard input (option --%s)"), option->name);
}

static void set_no_header(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    (void)option, (void)value;
    cli->input.no_header = true;
}

static void set_missing(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    (void)option;
    cli->input.missing = value;
}

static void set_max_cell(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    static const char suffixes[] = "KMG";
    char digits[24] = "";
    size_t length = strspn(value, "0123456789");
    const char *suffix = value[length] ? strchr(suffixes, value[length]) : NULL;
    uint64_t bytes = 0, unit = suffix ? UINT64_C(1) << (10 * (suffix - suffixes + 1)) : 1;
    if (length < sizeof digits)
        memcpy(digits, value, length);
    bool whole = value[length] == '\0' || (suffix && value[length + 1] == '\0');
    if (!whole || !mig_option_read_count(digits, &bytes) || bytes == 0 || bytes > SIZE_MAX / unit)
        mig_cli_complain(cli, _("'%s' is not a size such as 4096, 64K or 16M (option --%s)"), value,
            option->name);
    else
        cli->input.reader.max_cell = (size_t)(bytes * unit);
}

static void set_reader(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    int chosen = 0;
    if (mig_option_find_choice(option, value, &chosen))
        cli->input.reader.only_libcsv = chosen == 1;
    else
        mig_option_complain_of_choice(cli, option, value);
}

static void set_output(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    (void)option;
    cli->output_path = strcmp(value, "-") == 0 ? NULL : value;
}

static void set_format(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    struct mig_error error;
    if (mig_format_parse(value, &cli->format, &error))
        mig_cli_complain(cli, _("%s (option --%s)"), error.text, option->name);
}

static void set_precision(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    uint64_t digits;
    if (mig_option_read_count(value, &digits) && digits >= 1 && digits <= 17)
        cli->precision = (int)digits;
    else
        mig_cli_complain(cli, _("'%s' is not a number of digits from 1 to 17 (option --%s)"), value,
            option->name);
}

static void set_level(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    if (!mig_option_read_real(value, &cli->level) || !(cli->level > 0 && cli->level < 1))
        mig_cli_complain(
            cli, _("'%s' is not a level between 0 and 1 (option --%s)"), value, option->name);
}

static void set_unit(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    cli->unit_given = true;
    if (!mig_option_read_real(value, &cli->unit) || !(cli->unit > 0))
        mig_cli_complain(cli, _("'%s' is not a number above 0 (option --%s)"), value, option->name);
}

void mig_option_complain_of_count(
    struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    mig_cli_complain(
        cli, _("'%s' is not a whole number from 0 to 2^64 - 1 (option --%s)"), value, option->name);
}

static void set_seed(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    cli->seed_given = true;
    if (!mig_option_read_count(value, &cli->seed))
        mig_option_complain_of_count(cli, option, value);
}

static void set_quiet(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    (void)option, (void)value;
    cli->quiet = true;
}

static void set_verbose(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    (void)option, (void)value;
    cli->verbose = true;
}

bool mig_option_find_choice(const struct mig_option *option, const char *value, int *out)
{
    for (int i = 0; option->choices[i]; i++)
        if (strcmp(option->choices[i], value) == 0) {
            *out = i;
            return true;
        }
    return false;
}

void mig_option_complain_of_choice(
    struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    enum { READ_AT_A_GLANCE = 8 };
    char list[1024] = "";
    struct mig_text names[MIG_MOST_CHOICES];
    size_t length = 0, count = 0;
    for (; option->choices[count] && length < sizeof list && count < MIG_MOST_CHOICES; count++) {
        names[count] = mig_text_of(option->choices[count]);
        length += (size_t)snprintf(list + length, sizeof list - length, "%s'%s'",
            count > 0 ? ", " : "", option->choices[count]);
    }
    size_t nearest = mig_text_nearest(mig_text_of(value), names, count);
    if (nearest < count && count > READ_AT_A_GLANCE)
        mig_cli_complain(cli, _("'%s' is unknown; nearest is '%s' (option --%s)"), value,
            option->choices[nearest], option->name);
    else
        mig_cli_complain(cli, _("'%s' is none of %s (option --%s)"), value, list, option->name);
}

/* The language was chosen before, so that these complaints are in it. */
static void check_choice(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    int chosen;
    if (!mig_option_find_choice(option, value, &chosen))
        mig_option_complain_of_choice(cli, option, value);
}

static void nothing(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    (void)cli, (void)option, (void)value;
}

static const char *const invalids[] = {"error", "replace", "reject", NULL}; /* enum mig_invalid */
static const char *const readers[] = {"fast", "libcsv", NULL};
static const char *const languages[] = {"fr", "en", NULL};

const struct mig_common_option mig_common_options[] = {
    {{"delimiter", 'd', "CHAR", MIG_OPTION_TEXT, NULL,
         N_("The character between cells, or one of the words tab, comma, semicolon and pipe; "
            "found from the file unless given."),
         NULL},
        MIG_TAKES_INPUT, set_delimiter},
    {{"encoding", 0, "NAME", MIG_OPTION_TEXT, NULL,
         N_("Encoding of the input, such as windows-1252; UTF-8 unless given or marked in the "
            "file."),
         NULL},
        MIG_TAKES_INPUT, set_encoding},
    {{"max-cell", 0, "BYTES", MIG_OPTION_TEXT, NULL,
         N_("Refuse a cell larger than this; K, M and G stand for 1024 and its powers (16M unless "
            "given)."),
         NULL},
        MIG_TAKES_INPUT, set_max_cell},
    {{"header-from", 0, "FILE", MIG_OPTION_TEXT, NULL,
         N_("The input has no header: FILE's header names the columns, with its tags, and says "
            "which "
            "character is between cells."),
         NULL},
        MIG_TAKES_INPUT, set_header_from},
    {{"no-header", 0, NULL, MIG_OPTION_SWITCH, NULL,
         N_("The input has no header: columns are named column_1, column_2 and so on, unless "
            "--header-from names them."),
         NULL},
        MIG_TAKES_INPUT, set_no_header},
    {{"bytes", 0, "RANGE", MIG_OPTION_TEXT, NULL,
         N_("Read only the rows in these bytes of the one FILE, FIRST-LAST or FIRST-LAST@LINE as "
            "mig-split writes them; the first byte is 0, and the last one is read too. The header "
            "is "
            "FILE's."),
         NULL},
        MIG_TAKES_INPUT, set_bytes},
    {{"reader", 0, NULL, MIG_OPTION_CHOICE, NULL,
         N_("How the input is read: fast (unless given), where only what is not plain goes through "
            "libcsv; or libcsv, for all. What comes out is the same."),
         readers},
        MIG_TAKES_INPUT, set_reader},
    {{"header-line", 0, "LINE", MIG_OPTION_TEXT, NULL,
         N_("The header begins on this line, and what stands above is not read; found unless "
            "given."),
         NULL},
        MIG_TAKES_LAYOUT | MIG_TAKES_PLACE, mig_option_set_header_line},
    {{"header-rows", 0, "ROWS", MIG_OPTION_TEXT, NULL,
         N_("Rows of the header, 1 unless given. The names of several are joined, 'group / name'; "
            "a "
            "group reaches to the right up to the next one."),
         NULL},
        MIG_TAKES_LAYOUT | MIG_TAKES_PLACE, mig_option_set_header_rows},
    {{"footer", 0, "LINE|none", MIG_OPTION_TEXT, NULL,
         N_("The table ends above this line, and what stands below is not read; or none: what "
            "looks "
            "like a footer are rows. Unless given, sources, notes and sentences behind a blank "
            "line "
            "at the end are left out, with a note, and a line that may be a row as well is "
            "refused."),
         NULL},
        MIG_TAKES_LAYOUT, mig_option_set_footer},
    {{"quote", 0, "CHAR|none", MIG_OPTION_TEXT, NULL,
         N_("The character around cells with delimiters or line ends inside, '\"' unless given; or "
            "none: quotes are characters like others."),
         NULL},
        MIG_TAKES_LAYOUT | MIG_TAKES_PLACE, mig_option_set_quote},
    {{"invalid", 0, NULL, MIG_OPTION_CHOICE, NULL,
         N_("What a byte that is not valid in the encoding does: it is an error (unless given), "
            "U+FFFD replaces it, or its row is rejected."),
         invalids},
        MIG_TAKES_LAYOUT, mig_option_set_invalid},
    {{"missing", 0, "TOKENS", MIG_OPTION_TEXT, NULL,
         N_("Cells that mean a missing value beside the empty one, separated by commas: 'NA,..'."),
         NULL},
        MIG_TAKES_INPUT, set_missing},
    {{"threads", 0, "NUMBER", MIG_OPTION_COUNT, NULL,
         N_("Threads that read at once; as many as there are cores, but at most 8, unless given. "
            "The output is the same with any number."),
         NULL},
        MIG_TAKES_THREADS, mig_option_set_threads},
    {{"output", 'o', "FILE", MIG_OPTION_TEXT, NULL,
         N_("Write to FILE, which is replaced once all is done and left alone on any failure; it "
            "may be one of the input files."),
         NULL},
        MIG_TAKES_OUTPUT, set_output},
    {{"to", 't', "FORMAT", MIG_OPTION_TEXT, NULL,
         N_("One of csv, tsv, json, jsonl, md and text (aligned columns, folded at the width of a "
            "terminal or of the variable COLUMNS), or csv-rows and tsv-rows, which "
            "have no header; text on a terminal and csv elsewhere unless given."),
         NULL},
        MIG_TAKES_OUTPUT, set_format},
    {{"precision", 0, "DIGITS", MIG_OPTION_COUNT, NULL,
         N_("Significant digits of estimates, 1 to 17 (10 unless given; 4 in text and md). Nothing "
            "is rounded above the unit; counts and sums are always in full."),
         NULL},
        MIG_TAKES_PRECISION, set_precision},
    {{"level", 0, "LEVEL", MIG_OPTION_REAL, NULL,
         N_("Confidence level, between 0 and 1 (0.95 unless given)."), NULL},
        MIG_TAKES_LEVEL, set_level},
    {{"unit", 0, "NUMBER", MIG_OPTION_REAL, NULL,
         N_("What rates are expressed per: 100, 1000, 100000 (100 unless given)."), NULL},
        MIG_TAKES_UNIT, set_unit},
    {{"seed", 0, "NUMBER", MIG_OPTION_COUNT, NULL,
         N_("Seed of the random numbers; the same seed gives the same output (1 unless given)."),
         NULL},
        MIG_TAKES_SEED, set_seed},
    {{"lang", 0, NULL, MIG_OPTION_CHOICE, NULL,
         N_("Language of messages and notes; from the environment unless given."), languages},
        0, check_choice},
    {{"quiet", 'q', NULL, MIG_OPTION_SWITCH, NULL,
         N_("Print errors only, no notes and no findings."), NULL},
        0, set_quiet},
    {{"verbose", 'v', NULL, MIG_OPTION_SWITCH, NULL,
         N_("Account for the rows also when all of them were used."), NULL},
        0, set_verbose},
    {{"help", 0, NULL, MIG_OPTION_SWITCH, NULL, N_("Print this help and exit."), NULL}, 0, nothing},
    {{"version", 0, NULL, MIG_OPTION_SWITCH, NULL, N_("Print the version and exit."), NULL}, 0,
        nothing},
    {{"man", 0, "[FILE]", MIG_OPTION_TEXT, NULL, NULL, NULL}, 0, nothing},
    {{0}, 0, NULL},
};

bool mig_common_is_taken(const struct mig_common_option *common, const struct mig_command *command)
{
    return !common->taken_with || (common->taken_with & command->common);
}

enum mig_status mig_option_argument(
    const struct mig_option *option, struct mig_buffer *out, struct mig_error *error)
{
    if (option->argument)
        return mig_buffer_print(out, error, "%s", option->argument);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; !status && option->choices && option->choices[i]; i++)
        status = mig_buffer_print(out, error, "%s%s", i > 0 ? "|" : "", option->choices[i]);
    return status;
}
