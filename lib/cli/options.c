/* The option table that all commands share, and the parsing of the command line. */
#include "cli/cli-internal.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/decimal.h"
#include "base/i18n.h"

/* --- values --- */

static bool read_count(const char *value, uint64_t *out)
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

static bool read_real(const char *value, double *out)
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
    if (!whole || !read_count(digits, &bytes) || bytes == 0 || bytes > SIZE_MAX / unit)
        mig_cli_complain(
            cli, _("'%s' is not a size such as 4096, 64K or 16M (option --%s)"), value, option->name);
    else
        cli->input.reader.max_cell = (size_t)(bytes * unit);
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
    if (read_count(value, &digits) && digits >= 1 && digits <= 17)
        cli->precision = (int)digits;
    else
        mig_cli_complain(cli, _("'%s' is not a number of digits from 1 to 17 (option --%s)"), value,
            option->name);
}

static void set_level(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    if (!read_real(value, &cli->level) || !(cli->level > 0 && cli->level < 1))
        mig_cli_complain(
            cli, _("'%s' is not a level between 0 and 1 (option --%s)"), value, option->name);
}

static void set_unit(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    if (!read_real(value, &cli->unit) || !(cli->unit > 0))
        mig_cli_complain(cli, _("'%s' is not a number above 0 (option --%s)"), value, option->name);
}

static void complain_of_count(
    struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    mig_cli_complain(cli, _("'%s' is not a whole number, 0 or above (option --%s)"), value,
        option->name);
}

static void set_seed(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    if (!read_count(value, &cli->seed))
        complain_of_count(cli, option, value);
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

static bool find_choice(const struct mig_option *option, const char *value, int *out)
{
    for (int i = 0; option->choices[i]; i++)
        if (strcmp(option->choices[i], value) == 0) {
            *out = i;
            return true;
        }
    return false;
}

static void complain_of_choice(
    struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    char list[256] = "";
    size_t length = 0;
    for (size_t i = 0; option->choices[i] && length < sizeof list; i++)
        length += (size_t)snprintf(list + length, sizeof list - length, "%s'%s'", i > 0 ? ", " : "",
            option->choices[i]);
    mig_cli_complain(cli, _("'%s' is none of %s (option --%s)"), value, list, option->name);
}

/* The language was chosen before, so that these complaints are in it. */
static void check_choice(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    int chosen;
    if (!find_choice(option, value, &chosen))
        complain_of_choice(cli, option, value);
}

static void nothing(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    (void)cli, (void)option, (void)value;
}

/* --- the options that commands share --- */

static const char *const languages[] = {"fr", "en", NULL};

const struct mig_common_option mig_common_options[] = {
    {{"delimiter", 'd', "CHAR", MIG_OPTION_TEXT, NULL,
         N_("the character between cells, or one of the words tab, comma, semicolon and pipe; found from "
            "the file unless given"),
         NULL},
        MIG_TAKES_INPUT, set_delimiter},
    {{"encoding", 0, "NAME", MIG_OPTION_TEXT, NULL,
         N_("encoding of the input, such as windows-1252; UTF-8 unless given or marked in the file"), NULL},
        MIG_TAKES_INPUT, set_encoding},
    {{"max-cell", 0, "BYTES", MIG_OPTION_TEXT, NULL,
         N_("refuse a cell larger than this; K, M and G stand for 1024 and its powers (16M unless given)"),
         NULL},
        MIG_TAKES_INPUT, set_max_cell},
    {{"missing", 0, "TOKENS", MIG_OPTION_TEXT, NULL,
         N_("cells that mean a missing value beside the empty one, separated by commas: 'NA,..'"), NULL},
        MIG_TAKES_INPUT, set_missing},
    {{"output", 'o', "FILE", MIG_OPTION_TEXT, NULL,
         N_("write to FILE, which is replaced once all is done and left alone on any failure; it may "
            "be one of the input files"),
         NULL},
        MIG_TAKES_OUTPUT, set_output},
    {{"to", 't', "FORMAT", MIG_OPTION_TEXT, NULL,
         N_("csv, tsv, json, jsonl, md or text (aligned columns); text on a terminal and csv elsewhere "
            "unless given"),
         NULL},
        MIG_TAKES_OUTPUT, set_format},
    {{"precision", 0, "DIGITS", MIG_OPTION_COUNT, NULL,
         N_("significant digits of estimates, 1 to 17 (10 unless given); counts and sums are always "
            "in full"),
         NULL},
        MIG_TAKES_PRECISION, set_precision},
    {{"level", 0, "LEVEL", MIG_OPTION_REAL, NULL,
         N_("confidence level, between 0 and 1 (0.95 unless given)"), NULL},
        MIG_TAKES_LEVEL, set_level},
    {{"unit", 0, "NUMBER", MIG_OPTION_REAL, NULL,
         N_("what rates are expressed per: 100, 1000, 100000 (100 unless given)"), NULL},
        MIG_TAKES_UNIT, set_unit},
    {{"seed", 0, "NUMBER", MIG_OPTION_COUNT, NULL,
         N_("seed of the random numbers; the same seed gives the same output (1 unless given)"), NULL},
        MIG_TAKES_SEED, set_seed},
    {{"lang", 0, NULL, MIG_OPTION_CHOICE, NULL,
         N_("language of messages and notes; from the environment unless given"), languages},
        0, check_choice},
    {{"quiet", 'q', NULL, MIG_OPTION_SWITCH, NULL, N_("print errors only, no notes and no findings"),
         NULL},
        0, set_quiet},
    {{"verbose", 'v', NULL, MIG_OPTION_SWITCH, NULL,
         N_("account for the rows also when all of them were used"), NULL},
        0, set_verbose},
    {{"help", 0, NULL, MIG_OPTION_SWITCH, NULL, N_("print this help and exit"), NULL}, 0, nothing},
    {{"version", 0, NULL, MIG_OPTION_SWITCH, NULL, N_("print the version and exit"), NULL}, 0, nothing},
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

/* --- parsing --- */

/* One option that the command knows. */
struct known {
    const struct mig_option *option;
    const struct mig_common_option *common; /* NULL for the command's own */
    bool given;
};

/* What getopt_long() wants to know, made from the tables. Long options return FIRST + their index. */
enum { FIRST = 256 };
struct parser {
    struct known *known;
    size_t count;
    struct option *longs;
    char *letters;
};

static int needs_argument(const struct mig_option *option)
{
    if (option->type == MIG_OPTION_SWITCH)
        return no_argument;
    return option->argument && option->argument[0] == '[' ? optional_argument : required_argument;
}

static size_t count_options(const struct mig_command *command)
{
    size_t count = 0;
    for (const struct mig_option *option = command->options; option->name; option++)
        count++;
    for (const struct mig_common_option *common = mig_common_options; common->option.name; common++)
        count += mig_common_is_taken(common, command);
    return count;
}

static void add_known(
    struct parser *parser, const struct mig_option *option, const struct mig_common_option *common)
{
    size_t i = parser->count++;
    int argument = needs_argument(option);
    parser->known[i] = (struct known){option, common, false};
    parser->longs[i] = (struct option){option->name, argument, NULL, FIRST + (int)i};
    if (option->letter)
        strncat(parser->letters, (char[]){option->letter, argument ? ':' : '\0', '\0'}, 2);
}

static bool parser_init(struct parser *parser, const struct mig_command *command)
{
    size_t count = count_options(command);
    parser->known = calloc(count, sizeof *parser->known);
    parser->longs = calloc(count + 1, sizeof *parser->longs);
    parser->letters = calloc(2 * count + 2, 1);
    if (!parser->known || !parser->longs || !parser->letters)
        return false;
    parser->letters[0] = ':'; /* missing arguments are told from unknown options */
    for (const struct mig_option *option = command->options; option->name; option++)
        add_known(parser, option, NULL);
    for (const struct mig_common_option *common = mig_common_options; common->option.name; common++)
        if (mig_common_is_taken(common, command))
            add_known(parser, &common->option, common);
    return true;
}

static void parser_release(struct parser *parser)
{
    free(parser->known);
    free(parser->longs);
    free(parser->letters);
}

/* The option that getopt_long() named by letter or number, or NULL. */
static struct known *find_known(const struct parser *parser, int code)
{
    if (code >= FIRST)
        return &parser->known[code - FIRST];
    for (size_t i = 0; i < parser->count; i++)
        if (code != 0 && parser->known[i].option->letter == code)
            return &parser->known[i];
    return NULL;
}

/* Begins a pass over the command line; 0 makes getopt_long() forget an earlier one. */
static void begin_pass(void)
{
    opterr = 0;
    optind = 0;
}

static int next_option(const struct parser *parser, int argc, char **argv)
{
    return getopt_long(argc, argv, parser->letters, parser->longs, NULL);
}

static void complain_of_unknown(struct mig_cli *cli, const struct parser *parser, const char *wanted)
{
    struct mig_text name = {wanted, strcspn(wanted, "=")};
    struct mig_text *names = calloc(parser->count, sizeof *names);
    if (!names)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    size_t count = 0, begun = 0;
    for (size_t i = 0; i < parser->count; i++) {
        const struct mig_option *option = parser->known[i].option;
        begun += strncmp(option->name, name.data, name.length) == 0;
        if (option->help)
            names[count++] = mig_text_of(option->name);
    }
    size_t nearest = mig_text_nearest(name, names, count);
    if (begun > 1)
        mig_cli_complain(cli, _("'--%.*s' may be several options; write it in full"), MIG_TEXT_ARG(name));
    else if (nearest < count)
        mig_cli_complain(cli, _("unknown option '--%.*s'; nearest is '--%.*s'"), MIG_TEXT_ARG(name),
            MIG_TEXT_ARG(names[nearest]));
    else
        mig_cli_complain(cli, _("unknown option '--%.*s'"), MIG_TEXT_ARG(name));
    free(names);
}

/* `code` is what getopt_long() returned: ':' or '?'. */
static void complain_of_option(
    struct mig_cli *cli, const struct parser *parser, int code, char **argv)
{
    const struct known *known = find_known(parser, optopt);
    if (code == ':')
        mig_cli_complain(cli, _("option '--%s' needs an argument"), known->option->name);
    else if (known)
        mig_cli_complain(cli, _("option '--%s' takes no argument"), known->option->name);
    else if (optopt == 0)
        complain_of_unknown(cli, parser, argv[optind - 1] + 2);
    else if (optopt > ' ' && optopt < 0x7f)
        mig_cli_complain(cli, _("unknown option '-%c'"), optopt);
    else
        mig_cli_complain(cli, _("unknown option '-\\%03o'"), (unsigned)optopt & 0xff);
}

static void add_use(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    struct mig_option_list *list = option->value;
    if (list->count == list->capacity) {
        void *items = mig_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
        if (!items)
            mig_cli_require(cli, mig_fail_memory(&cli->error));
        list->items = items;
    }
    list->items[list->count++] = (struct mig_option_use){option->name, value};
}

static void set_own(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    switch (option->type) {
    case MIG_OPTION_SWITCH:
        *(bool *)option->value = true;
        break;
    case MIG_OPTION_TEXT:
        *(const char **)option->value = value;
        break;
    case MIG_OPTION_LIST:
        add_use(cli, option, value);
        break;
    case MIG_OPTION_CHOICE:
        if (!find_choice(option, value, option->value))
            complain_of_choice(cli, option, value);
        break;
    case MIG_OPTION_COUNT:
        if (!read_count(value, option->value))
            complain_of_count(cli, option, value);
        break;
    case MIG_OPTION_REAL:
        if (!read_real(value, option->value))
            mig_cli_complain(cli, _("'%s' is not a number (option --%s)"), value, option->name);
        break;
    }
}

static void use_option(struct mig_cli *cli, struct known *known, const char *value)
{
    if (known->given && known->option->type == MIG_OPTION_TEXT)
        mig_cli_complain(cli, _("option '--%s' is given twice"), known->option->name);
    known->given = true;
    if (known->common)
        known->common->set(cli, known->option, value);
    else
        set_own(cli, known->option, value);
}

static bool is_common(const struct known *known, const char *name)
{
    return known && known->common && strcmp(known->option->name, name) == 0;
}

/* The first pass: what must be known before any complaint is made. `argv` is reordered. */
static void look_ahead(
    const struct parser *parser, int argc, char **argv, struct mig_cli_request *request)
{
    const char *language = NULL;
    begin_pass();
    for (int code; (code = next_option(parser, argc, argv)) != -1;) {
        const struct known *known = code == '?' || code == ':' ? NULL : find_known(parser, code);
        if (is_common(known, "lang"))
            language = optarg;
        request->help |= is_common(known, "help");
        request->version |= is_common(known, "version");
        if (is_common(known, "man")) {
            request->manual = true;
            request->manual_extra = optarg;
        }
    }
    mig_choose_language(language);
}

static bool is_given(const struct parser *parser, const char *name)
{
    for (size_t i = 0; i < parser->count; i++)
        if (parser->known[i].given && is_common(&parser->known[i], name))
            return true;
    return false;
}

static void take_operands(struct mig_cli *cli, char **operands, size_t count)
{
    cli->files = operands;
    cli->n_files = count;
    if (!(cli->command->common & (MIG_TAKES_INPUT | MIG_TAKES_WORDS)))
        for (size_t i = 0; i < count; i++)
            mig_cli_complain(cli, _("'%s' is one argument too many"), operands[i]);
}

static void take_options(struct mig_cli *cli, struct parser *parser, int argc, char **argv)
{
    begin_pass();
    for (int code; (code = next_option(parser, argc, argv)) != -1;) {
        if (code == '?' || code == ':')
            complain_of_option(cli, parser, code, argv);
        else
            use_option(cli, find_known(parser, code), optarg);
    }
    if (!is_given(parser, "to") && !cli->output_path && isatty(STDOUT_FILENO))
        cli->format = MIG_TEXT;
    take_operands(cli, argv + optind, (size_t)(argc - optind));
}

void mig_cli_parse(struct mig_cli *cli, int argc, char **argv, struct mig_cli_request *request)
{
    struct parser parser = {0};
    char **copy = calloc((size_t)argc + 1, sizeof *copy);
    if (!copy || !parser_init(&parser, cli->command)) {
        free(copy);
        parser_release(&parser);
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    }
    memcpy(copy, argv, (size_t)argc * sizeof *copy);
    look_ahead(&parser, argc, copy, request);
    free(copy);
    if (!request->help && !request->version && !request->manual)
        take_options(cli, &parser, argc, argv);
    parser_release(&parser);
}
